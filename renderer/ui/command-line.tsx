import { announce } from './announce';
import styles from './command-line.module.css';
import { IconButton } from './icon-button';

/** The same thing on the command line, to be copied. */
export function CommandLine({ line }: { line: string }) {
  const copy = (): void => {
    void navigator.clipboard.writeText(line).then(() => announce('Command line copied'));
  };
  return (
    <span className={styles.line}>
      <code className={styles.text} title={line}>
        {line}
      </code>
      <IconButton icon="copy" size="small" label="Copy the command line" onPress={copy} />
    </span>
  );
}
