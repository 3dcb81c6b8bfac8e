import type { PlanView, RunStatus } from '../../../shared/protocol/views/backfill';
import { Button } from '../../ui/button';
import { Chip } from '../../ui/chip';
import { CommandLine } from '../../ui/command-line';
import { countOf, formatMinute } from '../../ui/format';
import { Mark } from '../../ui/mark';
import { ScrollArea } from '../../ui/scroll-area';
import { Alternatives } from './alternatives';
import { CardSection } from './card-section';
import { Changes } from './changes';
import { Checks } from './checks';
import { EstimateBars } from './estimate-bars';
import { OptionsForm } from './options-form';
import styles from './plan-card.module.css';
import { PlannedTables } from './planned-models';
import type { Planned } from './use-planned';
import { reasonWord, spanText } from './words';

interface PlanCardProps {
  readonly plan: PlanView;
  /** left out once the plan runs: then nothing can be chosen any more */
  readonly planned?: Planned;
  readonly run?: RunStatus;
  readonly onLeave?: () => void;
}

/** All that a plan says before anything is written. */
export function PlanCard({ plan, planned, run, onLeave }: PlanCardProps) {
  const tables = plan.models.filter(({ table }) => table !== null);
  return (
    <>
      <ScrollArea label="What the plan says">
        <PlanTitle plan={plan} line={planned?.line} />
        <Changes plan={plan} planned={planned} />
        {planned && plan.briefFile === null && (
          <OptionsForm planned={planned} isAsked={planned.planning.restate !== undefined} />
        )}
        {(plan.scope || plan.alternatives.length > 0) && (
          <CardSection title="Scope" note={scopeNote(plan)}>
            {plan.alternatives.length > 0 && <Alternatives plan={plan} planned={planned} />}
          </CardSection>
        )}
        {!plan.empty && (
          <>
            <CardSection
              title={run ? 'Estimate and actual' : 'Estimate'}
              note={
                plan.estimate.recordedRuns === 0
                  ? 'no run recorded yet'
                  : `from ${countOf(plan.estimate.recordedRuns, 'recorded run')}`
              }
            >
              <EstimateBars plan={plan} run={run} />
            </CardSection>
            {tables.length > 0 && (
              <CardSection title="Tables it will write" note={`${tables.length}, and no other`}>
                <PlannedTables models={tables} />
              </CardSection>
            )}
          </>
        )}
        <CardSection title="Checks before the start" note={checksNote(plan)}>
          <Checks checks={plan.checks} />
        </CardSection>
      </ScrollArea>
      <footer className={styles.foot}>
        <span className={styles.who} title={plan.createdBy}>
          Plan <code>{plan.id}</code> by {plan.createdBy}, {formatMinute(plan.createdAt).slice(11)}
        </span>
        {onLeave && (
          <Button kind="quiet" size="small" onPress={onLeave}>
            Plan something else
          </Button>
        )}
      </footer>
    </>
  );
}

function PlanTitle({ plan, line }: { plan: PlanView; line: string | undefined }) {
  const { environment, decision } = plan;
  return (
    <div className={styles.section}>
      <div className={styles.titleLine}>
        <h2 className={styles.title}>{plan.title}</h2>
        <Chip>{reasonWord(plan.reason)}</Chip>
      </div>
      {plan.briefFile && <code className={styles.file}>{plan.briefFile}</code>}
      {plan.description && <p className={styles.description}>{plan.description}</p>}
      <p className={styles.environment}>
        <Mark tone={environment === 'prod' ? 'live' : 'shadow'} />
        {environment === 'prod'
          ? 'Into prod, live at its end'
          : `Into ${environment}, ${decision.newEnvironment ? 'a new environment' : 'a shadow beside prod'}`}
      </p>
      {line && <CommandLine line={line} />}
    </div>
  );
}

function scopeNote({ scope, days }: PlanView): string {
  const length = days === null ? '' : countOf(Math.round(days), 'day');
  if (!scope) return length ? `whole history, ${length}` : 'whole history';
  return [`${spanText(scope)} UTC`, length].filter(Boolean).join(', ');
}

function checksNote({ checks }: PlanView): string {
  const count = (status: string): number => checks.filter((check) => check.status === status).length;
  const [look, fail] = [count('look'), count('fail')];
  return [`${count('pass')} passed`, look > 0 ? `${look} to look at` : '', fail > 0 ? `${fail} failed` : '']
    .filter(Boolean)
    .join(', ');
}
