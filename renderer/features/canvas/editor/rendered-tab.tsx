import { useFact } from '../../../store/use-fact';
import { announce } from '../../../ui/announce';
import { Button } from '../../../ui/button';
import { CodeEditor } from '../../../ui/code-editor/code-editor';
import { ProblemPanel } from '../../../ui/problem-panel';
import { Skeleton } from '../../../ui/skeleton';
import { toProblemText } from '../problem-text';
import styles from './model-pane.module.css';

/** The statement as the engine gets it for the last interval: macros filled in, names in full. */
export function RenderedTab({ model, draft }: { model: string; draft: string | undefined }) {
  const input = draft === undefined ? { model } : { model, text: draft };
  const { data, problem } = useFact('model.render', input, { keep: true });
  if (problem) return <ProblemPanel problem={toProblemText(problem)} />;
  if (!data) return <Skeleton lines={8} height="data" />;
  const copy = (): void => {
    void navigator.clipboard.writeText(data.sql).then(() => announce('SQL copied'));
  };
  return (
    <div className={styles.sql}>
      <div className={styles.editor}>
        <CodeEditor key={model} label={`Rendered SQL of ${model}`} text={data.sql} isReadOnly />
      </div>
      <div className={styles.note}>
        <span className={styles.quiet}>For the last interval, macros filled in</span>
        <span className={styles.end}>
          <Button kind="quiet" size="small" icon="copy" onPress={copy}>
            Copy SQL
          </Button>
        </span>
      </div>
    </div>
  );
}
