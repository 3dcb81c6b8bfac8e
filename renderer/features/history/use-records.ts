import { useEffect, useState } from 'react';
import { type Problem, toProblem } from '../../../shared/base/errors';
import type { HistoryEntry } from '../../../shared/protocol/views/history';
import { callHost } from '../../store/host';
import { useFact } from '../../store/use-fact';

const PAGE = 1000;

export interface Records {
  /** undefined until the first page is there; older pages follow by themselves */
  readonly records: readonly HistoryEntry[] | undefined;
  readonly total: number;
  readonly problem: Problem | undefined;
}

/** All records, newest first. They are few beside the data, so search and filters work on all of them at once. */
export function useRecords(): Records {
  const { data, problem } = useFact('history.list', { offset: 0, limit: PAGE });
  const [older, setOlder] = useState<{ after: typeof data; entries: HistoryEntry[]; problem?: Problem }>();
  useEffect(() => {
    if (!data || data.total <= PAGE) return;
    const stop = new AbortController();
    const load = async (): Promise<void> => {
      const entries: HistoryEntry[] = [];
      for (let offset = PAGE; offset < data.total; offset += PAGE) {
        const page = await callHost('history.list', { offset, limit: PAGE }, { signal: stop.signal });
        entries.push(...page.entries);
        if (stop.signal.aborted) return;
        setOlder({ after: data, entries: [...entries] });
      }
    };
    load().catch((error: unknown) => {
      if (!stop.signal.aborted) setOlder({ after: data, entries: [], problem: toProblem(error) });
    });
    return () => stop.abort();
  }, [data]);
  const rest = older?.after === data ? older : undefined;
  return {
    records: data && rest ? [...data.entries, ...rest.entries] : data?.entries,
    total: data?.total ?? 0,
    problem: problem ?? rest?.problem,
  };
}
