import { type Place, placeText } from '../../../shared/base/errors';
import type { HistoryDetail, HistoryEntry } from '../../../shared/protocol/views/history';
import { goTo } from '../../store/choices/room';
import { selectModel, selectRelease, selectSource } from '../../store/choices/selection';
import { putRun } from '../../store/runs';
import { useCommand } from '../../store/use-command';
import { useFact } from '../../store/use-fact';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { ProblemPanel } from '../../ui/problem-panel';
import { Skeleton } from '../../ui/skeleton';
import { AuditList } from './audit-list';
import styles from './history.module.css';
import { OutcomeSign } from './outcome-sign';
import { RecordFacts } from './record-facts';
import { InputTable, ModelTable } from './record-tables';
import { kindWords } from './record-words';

/** One record: who ran what on which inputs, what it wrote, and what stopped it. */
export function RecordView({ record }: { record: HistoryEntry }) {
  const { data, problem } = useFact('history.read', { id: record.id });
  const failure = data?.problem ?? problem;
  // What came over the wire as JSON holds no undefined fields.
  const place = failure?.place as Place | undefined;
  const entry = data?.entry ?? record;
  return (
    <section className={styles.view} aria-label="Record">
      <header className={styles.title}>
        <span className={styles.titleIcon}>
          <Icon name={kindWords[entry.kind].icon} />
        </span>
        <h2 className={styles.titleText}>{entry.title}</h2>
        <OutcomeSign outcome={entry.outcome} />
      </header>
      {failure && <ProblemPanel problem={{ ...failure, where: placeText(place) }} />}
      <Steps record={entry} />
      <RecordFacts record={entry} engine={data?.engine ?? ''} />
      {!data && !problem && <Skeleton lines={6} height="data" />}
      {data && <Parts detail={data} />}
    </section>
  );
}

function Parts({ detail }: { detail: HistoryDetail }) {
  const { inputs, models, audits } = detail;
  const hasFailed = audits.some(({ failedRows }) => failedRows > 0);
  const auditList = audits.length > 0 && <AuditList audits={audits} onModel={showModel} />;
  return (
    <>
      {hasFailed && auditList}
      {models.length > 0 && <ModelTable models={models} onModel={showModel} />}
      {inputs.length > 0 && <InputTable inputs={inputs} onSource={showSource} />}
      {!hasFailed && auditList}
    </>
  );
}

/** What can be done from a record: go on with its run, or to what it made. */
function Steps({ record }: { record: HistoryEntry }) {
  const resume = useCommand('backfill.resume');
  const { id, kind, title, outcome, release } = record;
  const goOn = async (): Promise<void> => {
    const result = await resume.run({ run: id });
    if (!result.ok) return;
    putRun(result.value);
    goTo('backfill');
  };
  const source = kind === 'import' && title.startsWith('raw.') ? title.slice('raw.'.length) : undefined;
  const canResume = record.canResume;
  if (!canResume && outcome !== 'running' && release === null && source === undefined) return null;
  return (
    <div className={styles.steps}>
      {canResume && (
        <Button kind="ink" size="small" icon="play" isPending={resume.running} onPress={() => void goOn()}>
          Resume the {kind}
        </Button>
      )}
      {outcome === 'running' && (
        <Button size="small" icon="backfill" onPress={() => goTo('backfill')}>
          Watch it
        </Button>
      )}
      {release !== null && (
        <Button size="small" icon="releases" onPress={() => showRelease(release)}>
          Show release {release}
        </Button>
      )}
      {source !== undefined && (
        <Button size="small" icon="raw" onPress={() => showSource(source)}>
          Show {title}
        </Button>
      )}
      {resume.problem && (
        <ProblemPanel problem={{ ...resume.problem, where: placeText(resume.problem.place) }} />
      )}
    </div>
  );
}

function showModel(model: string): void {
  selectModel(model);
  goTo('canvas');
}

function showSource(source: string): void {
  selectSource(source);
  goTo('raw');
}

function showRelease(release: number): void {
  selectRelease(release);
  goTo('releases');
}
