import { useState } from 'react';
import { planFor } from '../../store/choices/planning';
import { goTo, type RoomId } from '../../store/choices/room';
import { selectModel, selectRelease } from '../../store/choices/selection';
import { useCommand } from '../../store/use-command';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { Chip } from '../../ui/chip';
import { CommandLine } from '../../ui/command-line';
import { countOf } from '../../ui/format';
import { LinkButton } from '../../ui/link-button';
import { Mark } from '../../ui/mark';
import { ProblemPanel } from '../../ui/problem-panel';
import { ScrollArea } from '../../ui/scroll-area';
import { SmallTable } from '../../ui/small-table';
import { type HeldModel, heldModels, type Listed } from './environment-words';
import styles from './environments.module.css';
import { showEnvironments } from './panel-choice';

/** What an environment shows otherwise than prod, and what can be done with it. */
export function Holdings({ environment, all }: { environment: Listed; all: readonly Listed[] }) {
  const { name, live } = environment;
  const [isLeaving, setLeaving] = useState(false);
  const held = heldModels(environment, all);
  const leadTo = (room: RoomId): void => {
    showEnvironments(null);
    goTo(room);
  };
  const plan = (): void => {
    planFor({ environment: name });
    leadTo('backfill');
  };
  if (isLeaving) {
    return <TakeAway name={name} models={held.length} onLeave={() => setLeaving(false)} />;
  }
  return (
    <section className={styles.holdings} aria-label={`What ${name} holds`}>
      {!live && (held.length > 0 ? <Held held={held} name={name} /> : <ShowsTheSame name={name} />)}
      <span className={styles.buttons}>
        {!live && (
          <Button kind="quiet" size="small" className={styles.away ?? ''} onPress={() => setLeaving(true)}>
            Take it away
          </Button>
        )}
        {held.length > 0 && (
          <>
            <Button size="small" onPress={() => leadTo('compare')}>
              Compare
            </Button>
            <Button
              size="small"
              onPress={() => {
                selectRelease(null);
                leadTo('releases');
              }}
            >
              Go to the swap
            </Button>
          </>
        )}
        <Button kind="ink" size="small" onPress={plan}>
          Plan {name}
        </Button>
      </span>
    </section>
  );
}

function ShowsTheSame({ name }: { name: string }) {
  return (
    <p className={styles.quiet}>{name} shows the same rows as prod. A plan takes up what the files change.</p>
  );
}

function Held({ held, name }: { held: readonly HeldModel[]; name: string }) {
  return (
    <ScrollArea label={`Models of ${name} that differ`} className={styles.held}>
      <SmallTable
        label={`Models of ${name} that differ from prod`}
        rows={held}
        rowKey={({ model }) => model}
        columns={[
          {
            id: 'model',
            title: 'Model',
            isWide: true,
            render: ({ model }) => (
              <LinkButton
                onPress={() => {
                  showEnvironments(null);
                  selectModel(model);
                  goTo('canvas');
                }}
              >
                {model}
              </LinkButton>
            ),
          },
          {
            id: 'live',
            title: 'prod',
            render: ({ live }) => <Version tone="live" text={live === null ? 'none' : `version ${live}`} />,
          },
          {
            id: 'own',
            title: name,
            render: ({ own, isPreview }) => (
              <>
                <Version tone="shadow" text={`version ${own}`} />
                {isPreview && <Chip tone="line">Preview</Chip>}
              </>
            ),
          },
        ]}
      />
    </ScrollArea>
  );
}

function Version({ tone, text }: { tone: 'live' | 'shadow'; text: string }) {
  return (
    <span className={styles.version} data-tone={tone}>
      <Mark tone={tone} />
      {text}
    </span>
  );
}

/** Asks in place, since what is taken away must be computed again. */
function TakeAway({ name, models, onLeave }: { name: string; models: number; onLeave: () => void }) {
  const command = useCommand('environment.invalidate');
  const takeAway = async (): Promise<void> => {
    const done = await command.run({ environment: name });
    if (!done.ok) return;
    announce(`${name} was taken away with ${countOf(done.value.views, 'view')}`);
  };
  return (
    <section className={styles.holdings} aria-label={`Take ${name} away`}>
      <p>
        <strong>Take {name} away?</strong> Its views go at once; the rows that only {name} shows, those of{' '}
        {countOf(models, 'model')}, go with the next cleaning. prod is not touched.
      </p>
      {command.problem && <ProblemPanel problem={command.problem} />}
      <CommandLine line={`teal invalidate ${name}`} />
      <span className={styles.buttons}>
        <Button kind="quiet" onPress={onLeave} autoFocus>
          Leave it
        </Button>
        <Button kind="ink" onPress={() => void takeAway()} isDisabled={command.running}>
          Take {name} away
        </Button>
      </span>
    </section>
  );
}
