import fc from 'fast-check';
import { expect } from 'vitest';
import {
  type Content,
  contentQuery,
  EMPTY,
  expectedRows,
  foundRows,
  type Logic,
  type ModelName,
  planned,
} from './history-oracle';
import { type Bench, problemOf } from './projects';
import { dailyModel, dayText, eventsModel } from './sales-project';

export const LOOKBACK = 1;
export const BATCH_SIZE = 3;
export const LAST_DAY = 20;
const PROD = 'prod';

interface Shadow {
  /** what it shows of its own; the rest is prod's */
  readonly own: Partial<Content>;
  /** prod's version numbers when it was filled */
  readonly base: Readonly<Record<string, number>>;
}

/** What the test knows: contents of all environments and releases, and never a segment. */
export interface Known {
  logic: Logic;
  today: number;
  prod: Content;
  readonly shadows: Map<string, Shadow>;
  /** what prod showed after each release, by number */
  readonly releases: Map<number, Content>;
  /** what prod showed last of each model under each logic */
  readonly lines: Map<string, Content[ModelName]>;
}

export type Step = fc.AsyncCommand<Known, Bench>;

function shownBy(known: Known, environment: string): Content {
  return { ...known.prod, ...known.shadows.get(environment)?.own };
}

/** Compares every environment with what it must show. */
export async function expectAll(known: Known, bench: Bench): Promise<void> {
  for (const environment of [PROD, ...known.shadows.keys()]) {
    const page = await bench.client.call('query.run', {
      sql: contentQuery,
      environment,
      offset: 0,
      limit: 2,
    });
    expect({ environment, ...Object(foundRows(page.rows[0] ?? [])) }).toEqual({
      environment,
      ...Object(expectedRows(shownBy(known, environment))),
    });
  }
}

async function versionsOf(bench: Bench, environment: string): Promise<Record<string, number>> {
  const [row] = await bench.rows(`SELECT body FROM teal.environment WHERE name = '${environment}'`);
  return (JSON.parse(String(row?.body ?? '{"versions":{}}')) as { versions: Record<string, number> })
    .versions;
}

/** Remembers what prod shows after whatever release is live now. */
export async function noteRelease(known: Known, bench: Bench): Promise<void> {
  const { live } = await bench.client.call('release.list', {});
  if (live !== null && !known.releases.has(live)) known.releases.set(live, known.prod);
}

/** Remembers what prod shows as what its lines hold. */
export function noteLines(known: Known): void {
  for (const name of Object.keys(known.prod) as ModelName[])
    known.lines.set(`${name} ${logicOf(known.prod)[name]}`, known.prod[name]);
}

function logicOf(content: Content): Readonly<Record<ModelName, string>> {
  const [events, daily] = [content['stg.events'].logic, content['mart.daily'].logic];
  return {
    ...{ 'stg.events': events, 'mart.latest': events, 'mart.total': events },
    ...{ 'mart.daily': daily, 'mart.shown': daily },
  };
}

/** Shadows that go on with the same line as prod show what prod shows of it. */
async function follow(known: Known, bench: Bench): Promise<void> {
  const live = await versionsOf(bench, PROD);
  for (const [environment, shadow] of known.shadows) {
    const versions = await versionsOf(bench, environment);
    const names = (Object.keys(shadow.own) as ModelName[]).filter((name) => versions[name] === live[name]);
    const shown = Object.fromEntries(names.map((name) => [name, known.prod[name]]));
    known.shadows.set(environment, { ...shadow, own: { ...shadow.own, ...shown } });
  }
}

abstract class Command {
  check(): boolean {
    return true;
  }

  protected abstract act(known: Known, bench: Bench): Promise<void>;

  async run(known: Known, bench: Bench): Promise<void> {
    await this.act(known, bench);
    await noteRelease(known, bench);
    noteLines(known);
    await follow(known, bench);
    await expectAll(known, bench);
  }
}

class Edit extends Command implements Step {
  constructor(private readonly logic: Logic) {
    super();
  }

  protected override async act(known: Known, bench: Bench): Promise<void> {
    known.logic = this.logic;
    const shape = { lookback: LOOKBACK, batchSize: BATCH_SIZE };
    await bench.save({
      'models/stg/events.sql': eventsModel({ ...shape, factor: this.logic.events }),
      'models/mart/daily.sql': dailyModel({ ...shape, dailyFactor: this.logic.daily }),
    });
  }

  override toString(): string {
    return `edit(${this.logic.events}, ${this.logic.daily})`;
  }
}

interface PlanChoice {
  readonly environment: string;
  /** days before today where the scope ends and how long it is; null: the whole history */
  readonly scope: readonly [number, number] | null;
  /** what happens in the middle before the same is planned again */
  readonly broken: 'no' | 'stop' | 'reopen';
}

class Plan extends Command implements Step {
  constructor(private readonly choice: PlanChoice) {
    super();
  }

  protected override async act(known: Known, bench: Bench): Promise<void> {
    const { environment } = this.choice;
    const scope = this.scope(known);
    const request = {
      environment,
      executionTime: dayText(known.today),
      ...(scope ? { start: dayText(scope[0]), end: dayText(scope[1]) } : {}),
      ...(environment === PROD ? {} : { alternative: scope ? 'scope' : 'full' }),
    };
    const live = await versionsOf(bench, PROD);
    const start = environment === PROD ? ofLines(known) : startOf(known, environment, live);
    const looksBack = environment === PROD;
    const asked = { logic: known.logic, today: known.today, lookback: LOOKBACK, scope, looksBack };
    const after = planned(asked, start);
    const begun = this.choice.broken !== 'no' && (await this.breakOff(bench, request));
    const status = await bench.apply(request);
    if (environment === PROD) known.prod = after;
    else if (begun || status)
      known.shadows.set(environment, { own: await ownOf(bench, environment, after), base: live });
    expect((await bench.plan(request)).empty).toBe(true);
  }

