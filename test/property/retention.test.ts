import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findGarbage, type RetentionInput, type VersionName } from '../../shared/release/retention';
import type { Environment, Release, Segment, Version, WarehouseState } from '../../shared/release/types';

const MODELS = ['m.a', 'm.b', 'm.c'];
const SEGMENTS = ['s1', 's2', 's3', 's4', 's5', 's6'];
const NUMBERS = [1, 2, 3, 4];
const RETENTION = 100;
const NOW = 1000;

const anyMap = fc
  .array(fc.tuple(fc.constantFrom(...MODELS), fc.constantFrom(...NUMBERS)), { maxLength: 3 })
  .map((pairs): Readonly<Record<string, number>> => Object.fromEntries(pairs));

const anyVersion = (model: string, number: number) =>
  fc
    .record({
      createdAt: fc.integer({ min: 0, max: NOW }),
      segments: fc.uniqueArray(fc.constantFrom(...SEGMENTS), { maxLength: 3 }),
    })
    .map(
      ({ createdAt, segments }) =>
        ({
          model,
          number,
          createdAt,
          entries: segments.map((segment) => ({
            segment,
            number: null,
            spans: null,
            cut: false,
            fingerprint: 'f',
          })),
        }) as unknown as Version,
    );

const anyState = fc
  .record({
    versions: fc.tuple(
      ...MODELS.flatMap((model) => NUMBERS.map((n) => fc.option(anyVersion(model, n), { nil: undefined }))),
    ),
    environments: fc.array(fc.tuple(fc.constantFrom('prod', 'dev', 'fix'), anyMap), { maxLength: 3 }),
    releases: fc.array(fc.tuple(fc.integer({ min: 0, max: NOW }), anyMap), { maxLength: 4 }),
  })
  .map(({ versions, environments, releases }): WarehouseState => {
    const there = versions.filter((version) => version !== undefined);
    return {
      versions: new Map(MODELS.map((model) => [model, there.filter((version) => version.model === model)])),
      environments: new Map(
        environments.map(([name, shown]) => [name, { name, versions: shown } as unknown as Environment]),
      ),
      segments: new Map(SEGMENTS.map((table) => [table, { table } as Segment])),
      releases: releases
        .toSorted(([a], [b]) => a - b)
        .map(([at, after], index) => ({ number: index + 1, at, after }) as unknown as Release),
      snapshots: new Map(),
    };
  });

const anyName = fc.record({ model: fc.constantFrom(...MODELS), number: fc.constantFrom(...NUMBERS) });
const keyOf = ({ model, number }: VersionName) => `${model} ${number}`;

const anyInput: fc.Arbitrary<RetentionInput> = fc
  .record({
    state: anyState,
    expiries: fc.array(
      fc.tuple(fc.constantFrom('prod', 'dev', 'fix', 'gone'), fc.integer({ min: 0, max: 2 * NOW })),
    ),
    reads: fc.dictionary(
      fc.constantFrom(...MODELS.flatMap((model) => NUMBERS.map((number) => keyOf({ model, number })))),
      fc.array(anyName, { maxLength: 2 }),
    ),
    versionsInUse: fc.array(anyName, { maxLength: 2 }),
    segmentsInUse: fc.array(fc.constantFrom(...SEGMENTS), { maxLength: 2 }),
    ignoreAge: fc.boolean(),
  })
  .map(({ reads, expiries, ...rest }) => ({
    ...rest,
    now: NOW,
    retention: RETENTION,
    expiries: new Map(expiries),
    reads: (name: VersionName) => reads[keyOf(name)] ?? [],
  }));

const allOf = (state: WarehouseState) => [...state.versions.values()].flat();

/** The state once the garbage is gone. */
function without(input: RetentionInput): RetentionInput {
  const garbage = findGarbage(input);
  const gone = new Set(garbage.versions.map(keyOf));
  const { state } = input;
  return {
    ...input,
    state: {
      ...state,
      environments: new Map([...state.environments].filter(([name]) => !garbage.environments.includes(name))),
      versions: new Map(
        [...state.versions].map(([model, list]) => [model, list.filter((one) => !gone.has(keyOf(one)))]),
      ),
      segments: new Map([...state.segments].filter(([table]) => !garbage.segments.includes(table))),
    },
  };
}

