// Makes the raw files of SQL Sushi Co. for the first quarter of 2025, the same ones each time.
//
//   node make-raw.mjs [folder]      writes into `folder` (default: raw/ beside this script)
//
// Nothing here is random: every choice is a hash of the seed and of what is chosen for.
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';

const SEED = 'sushi-2025q1';
const DAYS = 90;
const TRANSACTIONS = 41_114;
const IN_POS = 38_940;
const IN_STREAM = 23_606;
const REDELIVERED = 670;
const CORRECTED = 40;
const SAME_MOMENT = 12;
const LATE = 194;
const COMBO_CODES = 2_316;
const FIRST_DAY = Date.UTC(2025, 0, 1);
const FEBRUARY = 31;
const DAY_MS = 86_400_000;
const END = FIRST_DAY + DAYS * DAY_MS;

// ---------------------------------------------------------------------------- choices

function hash(...parts) {
  let h = 0x811c9dc5;
  const text = `${SEED}|${parts.join('|')}`;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const below = (n, ...parts) => hash(...parts) % n;

function weighted(pairs, ...parts) {
  let at = below(
    pairs.reduce((sum, [, weight]) => sum + weight, 0),
    ...parts,
  );
  for (const [value, weight] of pairs) {
    if (at < weight) return value;
    at -= weight;
  }
  return pairs[0][0];
}

/** The `count` items with the smallest rank; equal ranks keep their order. */
function chosen(items, count, rank) {
  const ranked = items.map((item, at) => ({ item, at, rank: rank(item) }));
  ranked.sort((a, b) => a.rank - b.rank || a.at - b.at);
  if (ranked.length < count) throw new Error(`only ${ranked.length} of ${count} to choose from`);
  return new Set(ranked.slice(0, count).map((entry) => entry.item));
}

const two = (n) => String(n).padStart(2, '0');
const dayText = (ms) => new Date(ms).toISOString().slice(0, 10);
const timeText = (ms) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
const money = (cents) => `${Math.trunc(cents / 100)}.${two(cents % 100)}`;

// ---------------------------------------------------------------------------- master data

const STORES = [
  ['S1', 'Harbour', 'Hamburg', 'North', '2019-04-12', 48, 17],
  ['S2', 'Old Market', 'Hamburg', 'North', '2020-09-01', 36, 15],
  ['S3', 'Riverside', 'Cologne', 'West', '2018-06-21', 62, 22],
  ['S4', 'Cathedral', 'Cologne', 'West', '2021-03-15', 40, 14],
  ['S5', 'Station', 'Munich', 'South', '2022-05-05', 28, 16],
  ['S6', 'Garden', 'Munich', 'South', '2023-11-10', 32, 16],
];

// category, prefix, weight of a sale, [name, price in cents]
const CATALOGUE = [
  [
    'Nigiri',
    'NGR',
    25,
    [
      ['Salmon nigiri', 550],
      ['Tuna nigiri', 620],
      ['Prawn nigiri', 580],
      ['Egg nigiri', 450],
      ['Eel nigiri', 690],
      ['Mackerel nigiri', 520],
      ['Scallop nigiri', 720],
      ['Sea bass nigiri', 640],
      ['Octopus nigiri', 590],
      ['Avocado nigiri', 450],
      ['Salmon belly nigiri', 950],
      ['Squid nigiri', 560],
      ['Yellowtail nigiri', 780],
      ['Tofu pocket nigiri', 420],
    ],
  ],
  [
    'Maki',
    'MKI',
    22,
    [
      ['Cucumber maki', 420],
      ['Salmon maki', 700],
      ['Tuna maki', 740],
      ['California roll', 750],
      ['Avocado maki', 480],
      ['Spicy tuna roll', 890],
      ['Rainbow roll', 1250],
      ['Dragon roll', 1320],
      ['Philadelphia roll', 980],
      ['Tempura roll', 1090],
      ['Pickle maki', 400],
      ['Crispy chicken roll', 990],
    ],
  ],
  [
    'Sashimi',
    'SSH',
    10,
    [
      ['Salmon sashimi', 1350],
      ['Tuna sashimi', 1720],
      ['Mixed sashimi', 2150],
      ['Yellowtail sashimi', 1680],
      ['Octopus sashimi', 1490],
      ['Scallop sashimi', 1890],
      ['Chef sashimi', 2800],
      ['Mackerel sashimi', 1290],
      ['Sea bass sashimi', 1580],
    ],
  ],
  [
    'Temaki',
    'TMK',
    8,
    [
      ['Salmon temaki', 650],
      ['Tuna temaki', 690],
      ['Prawn temaki', 650],
      ['Vegetable temaki', 520],
      ['Eel temaki', 760],
      ['Spicy salmon temaki', 720],
    ],
  ],
  [
    'Combo',
    'CMB',
    15,
    [
      ['Lunch combo', 1890],
      ['Classic combo', 2100],
      ['Deluxe combo', 2640],
      ['Vegetarian combo', 1750],
      ['Family combo', 2790],
    ],
  ],
  [
    'Soup',
    'MSO',
    6,
    [
      ['Miso soup', 350],
      ['Miso soup with salmon', 520],
      ['Udon soup', 890],
      ['Clear soup', 380],
    ],
  ],
  [
    'Drink',
    'DRK',
    10,
    [
      ['Green tea', 280],
      ['Jasmine tea', 280],
      ['Water', 250],
      ['Ramune', 390],
      ['Japanese beer', 450],
      ['Plum wine', 520],
      ['Sake', 680],
      ['Iced matcha', 460],
      ['Yuzu lemonade', 430],
    ],
  ],
  [
    'Dessert',
    'DST',
    4,
    [
      ['Mochi', 420],
      ['Matcha ice cream', 450],
      ['Dorayaki', 390],
      ['Sesame cake', 480],
      ['Fruit plate', 560],
    ],
  ],
];

// when, product, new price in cents (0: as before), new category
const CHANGES = [
  ['2024-09-01 06:00:00', 'NGR-01', 530],
  ['2024-09-01 06:00:00', 'MKI-02', 680],
  ['2024-09-01 06:00:00', 'DRK-05', 430],
  ['2025-01-15 06:00:00', 'NGR-02', 640],
  ['2025-01-15 06:00:00', 'NGR-05', 720],
  ['2025-01-15 06:00:00', 'NGR-13', 810],
  ['2025-01-15 06:00:00', 'SSH-03', 2200],
  ['2025-01-15 06:00:00', 'SSH-04', 1750],
  ['2025-01-15 06:00:00', 'MKI-03', 760],
  ['2025-01-15 06:00:00', 'TMK-02', 710],
  ['2025-02-03 06:00:00', 'DRK-01', 290],
  ['2025-02-03 06:00:00', 'DRK-02', 290],
  ['2025-02-03 06:00:00', 'DRK-04', 410],
  ['2025-02-03 06:00:00', 'DRK-06', 550],
  ['2025-02-03 06:00:00', 'DRK-07', 720],
  ['2025-02-20 15:00:00', 'MKI-12', 0, 'Temaki'],
  ['2025-02-20 15:00:00', 'NGR-14', 0, 'Maki'],
  ['2025-02-20 15:00:00', 'MSO-03', 0, 'Combo'],
  ['2025-02-20 15:00:00', 'DST-05', 520],
  ['2025-03-03 06:00:00', 'NGR-01', 560],
  ['2025-03-03 06:00:00', 'NGR-07', 750],
  ['2025-03-03 06:00:00', 'SSH-01', 1390],
  ['2025-03-03 06:00:00', 'SSH-06', 1950],
  ['2025-03-03 06:00:00', 'MKI-07', 1290],
  ['2025-03-03 06:00:00', 'MKI-08', 1380],
  ['2025-03-03 06:00:00', 'TMK-05', 790],
  ['2025-03-17 14:30:00', 'MSO-03', 920, 'Soup'],
];

// code, rate on combo menus, rate of the promotion, first and last day ('' = open)
const DISCOUNTS = [
  ['LOYAL', 0, 3, '2024-01-01', ''],
  ['STAFF', 0, 30, '2024-01-01', ''],
  ['STUDENT', 0, 10, '2024-09-01', ''],
  ['LUNCH5', 0, 5, '2025-01-01', ''],
  ['APP10', 0, 10, '2025-01-01', '2025-02-28'],
  ['NEWYEAR', 0, 10, '2025-01-01', '2025-01-12'],
  ['CMB10', 10, 0, '2025-02-01', ''],
  ['CMB15', 15, 0, '2025-02-01', '2025-02-28'],
  ['CMB20', 20, 0, '2025-02-01', ''],
  ['CMBVAL', 15, 5, '2025-02-10', '2025-02-16'],
  ['CMB15', 18, 0, '2025-03-01', ''],
  ['APP10', 0, 8, '2025-03-01', ''],
  ['CMBHINA', 15, 4, '2025-03-01', '2025-03-05'],
  ['SPRING', 0, 6, '2025-03-20', '2025-03-31'],
];

const parse = (text) => Date.parse(`${text.replace(' ', 'T')}Z`);

function productHistory() {
  const rows = [];
  for (const [category, prefix, , items] of CATALOGUE) {
    items.forEach(([name, price], at) => {
      const id = `${prefix}-${two(at + 1)}`;
      const versions = [{ id, name, category, price, from: parse('2024-01-01 00:00:00'), to: null }];
      for (const [when, , newPrice, newCategory] of CHANGES.filter((change) => change[1] === id)) {
        const last = versions[versions.length - 1];
        last.to = parse(when);
        const change = { price: newPrice || last.price, category: newCategory ?? last.category };
        versions.push({ ...last, ...change, from: last.to, to: null });
      }
      rows.push(...versions);
    });
  }
  return rows;
}

// ---------------------------------------------------------------------------- transactions

const WEEKDAY = [106, 84, 86, 92, 98, 122, 130];
const HOURS = [
  [11, 8],
  [12, 19],
  [13, 14],
  [14, 6],
  [15, 4],
  [16, 4],
  [17, 8],
  [18, 16],
  [19, 18],
  [20, 12],
  [21, 6],
];
const QTY = [
  [1, 600],
  [2, 260],
  [3, 90],
  [4, 30],
  [5, 10],
  [6, 6],
  [7, 2],
  [8, 1],
  [9, 1],
];

function salesPerDay() {
  const weights = Array.from({ length: DAYS }, (_, day) => {
    const weekday = new Date(FIRST_DAY + day * DAY_MS).getUTCDay();
    const special = day === 0 ? 60 : day === 44 ? 125 : 100;
    return WEEKDAY[weekday] * (1000 + 2 * day) * (94 + below(13, 'day', day)) * special;
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const counts = weights.map((weight) => Math.floor((weight * TRANSACTIONS) / total));
  const rest = TRANSACTIONS - counts.reduce((sum, count) => sum + count, 0);
  for (let i = 0; i < rest; i++) counts[below(DAYS, 'rest', i)] += 1;
  return counts;
}

function productWeights() {
  const pairs = [];
  for (const [, prefix, weight, items] of CATALOGUE) {
    const shares = items.map((_, at) => 4 + below(12, 'share', prefix, at));
    const total = shares.reduce((sum, share) => sum + share, 0);
    const parts = shares.map((share) => Math.round((weight * 1000 * share) / total));
    pairs.push(...parts.map((part, at) => [`${prefix}-${two(at + 1)}`, part]));
  }
  return pairs;
}

function pickChannel(day, store, n) {
  const kiosk = day >= 68 && (store === 'S2' || store === 'S6') ? 12 : 0;
  return weighted(
    [
      ['counter', 48],
      ['app', 30],
      ['web', 22],
      ['kiosk', kiosk],
    ],
    'channel',
    day,
    n,
  );
}

function promoCode(day, sale, n) {
  if (below(1000, 'promo', day, n) >= 126) return null;
  const hour = new Date(sale.at).getUTCHours();
  const open = [
    ['LOYAL', 30],
    ['STAFF', 4],
    ['STUDENT', 18],
  ];
  if (hour < 15) open.push(['LUNCH5', 24]);
  if (sale.channel === 'app') open.push(['APP10', 40]);
  if (day < 12) open.push(['NEWYEAR', 30]);
  if (day >= 78) open.push(['SPRING', 20]);
  return weighted(open, 'code', day, n);
}

function comboCode(sale) {
  const codes = [
    ['CMB10', 26],
    ['CMB15', 52],
    ['CMB20', 14],
  ];
  if (sale.day >= 40 && sale.day <= 46) codes.push(['CMBVAL', 40]);
  if (sale.day >= 59 && sale.day <= 63) codes.push(['CMBHINA', 40]);
  return weighted(codes, 'combo', sale.id);
}

function transactions(history) {
  const products = productWeights();
  const stores = STORES.map(([id, , , , , , weight]) => [id, weight]);
  const sales = [];
  salesPerDay().forEach((count, day) => {
    const start = FIRST_DAY + day * DAY_MS;
    const times = Array.from({ length: count }, (_, n) => {
      const hour = weighted(HOURS, 'hour', day, n);
      return start + hour * 3_600_000 + below(3600, 'second', day, n) * 1000;
    }).sort((a, b) => a - b);
    times.forEach((at, n) => {
      const store = weighted(stores, 'store', day, n);
      const id = `${dayText(start).replaceAll('-', '')}-${store}-${String(n + 1).padStart(4, '0')}`;
      const product = weighted(products, 'product', day, n);
      const listed = history.find(
        (row) => row.id === product && at >= row.from && (row.to === null || at < row.to),
      );
      const sale = { id, day, at, store, product, qty: weighted(QTY, 'qty', day, n), price: listed.price };
      sale.channel = pickChannel(day, store, n);
      sale.code = promoCode(day, sale, n);
      sales.push(sale);
    });
  });
  const menus = sales.filter((sale) => sale.day >= FEBRUARY && sale.product.startsWith('CMB'));
  for (const sale of chosen(menus, COMBO_CODES, (menu) => hash('menu', menu.id))) sale.code = comboCode(sale);
  return sales;
}

/** Which sales the tills have exported, and which the stream has told of. */
function divide(sales) {
  const outage = (sale) => sale.store === 'S4' && sale.day === 49;
  const notYet = (sale) => sale.day === DAYS - 1 && new Date(sale.at).getUTCHours() >= 15;
  const onlyStream = chosen(sales, TRANSACTIONS - IN_POS, (sale) => {
    if (outage(sale) || notYet(sale)) return 0;
    return 1 + hash('pos', sale.id) * (sale.channel === 'counter' ? 3 : 1);
  });
  const inPos = sales.filter((sale) => !onlyStream.has(sale));
  const both = chosen(
    inPos,
    IN_STREAM - onlyStream.size,
    (sale) => hash('stream', sale.id) * (sale.channel === 'counter' ? 4 : 1),
  );
  return { inPos, onlyStream, both };
}

// ---------------------------------------------------------------------------- the stream

function line(sale, received, change = {}) {
  const row = { ...sale, ...change };
  const cells = [
    row.id,
    timeText(row.at),
    timeText(received),
    row.store,
    row.product,
    row.qty,
    money(row.price),
  ];
  return [...cells, row.code ?? '', row.channel];
}

function deliveries(sales, both) {
  const late = chosen(
    sales.filter((sale) => sale.day < DAYS - 2),
    LATE,
    (sale) => hash('late', sale.id),
  );
  const again = chosen(
    sales.filter((sale) => !late.has(sale)),
    REDELIVERED,
    (sale) => hash('again', sale.id),
  );
  const rank = [...again];
  const corrected = new Set(rank.slice(0, CORRECTED));
  const sameMoment = new Set(rank.slice(CORRECTED, CORRECTED + SAME_MOMENT));
  const rows = [];
  for (const sale of sales) {
    let received = sale.at + (1 + below(7, 'delay', sale.id)) * 1000;
    if (late.has(sale)) {
      const most = Math.min(6 * DAY_MS, END - 3_600_000 - sale.at);
      received = sale.at + DAY_MS + below(Math.floor((most - DAY_MS) / 1000), 'late by', sale.id) * 1000;
    }
    const untold = both.has(sale) && below(1000, 'untold', sale.id) < 15 ? { code: null } : {};
    const wrong = corrected.has(sale) ? { qty: sale.qty + 1 } : {};
    rows.push({ received, cells: line(sale, received, { ...untold, ...wrong }) });
    if (!again.has(sale)) continue;
    const next = sameMoment.has(sale) ? received : received + (30 + below(5400, 'again by', sale.id)) * 1000;
    rows.push({ received: next, cells: line(sale, next, untold) });
  }
  return rows;
}

const NOT_A_NUMBER = [
  ['qty', 'two'],
  ['price', '6;50'],
  ['qty', '1x'],
  ['price', '"9,50"'],
  ['qty', '-'],
  ['price', '12.5O'],
  ['qty', 'NaN'],
  ['qty', '2 pcs'],
  ['price', '7..20'],
  ['qty', '?'],
  ['price', 'NaN'],
  ['qty', 'l'],
  ['price', '"18,90"'],
  ['qty', '3x'],
  ['price', 'EUR 4.50'],
  ['qty', 'one'],
  ['price', '8;90'],
  ['qty', '#REF!'],
  ['price', 'n/a'],
];
const NOT_A_TIME = [
  (t) => `${t.slice(0, 11)}25:14:00`,
  (t) => `${t.slice(0, 11)}25:14:30`,
  (t) => `${t.slice(8, 10)}.${t.slice(5, 7)}.${t.slice(0, 4)} ${t.slice(11, 16)}`,
  (t) => `${t.slice(0, 8)}32${t.slice(10)}`,
  (t) => `${t.slice(0, 11)}${t.slice(11, 14)}61:07`,
  (t) => `${t.slice(0, 11)}24:60:00`,
  (t) => `2025-02-30${t.slice(10)}`,
  (t) => `${t.slice(8, 10)}.${t.slice(5, 7)}.${t.slice(0, 4)} ${t.slice(11, 16)}`,
  (t) => `2025-02-29${t.slice(10)}`,
  (t) => `${t.slice(0, 5)}13${t.slice(7)}`,
  (t) => `${t.slice(0, 11)}noon`,
  (t) => `${t.slice(0, 13)}h${t.slice(14, 16)}`,
  () => '0000-00-00 00:00:00',
  (t) => `${t.slice(0, 11)}29:03:11`,
];
const CUT_TO = [5, 7, 3, 6, 8, 5, 2, 7, 4];

/** Lines as a flaky till sends them: sales that the tills have exported but that the stream told wrongly. */
function malformed(sales) {
  const damages = [
    ...NOT_A_NUMBER.map(
      ([column, text]) =>
        (cells) =>
          cells.with(column === 'qty' ? 5 : 6, text),
    ),
    ...NOT_A_TIME.map((change, at) => (cells) => {
      const column = at % 5 === 4 ? 2 : 1;
      return cells.with(column, change(cells[column]));
    }),
    ...CUT_TO.map((count) => (cells) => {
      const kept = cells.slice(0, count).map(String);
      return kept.with(-1, kept[count - 1].slice(0, Math.max(1, kept[count - 1].length - 1)));
    }),
  ];
  const hit = chosen(sales, damages.length, (sale) => hash('damage', sale.id));
  return [...hit].map((sale, at) => {
    const received = sale.at + 2000;
    return { received, cells: damages[at](line(sale, received)) };
  });
}

function streamCsv(sales, onlyStream, both) {
  const told = sales.filter((sale) => onlyStream.has(sale) || both.has(sale));
  const untold = sales.filter((sale) => !onlyStream.has(sale) && !both.has(sale));
  const rows = [...deliveries(told, both), ...malformed(untold)].map((row) => ({
    ...row,
    text: row.cells.join(','),
  }));
  rows.sort((a, b) => a.received - b.received || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  const header = 'transaction_id,event_ts,received_ts,store_id,product_id,qty,unit_price,code,channel';
  return `${[header, ...rows.map((row) => row.text)].join('\n')}\n`;
}

// ---------------------------------------------------------------------------- files

const text = (value) => (value === null ? 'NULL' : `'${String(value).replaceAll("'", "''")}'`);
const time = (ms) => (ms === null ? 'NULL' : `TIMESTAMP '${timeText(ms)}'`);
const tuple = (cells) => `(${cells.join(', ')})`;

async function writeParquet(connection, select, file) {
  await connection.run(`COPY (${select}) TO ${text(file)} (FORMAT parquet, COMPRESSION zstd)`);
}

async function writePos(connection, sales, folder) {
  mkdirSync(folder, { recursive: true });
  for (let day = 0; day < DAYS; day++) {
    const rows = sales
      .filter((sale) => sale.day === day)
      .map((sale) => {
        const price = below(1000, 'no price', sale.id) < 30 ? 'NULL' : money(sale.price);
        const keys = [text(sale.id), time(sale.at), text(sale.store), text(sale.product)];
        return tuple([...keys, sale.qty, price, text(sale.code), text(sale.channel)]);
      });
    const names = 'transaction_id, sold_at, store_id, product_id, qty, unit_price, discount_code, channel';
    const select = `SELECT transaction_id, sold_at, store_id, product_id, qty::INTEGER AS qty,
      unit_price::DECIMAL(9, 2) AS unit_price, discount_code::VARCHAR AS discount_code, channel
      FROM (VALUES ${rows.join(',\n')}) AS t(${names}) ORDER BY sold_at, transaction_id`;
    await writeParquet(connection, select, join(folder, `pos_${dayText(FIRST_DAY + day * DAY_MS)}.parquet`));
  }
}

async function writeProducts(connection, history, file) {
  const rows = history.map((row) =>
    tuple([text(row.id), text(row.name), text(row.category), money(row.price), time(row.from), time(row.to)]),
  );
  const select = `SELECT product_id, name, category, price::DECIMAL(9, 2) AS price, valid_from,
    valid_to::TIMESTAMP AS valid_to
    FROM (VALUES ${rows.join(',\n')}) AS t(product_id, name, category, price, valid_from, valid_to)
    ORDER BY product_id, valid_from`;
  await writeParquet(connection, select, file);
}

function csv(header, rows) {
  return `${[header, ...rows].map((cells) => cells.join(',')).join('\n')}\n`;
}

export async function makeRaw(folder) {
  const history = productHistory();
  const sales = transactions(history);
  const { inPos, onlyStream, both } = divide(sales);
  mkdirSync(folder, { recursive: true });
  const stores = STORES.map((row) => row.slice(0, 6));
  writeFileSync(
    join(folder, 'stores.csv'),
    csv(['store_id', 'name', 'city', 'region', 'opened_on', 'seats'], stores),
  );
  const rules = DISCOUNTS.map(([code, combo, promo, from, to]) => [
    code,
    money(combo),
    money(promo),
    from,
    to,
  ]);
  const columns = ['code', 'combo_discount', 'promo_discount', 'valid_from', 'valid_to'];
  writeFileSync(join(folder, 'discounts.csv'), csv(columns, rules));
  writeFileSync(join(folder, 'stream_feed_2025q1.csv'), streamCsv(sales, onlyStream, both));
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  await writeProducts(connection, history, join(folder, 'products.parquet'));
  await writePos(connection, inPos, join(folder, 'pos'));
  connection.closeSync();
}

const here = fileURLToPath(import.meta.url);
if (process.argv[1] && realpathSync(process.argv[1]) === realpathSync(here))
  await makeRaw(process.argv[2] ?? join(dirname(here), 'raw'));
