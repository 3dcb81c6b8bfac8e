import { useEffect, useState } from 'react';
import { useEnvironment, useOverview } from '../../../store/project';
import { useFact } from '../../../store/use-fact';
import { announce } from '../../../ui/announce';
import { CodeEditor } from '../../../ui/code-editor/code-editor';
import { CommandLine } from '../../../ui/command-line';
import { IconButton } from '../../../ui/icon-button';
import { PaneHead } from '../../../ui/pane-head';
import { ProblemPanel } from '../../../ui/problem-panel';
import { Select } from '../../../ui/select';
import { Skeleton } from '../../../ui/skeleton';
import { spanProblem } from '../../../ui/span-problem';
import { TextField } from '../../../ui/text-field';
import { useSettled } from '../../../ui/use-settled';
import { chooseCanvas } from '../choice/canvas-choice';
import { useSettledDrafts } from '../choice/drafts';
import { toProblemText } from '../problem-text';
import styles from './beside.module.css';
import { type RenderChoice, renderLine, spanWords } from './render-words';

const TYPING_PAUSE = 300;
const NOTHING = { start: '', end: '' };

/** The statement as the engine gets it, beside the source: macros filled in, for a span and an environment of one's choice. */
export function RenderedPane({ dir, model }: { dir: string; model: string }) {
  const draft = useSettledDrafts(dir, TYPING_PAUSE).find((one) => one.model === model);
  const looked = useEnvironment()?.name ?? 'prod';
  const [span, setSpan] = useState(NOTHING);
  const [environment, setEnvironment] = useState(looked);
  useEffect(() => setEnvironment(looked), [looked]);
  const asked = useSettled(span, TYPING_PAUSE);
  const wrong = spanProblem(asked);
  const choice: RenderChoice = { model, environment, ...asked };
  const { data, problem } = useFact('model.render', wrong ? null : inputOf(choice, draft?.text), {
    keep: true,
  });
  return (
    <section className={styles.pane} aria-label={`Rendered SQL of ${model}`}>
      <PaneHead
        title="Rendered"
        note={data ? spanWords(data.span) : undefined}
        end={<HeadEnd sql={data?.sql} />}
        hasRule
      />
      <Choices span={span} onSpan={setSpan} wrong={wrong} choice={choice} onEnvironment={setEnvironment} />
      <div className={styles.body}>
        {problem ? (
          <ProblemPanel problem={toProblemText(problem)} />
        ) : data ? (
          <CodeEditor key={model} label={`Rendered SQL of ${model}`} text={data.sql} isReadOnly />
        ) : (
          !wrong && <Skeleton lines={8} height="data" />
        )}
      </div>
      <footer className={styles.foot}>
        <CommandLine line={renderLine(choice)} />
      </footer>
    </section>
  );
}

function inputOf({ model, environment, start, end }: RenderChoice, text: string | undefined) {
  return {
    model,
    environment,
    ...(start === '' ? {} : { start }),
    ...(end === '' ? {} : { end }),
    ...(text === undefined ? {} : { text }),
  };
}

function HeadEnd({ sql }: { sql: string | undefined }) {
  const copy = (): void => {
    void navigator.clipboard.writeText(sql ?? '').then(() => announce('SQL copied'));
  };
  return (
    <>
      <IconButton icon="copy" size="small" label="Copy the rendered SQL" onPress={copy} />
      <IconButton
        icon="x"
        size="small"
        label="Back to the rows"
        onPress={() => chooseCanvas({ beside: 'rows' })}
      />
    </>
  );
}

interface ChoicesProps {
  readonly span: { readonly start: string; readonly end: string };
  readonly onSpan: (span: { start: string; end: string }) => void;
  readonly wrong: ReturnType<typeof spanProblem>;
  readonly choice: RenderChoice;
  readonly onEnvironment: (name: string) => void;
}

/** From when to when, and whose tables it names; empty fields mean the last interval. */
function Choices({ span, onSpan, wrong, choice, onEnvironment }: ChoicesProps) {
  const environments = useOverview().data?.environments ?? [];
  const options = environments.map(({ name, live }) => ({
    id: name,
    title: name,
    note: live ? 'live' : 'shadow',
  }));
  return (
    <div className={styles.choices}>
      <TextField
        label="From"
        size="small"
        placeholder="latest"
        value={span.start}
        onChange={(start) => onSpan({ ...span, start })}
        {...(wrong?.field === 'start' ? { error: wrong.text } : {})}
      />
      <TextField
        label="Last day"
        size="small"
        placeholder="latest"
        value={span.end}
        onChange={(end) => onSpan({ ...span, end })}
        {...(wrong?.field === 'end' ? { error: wrong.text } : {})}
      />
      {options.length > 0 && (
        <Select
          label="Tables of"
          size="small"
          options={options}
          selected={choice.environment}
          onSelect={onEnvironment}
        />
      )}
    </div>
  );
}
