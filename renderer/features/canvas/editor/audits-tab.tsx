import type { ModelDetail } from '../../../../shared/protocol/views/project';
import type { AuditResultView } from '../../../../shared/protocol/views/quality';
import { useCommand } from '../../../store/use-command';
import { useFact } from '../../../store/use-fact';
import { announce } from '../../../ui/announce';
import { Button } from '../../../ui/button';
import { Chip } from '../../../ui/chip';
import { CommandLine } from '../../../ui/command-line';
import { EmptyState } from '../../../ui/empty-state';
import { countOf, formatAgo, formatMinute } from '../../../ui/format';
import { LinkButton } from '../../../ui/link-button';
import { Mark } from '../../../ui/mark';
import { ProblemPanel } from '../../../ui/problem-panel';
import { StatusMark } from '../../../ui/status-mark';
import { lookAtRows, useQualityChoice } from '../choice/quality-choice';
import { toProblemText } from '../problem-text';
import {
  type AuditLine,
  auditLines,
  auditSummary,
  blockingWords,
  resultWords,
  statusOf,
} from './audit-words';
import styles from './quality.module.css';

/** runs of an audit that are shown */
const MOST_RUNS = 4;

/** The checks of a model's rows: whether a failure stops a fill, what came of each run, and the rows that failed. */
export function AuditsTab({ detail }: { detail: ModelDetail }) {
  const { data, problem } = useFact('audit.results', { model: detail.id });
  const command = useCommand('audit.run');
  if (detail.audits.length === 0) {
    return (
      <EmptyState
        icon="check"
        title="No audits yet"
        text="Name them in the MODEL block, as in audits (not_null(columns := (id)))."
      />
    );
  }
  const alone = detail.audits.filter(({ standsAlone }) => standsAlone).map(({ name }) => name);
  const audited = [...(alone.length < detail.audits.length ? [detail.id] : []), ...alone];
  const lines = auditLines(detail.audits, data?.results ?? []);
  const run = async (): Promise<void> => {
    const ran = await command.run({ models: audited });
    if (!ran.ok) return;
    const failed = ran.value.audits.filter(({ failedRows }) => (failedRows ?? 0) > 0).length;
    announce(failed === 0 ? 'All audits passed' : `${countOf(failed, 'audit')} failed`);
  };
  const wrong = command.problem ?? problem;
  return (
    <div className={styles.tab}>
      <header className={styles.head}>
        <span className={styles.summary} role="status">
          {auditSummary(lines)}
        </span>
        <Button size="small" icon="play" onPress={() => void run()} isPending={command.running}>
          Audit what is live
        </Button>
      </header>
      {wrong && <ProblemPanel problem={toProblemText(wrong)} />}
      <ul className={styles.list}>
        {lines.map((line) => (
          <Line key={`${line.call.name} ${line.call.arguments}`} line={line} model={detail.id} />
        ))}
      </ul>
      <footer className={styles.foot}>
        <CommandLine line={['teal audit', ...audited.map((name) => `--model ${name}`)].join(' ')} />
      </footer>
    </div>
  );
}

function Line({ line: { call, results }, model }: { line: AuditLine; model: string }) {
  const status = statusOf(results[0]);
  return (
    <li className={styles.item}>
      <span className={styles.sign}>{status ? <StatusMark status={status} /> : <Mark tone="none" />}</span>
      <div className={styles.itemHead}>
        <strong className={styles.name}>{call.name}</strong>
        <span className={styles.itemEnd}>
          <Chip tone="line">{blockingWords(call)}</Chip>
        </span>
      </div>
      {call.arguments && <code className={styles.arguments}>{call.arguments}</code>}
      <ul className={styles.runs}>
        {results.length === 0 && <li className={styles.quiet}>Not run yet</li>}
        {results.slice(0, MOST_RUNS).map((result, at) => (
          <Run
            key={result.run}
            result={result}
            of={{ node: model, model: call.standsAlone ? call.name : model }}
            isLast={at === 0}
          />
        ))}
      </ul>
    </li>
  );
}

interface RunProps {
  result: AuditResultView;
  of: { node: string; model: string };
  isLast: boolean;
}

function Run({ result, of, isLast }: RunProps) {
  const { run, audit, at, failedRows } = result;
  const looked = useQualityChoice(({ failed }) => failed?.run === run && failed.audit === audit);
  const words = resultWords(result);
  return (
    <li className={styles.run} data-last={isLast} data-status={statusOf(result)}>
      <span className={styles.when} title={`${at} in ${run}`}>
        {isLast ? formatAgo(at) : formatMinute(at).slice(5)}
      </span>
      <span>{words}</span>
      {failedRows > 0 && !looked && (
        <LinkButton
          label={`Show the rows that failed ${audit} ${formatAgo(at)}`}
          onPress={() => lookAtRows({ ...of, run, audit })}
        >
          Show the rows
        </LinkButton>
      )}
      {looked && <span className={styles.quiet}>shown beside</span>}
    </li>
  );
}