  private scope(known: Known): readonly [number, number] | null {
    if (!this.choice.scope || this.choice.environment === PROD) return null;
    const last = Math.max(1, known.today - 1 - this.choice.scope[0]);
    return [Math.max(1, last - this.choice.scope[1]), last];
  }

  /** Starts the run and ends it wherever it is by then; nobody may see anything of a part of it. Whether there was one. */
  private async breakOff(bench: Bench, request: Parameters<Bench['plan']>[0]): Promise<boolean> {
    const plan = await bench.plan(request);
    if (plan.empty) return false;
    const run = await bench.client.call('backfill.start', { plan: plan.id });
    if (this.choice.broken === 'reopen') await bench.reopen();
    else {
      const stopped = await problemOf(bench.client.call('backfill.stop', { run: run.id }));
      expect(stopped?.code ?? 'run.not_found').toBe('run.not_found');
    }
    return true;
  }

  override toString(): string {
    const { environment, scope, broken } = this.choice;
    return `plan(${environment}${scope ? ` ${scope.join('+')}` : ''}${broken === 'no' ? '' : `, ${broken}`})`;
  }
}

class Run extends Command implements Step {
  constructor(private readonly days: number) {
    super();
  }

  protected override async act(known: Known, bench: Bench): Promise<void> {
    known.today = Math.min(LAST_DAY, known.today + this.days);
    const [events = 0, daily = 0] = known.prod['mart.daily'].logic.split('/').map(Number);
    const asked = {
      logic: { events, daily },
      today: known.today,
      lookback: LOOKBACK,
      scope: null,
      looksBack: true,
    };
    await bench.client.call('run.execute', { executionTime: dayText(known.today) });
    known.prod = planned(asked, known.prod);
  }

  override toString(): string {
    return `run(+${this.days})`;
  }
}

class Swap extends Command implements Step {
  constructor(private readonly environment: string) {
    super();
  }

  protected override async act(known: Known, bench: Bench): Promise<void> {
    const shadow = known.shadows.get(this.environment);
    const live = await versionsOf(bench, PROD);
    const own = Object.entries(await versionsOf(bench, this.environment));
    const wanted = own.flatMap(([model, version]) => (live[model] === version ? [] : [model]));
    const moved = wanted.filter((model) => shadow?.base[model] !== live[model]);
    const problem = await problemOf(bench.client.call('release.swap', { environment: this.environment }));
    const code = moved.length > 0 ? 'release.base_moved' : wanted.length > 0 ? undefined : 'release.nothing';
    expect(problem?.code).toBe(shadow ? code : 'environment.not_found');
    if (shadow && !code) known.prod = shownBy(known, this.environment);
  }

  override toString(): string {
    return `swap(${this.environment})`;
  }
}

class Rollback extends Command implements Step {
  constructor(private readonly back: number) {
    super();
  }

  protected override async act(known: Known, bench: Bench): Promise<void> {
    const to = Math.max(1, known.releases.size - this.back);
    const content = known.releases.get(to);
    const problem = await problemOf(bench.client.call('release.rollback', { to }));
    if (!problem && content) known.prod = content;
    else expect(problem?.code).toBe('release.nothing');
  }

  override toString(): string {
    return `rollback(-${this.back})`;
  }
}

/** What a plan of prod goes on from: what prod showed last under the logic of the files, if it ever did. */
function ofLines(known: Known): Content {
  const { events, daily } = known.logic;
  const empty = planned({ logic: { events, daily }, today: 1, lookback: 0, scope: null });
  const names = Object.keys(known.prod) as ModelName[];
  const logic = logicOf(empty);
  return {
    ...EMPTY,
    ...Object.fromEntries(
      names.flatMap((name) => {
        const held = known.lines.get(`${name} ${logic[name]}`);
        return held === undefined ? [] : [[name, held]];
      }),
    ),
  };
}

function startOf(known: Known, environment: string, live: Readonly<Record<string, number>>): Content {
  const shadow = known.shadows.get(environment);
  const kept = Object.entries(shadow?.own ?? {}).filter(([model]) => shadow?.base[model] === live[model]);
  return { ...known.prod, ...(Object.fromEntries(kept) as Partial<Content>) };
}

async function ownOf(bench: Bench, environment: string, after: Content): Promise<Partial<Content>> {
  const names = Object.keys(await versionsOf(bench, environment)) as ModelName[];
  return Object.fromEntries(names.map((name) => [name, after[name]]));
}

const shadowName = fc.constantFrom('dev', 'blue');
const factor = fc.constantFrom(1, 2, 3);

/** Anything that people do to a project, in any order. */
export const steps: readonly fc.Arbitrary<Step>[] = [
  fc.record({ events: factor, daily: factor }).map((logic) => new Edit(logic)),
  fc
    .record({
      environment: fc.constantFrom(PROD, 'dev', 'blue'),
      scope: fc.option(fc.tuple(fc.nat(3), fc.nat(3))),
      broken: fc.constantFrom('no' as const, 'no' as const, 'stop' as const, 'reopen' as const),
    })
    .map((choice) => new Plan(choice)),
  fc.integer({ min: 0, max: 2 }).map((days) => new Run(days)),
  shadowName.map((name) => new Swap(name)),
  fc.integer({ min: 1, max: 3 }).map((back) => new Rollback(back)),
];