describe('garbage', () => {
  it('is nothing that an environment which stays shows, nor what that reads, nor any of their tables', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const { environments, versions, segments } = findGarbage(input);
        const gone = new Set(versions.map(keyOf));
        const kept = allOf(input.state).filter((version) => !gone.has(keyOf(version)));
        for (const [name, environment] of input.state.environments) {
          if (environments.includes(name)) continue;
          for (const [model, number] of Object.entries(environment.versions))
            expect(gone.has(keyOf({ model, number }))).toBe(false);
        }
        for (const version of kept) {
          for (const read of input.reads(version)) expect(gone.has(keyOf(read))).toBe(false);
          for (const entry of version.entries) expect(segments).not.toContain(entry.segment);
        }
      }),
    );
  });

  it('is never prod, nor an environment before its time', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        for (const name of findGarbage(input).environments) {
          expect(name).not.toBe('prod');
          expect(input.expiries.get(name)).toBeLessThanOrEqual(NOW);
        }
      }),
    );
  });

  it('is nothing that the live release or one replaced within the retention led to', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const gone = new Set(findGarbage(input).versions.map(keyOf));
        input.state.releases.forEach((release, index) => {
          const next = input.state.releases[index + 1];
          if (next && next.at + RETENTION <= NOW) return;
          for (const [model, number] of Object.entries(release.after))
            expect(gone.has(keyOf({ model, number }))).toBe(false);
        });
      }),
    );
  });

  it('is nothing that an unfinished run uses, nor what is young unless age is ignored', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const { versions, segments } = findGarbage(input);
        const gone = new Set(versions.map(keyOf));
        for (const name of input.versionsInUse) expect(gone.has(keyOf(name))).toBe(false);
        for (const table of input.segmentsInUse) expect(segments).not.toContain(table);
        if (input.ignoreAge) return;
        for (const version of allOf(input.state))
          if (version.createdAt + RETENTION > NOW) expect(gone.has(keyOf(version))).toBe(false);
      }),
    );
  });

  it('is all gone after one cleaning, and a cleaning that ignores age takes no less', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const left = findGarbage(without(input));
        expect([left.environments, left.versions, left.segments]).toEqual([[], [], []]);
        const more = new Set(findGarbage({ ...input, ignoreAge: true }).versions.map(keyOf));
        for (const version of findGarbage({ ...input, ignoreAge: false }).versions)
          expect(more.has(keyOf(version))).toBe(true);
      }),
    );
  });

  it('old rows that nothing leads to any more go with their table', () => {
    const version = (number: number, segment: string) =>
      ({ model: 'm.a', number, createdAt: 0, entries: [{ segment }] }) as unknown as Version;
    const state = {
      versions: new Map([['m.a', [version(1, 's1'), version(2, 's2'), version(3, 's1')]]]),
      environments: new Map([['prod', { name: 'prod', versions: { 'm.a': 3 } } as unknown as Environment]]),
      segments: new Map(['s1', 's2'].map((table) => [table, { table } as Segment])),
      releases: [
        { number: 1, at: 0, after: { 'm.a': 1 } },
        { number: 2, at: 10, after: { 'm.a': 2 } },
        { number: 3, at: 20, after: { 'm.a': 3 } },
      ] as unknown as Release[],
      snapshots: new Map(),
    };
    const input = {
      state,
      now: NOW,
      retention: RETENTION,
      expiries: new Map(),
      versionsInUse: [],
      segmentsInUse: [],
      reads: () => [],
      ignoreAge: false,
    };
    expect(findGarbage(input)).toEqual({
      environments: [],
      versions: [
        { model: 'm.a', number: 1 },
        { model: 'm.a', number: 2 },
      ],
      segments: ['s2'],
    });
    expect(findGarbage({ ...input, now: 115 }).versions).toEqual([{ model: 'm.a', number: 1 }]);
  });
});
