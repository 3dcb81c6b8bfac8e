import { useMemo } from 'react';
import type { Impact, ModelDetail } from '../../../../shared/protocol/views/project';
import type { Fact } from '../../../store/fact-cache';
import { CodeEditor } from '../../../ui/code-editor/code-editor';
import type { CodeMarker } from '../../../ui/code-editor/editor-types';
import { ToggleButton } from '../../../ui/toggle-button';
import { chooseCanvas, useCanvasChoice } from '../choice/canvas-choice';
import { endCompletion, useCompletion } from '../connect/connecting';
import { isOutside } from '../problem-text';
import { ChangeNote } from './change-note';
import { changedLines } from './changed-lines';
import styles from './model-pane.module.css';

export interface SqlTabProps {
  readonly detail: ModelDetail;
  /** what is shown: the draft, or the saved text */
  readonly text: string;
  readonly saved: string;
  readonly impact: Fact<Impact>;
  /** tables offered while typing */
  readonly tables: Readonly<Record<string, readonly string[]>>;
  readonly onChange: (text: string) => void;
  readonly onSave: () => void;
}

const NO_MARKERS: readonly CodeMarker[] = [];

/** The model's file, and below it what its text would change. */
export function SqlTab(props: SqlTabProps) {
  const { detail, text, saved, impact } = props;
  const problem = impact.data ? impact.data.problem : detail.problem;
  const markers = useMemo(() => {
    const line = problem?.place?.line;
    if (!problem || line === undefined) return NO_MARKERS;
    const column = problem.place?.column;
    return [
      {
        line,
        message: problem.message,
        tone: isOutside(problem) ? ('amber' as const) : ('red' as const),
        ...(column ? { column } : {}),
      },
    ];
  }, [problem]);
  const completion = useCompletion(detail.id);
  const lines = useMemo(() => changedLines(saved, text), [saved, text]);
  return (
    <div className={styles.sql}>
      <div className={styles.editor}>
        <CodeEditor
          key={detail.id}
          label={`${isPython(detail) ? 'Python' : 'SQL'} of ${detail.id}`}
          isReadOnly={isPython(detail)}
          text={text}
          onChange={props.onChange}
          onSave={props.onSave}
          markers={markers}
          changedLines={lines}
          schema={props.tables}
          selection={completion}
          onSelected={endCompletion}
        />
      </div>
      <ChangeNote impact={impact} problem={problem} end={detail.kind === null ? null : <RenderedToggle />} />
    </div>
  );
}

function isPython({ file }: ModelDetail): boolean {
  return file.endsWith('.py');
}

function RenderedToggle() {
  const isOn = useCanvasChoice((choice) => choice.beside === 'rendered');
  return (
    <ToggleButton isOn={isOn} onChange={(on) => chooseCanvas({ beside: on ? 'rendered' : 'rows' })}>
      Rendered
    </ToggleButton>
  );
}
