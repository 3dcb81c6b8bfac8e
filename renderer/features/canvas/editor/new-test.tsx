import { useState } from 'react';
import type { ModelDetail } from '../../../../shared/protocol/views/project';
import { useCommand } from '../../../store/use-command';
import { announce } from '../../../ui/announce';
import { Button } from '../../../ui/button';
import { CommandLine } from '../../../ui/command-line';
import { ProblemPanel } from '../../../ui/problem-panel';
import { TextField } from '../../../ui/text-field';
import { toProblemText } from '../problem-text';
import styles from './quality.module.css';
import { createTestLine, firstRowsOf, suggestTestName, testNameProblem } from './test-words';

/** Asks for the rows that the model is given; what it makes of them now is what the test will expect. */
export function NewTest({ detail, onDone }: { detail: ModelDetail; onDone: () => void }) {
  const { id, parents } = detail;
  const taken = new Set(detail.tests.map(({ test }) => test));
  const [name, setName] = useState(() => suggestTestName(id, taken));
  const [queries, setQueries] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(parents.map((parent) => [parent, firstRowsOf(parent)])),
  );
  const create = useCommand('test.create');
  const wrong = testNameProblem(name, taken);
  const submit = async (): Promise<void> => {
    if (wrong !== undefined) return;
    const made = await create.run({ model: id, name, queries });
    if (!made.ok) return;
    announce(`Wrote ${made.value.test} to ${made.value.file}`);
    onDone();
  };
  return (
    <div className={styles.form}>
      <h2>New test of {id}</h2>
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        onSubmit={() => void submit()}
        isMono
        autoFocus
        {...(wrong === undefined ? { note: `Its file is tests/${name}.yaml` } : { error: wrong })}
      />
      {parents.map((parent) => (
        <TextField
          key={parent}
          label={`Rows of ${parent}`}
          value={queries[parent] ?? ''}
          onChange={(query) => setQueries({ ...queries, [parent]: query })}
          rows={2}
          isMono
        />
      ))}
      {create.problem && <ProblemPanel problem={toProblemText(create.problem)} />}
      <CommandLine line={createTestLine(id, name, queries)} />
      <span className={styles.buttons}>
        <Button kind="quiet" onPress={onDone}>
          Leave
        </Button>
        <Button kind="ink" onPress={() => void submit()} isDisabled={wrong !== undefined || create.running}>
          Write the test
        </Button>
      </span>
    </div>
  );
}
