import type { ReactNode } from 'react';
import type { SourceDetail } from '../../../shared/protocol/views/raw';
import { Split } from '../../ui/split';
import { QuarantinePane } from './quarantine-pane';
import styles from './raw.module.css';
import { ReadSql } from './read-sql';
import { SourceHead } from './source-head';
import { SourceTabs } from './source-tabs';
import { UseInModel } from './use-in-model';
import type { SourceView } from './use-source-view';

/** The middle of the room: head line, tabs, and below them the lines that could not be loaded or the SQL. */
export function SourceMain(props: { detail: SourceDetail; view: SourceView; children: ReactNode }) {
  const { detail, view } = props;
  const hasBelow = view.hasSql || detail.quarantined > 0;
  const below = view.hasSql ? (
    <ReadSql sql={detail.readSql} onClose={() => view.showSql(false)} />
  ) : (
    <QuarantinePane detail={detail} />
  );
  const tabs = {
    id: 'tabs',
    minSize: 160,
    stackHeight: 300,
    content: <SourceTabs detail={detail} view={view} />,
  };
  return (
    <section className={styles.main} aria-label={`raw.${detail.name}`}>
      <SourceHead detail={detail} />
      {props.children}
      {view.isNaming && <UseInModel source={detail.name} onClose={() => view.setNaming(false)} />}
      <div className={styles.fill}>
        <Split
          id="source-main"
          direction="vertical"
          panels={
            hasBelow
              ? [tabs, { id: 'below', size: '45%', minSize: 96, stackHeight: 260, content: below }]
              : [tabs]
          }
        />
      </div>
    </section>
  );
}
