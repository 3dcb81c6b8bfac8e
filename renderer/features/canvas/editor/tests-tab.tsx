import { useRef, useState } from 'react';
import type { ModelDetail } from '../../../../shared/protocol/views/project';
import type { TestReport } from '../../../../shared/protocol/views/quality';
import { useCommand } from '../../../store/use-command';
import { announce } from '../../../ui/announce';
import { Button } from '../../../ui/button';
import { CommandLine } from '../../../ui/command-line';
import { EmptyState } from '../../../ui/empty-state';
import { countOf } from '../../../ui/format';
import { Mark } from '../../../ui/mark';
import { PopoverPanel } from '../../../ui/popover-panel';
import { ProblemPanel } from '../../../ui/problem-panel';
import { StatusMark } from '../../../ui/status-mark';
import { keepTests, testKey, useQualityChoice } from '../choice/quality-choice';
import { toProblemText } from '../problem-text';
import { NewTest } from './new-test';
import styles from './quality.module.css';
import { TestDifferences } from './test-differences';
import { testSummary } from './test-words';

type Test = ModelDetail['tests'][number];

/** The unit tests of a model: run them, see which rows differ, and write a new one out of rows that are live. */
export function TestsTab({ detail }: { detail: ModelDetail }) {
  const { id, tests } = detail;
  const command = useCommand('test.run');
  const known = useQualityChoice((choice) => choice.tests);
  const reports = tests.flatMap((test) => known[testKey(test)] ?? []);
  const run = async (): Promise<void> => {
    const ran = await command.run({ models: [id] });
    if (!ran.ok) return;
    keepTests(ran.value.tests);
    announce(testSummary(ran.value.tests.length, ran.value.tests));
  };
  return (
    <div className={styles.tab}>
      <header className={styles.head}>
        <span className={styles.summary} role="status">
          {testSummary(tests.length, reports)}
        </span>
        <WriteTest detail={detail} />
        {tests.length > 0 && (
          <Button size="small" icon="play" onPress={() => void run()} isPending={command.running}>
            Run {countOf(tests.length, 'test')}
          </Button>
        )}
      </header>
      {command.problem && <ProblemPanel problem={toProblemText(command.problem)} />}
      {tests.length === 0 ? (
        <EmptyState
          icon="check"
          title="No unit tests yet"
          text="A test gives the model a few rows and says which rows must come out. It can be written from rows that are live."
        />
      ) : (
        <ul className={styles.list}>
          {tests.map((test) => (
            <TestLine key={testKey(test)} test={test} report={known[testKey(test)]} />
          ))}
        </ul>
      )}
      <footer className={styles.foot}>
        <CommandLine line={`teal test --select-model ${id}`} />
      </footer>
    </div>
  );
}

function TestLine({ test, report }: { test: Test; report: TestReport | undefined }) {
  return (
    <li className={styles.item}>
      <span className={styles.sign}>
        <TestSign report={report} />
      </span>
      <div className={styles.itemHead}>
        <strong className={styles.name}>{test.test}</strong>
        <span className={styles.itemEnd}>
          <code>
            {test.file}:{test.line}
          </code>
        </span>
      </div>
      <div className={styles.under}>
        {test.description && <p className={styles.note}>{test.description}</p>}
        {!report && <p className={styles.quiet}>Not run yet</p>}
        {report?.outcome === 'passed' && <p className={styles.quiet}>Passed</p>}
        {report?.problem && <ProblemPanel problem={toProblemText(report.problem)} />}
        {report?.differences.map((difference) => (
          <TestDifferences key={difference.cte ?? ''} test={test.test} difference={difference} />
        ))}
      </div>
    </li>
  );
}

function TestSign({ report }: { report: TestReport | undefined }) {
  if (!report || report.outcome === 'skipped') return <Mark tone="none" />;
  return <StatusMark status={report.outcome === 'passed' ? 'pass' : 'fail'} />;
}

function WriteTest({ detail }: { detail: ModelDetail }) {
  const [isOpen, setOpen] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  if (detail.kind === null || detail.kind === 'SEED') return null;
  return (
    <span ref={anchor}>
      <Button size="small" icon="plus" onPress={() => setOpen(true)}>
        Write a test
      </Button>
      <PopoverPanel
        label={`New test of ${detail.id}`}
        trigger={anchor}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        isWide
      >
        <NewTest detail={detail} onDone={() => setOpen(false)} />
      </PopoverPanel>
    </span>
  );
}
