import { CodeEditor } from '../../ui/code-editor/code-editor';
import { DataGrid } from '../../ui/data-grid/data-grid';
import type { GridColumn, LoadPage } from '../../ui/data-grid/grid-types';
import { Histogram } from '../../ui/histogram';
import { Shares } from '../../ui/shares';
import { SmallTable } from '../../ui/small-table';
import styles from './gallery.module.css';
import { type Exhibit, Specimen } from './section';

const BINS = [1, 4, 9, 14, 20, 17, 9, 3, 0, 2];
const ROWS = 1000;
const SQL =
  "SELECT\n  sold_on,\n  SUM(net_amount) AS net\nFROM mart.fact -- all sales\nWHERE channel = 'till'\n";
const COLUMNS: readonly GridColumn[] = [
  {
    id: 'id',
    title: 'id',
    kind: 'number',
    isKey: true,
    profile: { shape: 'unique', bins: [], fact: 'unique' },
  },
  {
    id: 'day',
    title: 'sold_on',
    kind: 'time',
    profile: { shape: 'histogram', bins: BINS, fact: '90 distinct' },
  },
  {
    id: 'store',
    title: 'store',
    kind: 'text',
    profile: { shape: 'shares', bins: [5, 3, 1], fact: '3 % null', isMarked: true },
  },
];
const EMPTY: LoadPage = async () => ({ rows: [], total: 0 });
const BROKEN: LoadPage = () => Promise.reject(new Error('The rows could not be read.'));
const WAITING: LoadPage = () => new Promise(() => undefined);
const LOADED: LoadPage = async ({ offset, limit }) => ({
  rows: Array.from({ length: Math.min(limit, ROWS - offset) }, (_, at) => [
    offset + at,
    `2025-03-${String(1 + ((offset + at) % 28)).padStart(2, '0')}`,
    (offset + at) % 7 === 0 ? null : 'S1',
  ]),
  total: ROWS,
});
const GRIDS = [
  ['rows with profiles', LOADED],
  ['no rows', EMPTY],
  ['failed', BROKEN],
  ['loading', WAITING],
] as const;

/** What shows figures and text. */
export const data: readonly Exhibit[] = [
  { of: 'DataGrid', render: () => <Grids /> },
  { of: 'SmallTable', render: () => <Small /> },
  { of: 'Histogram', render: () => <Histograms /> },
  { of: 'Shares', render: () => <Parts /> },
  { of: 'CodeEditor', render: () => <Editors /> },
];

function Grids() {
  return GRIDS.map(([title, loadPage]) => (
    <Specimen key={title} title={title} isWide height={180}>
      <DataGrid
        label={`Grid, ${title}`}
        columns={COLUMNS}
        loadPage={loadPage}
        hasProfiles={loadPage === LOADED}
      />
    </Specimen>
  ));
}

function Small() {
  const rows = [
    { model: 'mart.daily_sales', batches: 59 },
    { model: 'mart.store_report', batches: 1 },
  ];
  return (
    <Specimen title="a handful of facts" isWide>
      <SmallTable
        label="Models"
        rows={rows}
        rowKey={({ model }) => model}
        columns={[
          { id: 'model', title: 'Model', isWide: true, render: ({ model }) => model },
          { id: 'batches', title: 'Batches', isNumber: true, render: ({ batches }) => batches },
        ]}
      />
    </Specimen>
  );
}

function Histograms() {
  return (
    <>
      <Specimen title="one bar to look at">
        <div className={styles.column}>
          <Histogram bins={BINS} label="Sales by hour" marked={4} height={40} />
        </div>
      </Specimen>
      <Specimen title="nothing in it">
        <div className={styles.column}>
          <Histogram bins={[0, 0, 0]} label="No sales" />
        </div>
      </Specimen>
    </>
  );
}

function Parts() {
  return (
    <Specimen title="parts of one whole">
      <div className={styles.column}>
        <Shares parts={[50, 30, 12, 6, 2]} label="Sales by store" />
      </div>
    </Specimen>
  );
}

function Editors() {
  return (
    <>
      <Specimen title="with a fault and a changed line" isWide height={140}>
        <CodeEditor
          label="SQL with a fault"
          text={SQL}
          changedLines={[3]}
          markers={[{ line: 4, column: 6, message: 'There is no mart.fact.', tone: 'red' }]}
        />
      </Specimen>
      <Specimen title="to read only" isWide height={140}>
        <CodeEditor label="SQL to read" text={SQL} isReadOnly />
      </Specimen>
    </>
  );
}
