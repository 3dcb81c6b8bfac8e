import { useRef } from 'react';
import { placeText } from '../../../shared/base/errors';
import type { SourceSummary } from '../../../shared/protocol/views/raw';
import { useSelection } from '../../store/choices/selection';
import { useFact } from '../../store/use-fact';
import { Icon } from '../../ui/icon';
import { ProblemPanel } from '../../ui/problem-panel';
import { Skeleton } from '../../ui/skeleton';
import { Split } from '../../ui/split';
import { addFiles } from './adding';
import { AddingProblem } from './adding-note';
import { NoSources } from './no-sources';
import styles from './raw.module.css';
import { SourceList } from './source-list';
import { SourceRoom } from './source-room';
import { useAddActions } from './use-add-actions';
import { useFileDrop } from './use-file-drop';

const SIDE = { size: 200, minSize: 160, maxSize: 360, isFixed: true, stackHeight: 250 } as const;

/** Raw data: what came in, how it was read, and what could not be read. Files can be dropped anywhere on it. */
export function Raw() {
  const room = useRef<HTMLDivElement>(null);
  const isOver = useFileDrop(room, (files) => void addFiles(files));
  const { data, problem } = useFact('source.list', {});
  useAddActions();
  return (
    <div ref={room} className={styles.room}>
      <AddingProblem />
      {problem && !data && <ProblemPanel problem={{ ...problem, where: placeText(problem.place) }} />}
      {!data && !problem && <Loading />}
      {data?.sources.length === 0 && <NoSources />}
      {data && data.sources.length > 0 && <Sources sources={data.sources} />}
      {isOver && (
        <div className={styles.over} aria-hidden="true">
          <Icon name="drop" size="large" />
          Drop to add the files as sources
        </div>
      )}
    </div>
  );
}

function Sources({ sources }: { sources: readonly SourceSummary[] }) {
  const chosen = useSelection((selection) => selection.source);
  const source = sources.find(({ name }) => name === chosen) ?? sources[0];
  if (!source) return null;
  return (
    <Split
      id="raw"
      panels={[
        { id: 'sources', ...SIDE, content: <SourceList sources={sources} selected={source.name} /> },
        { id: 'source', minSize: 520, content: <SourceRoom key={source.name} summary={source} /> },
      ]}
    />
  );
}

function Loading() {
  return (
    <Split
      id="raw"
      panels={[
        { id: 'sources', ...SIDE, content: <Skeleton lines={6} /> },
        { id: 'source', minSize: 520, content: <Skeleton lines={12} height="data" /> },
      ]}
    />
  );
}
