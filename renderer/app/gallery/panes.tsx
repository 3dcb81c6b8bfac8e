import { useRef, useState } from 'react';
import { Announcer, announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { PaneHead } from '../../ui/pane-head';
import { PopoverPanel } from '../../ui/popover-panel';
import { ProblemPanel } from '../../ui/problem-panel';
import { ScrollArea } from '../../ui/scroll-area';
import { Split } from '../../ui/split';
import { StackFrame } from '../../ui/stack';
import { Tabs } from '../../ui/tabs';
import { Toolbar } from '../../ui/toolbar';
import { type Exhibit, Specimen } from './section';
import { LONG, nothing } from './words';

/** What holds other things, or stands in their place. */
export const panes: readonly Exhibit[] = [
  { of: 'PaneHead', render: () => <Heads /> },
  { of: 'Toolbar', render: () => <Bar /> },
  { of: 'Tabs', render: () => <Tabbed /> },
  { of: 'Split', render: () => <Parted /> },
  { of: 'StackFrame', render: () => <Stacked /> },
  { of: 'ScrollArea', render: () => <Scrolled /> },
  { of: 'EmptyState', render: () => <Empty /> },
  { of: 'ProblemPanel', render: () => <Problems /> },
  { of: 'PopoverPanel', render: () => <Floating /> },
  { of: 'Announcer', render: () => <Said /> },
];

function Heads() {
  return (
    <>
      <Specimen title="with note, end and rule" isWide>
        <PaneHead title="Preview" note="200 sampled" hasRule end={<Button size="small">Read again</Button>} />
      </Specimen>
      <Specimen title="long" isWide>
        <PaneHead title="Models" note={LONG} />
      </Specimen>
    </>
  );
}

function Bar() {
  return (
    <Specimen title="controls, one main thing at the end" isWide>
      <Toolbar
        label="Canvas"
        end={
          <Button kind="ink" size="small">
            Plan backfill of 5 models
          </Button>
        }
      >
        <Button size="small" icon="plus">
          Add
        </Button>
        <Button size="small" kind="quiet">
          Tidy
        </Button>
      </Toolbar>
    </Specimen>
  );
}

function Tabbed() {
  const [tab, setTab] = useState<'sql' | 'audits'>('sql');
  return (
    <Specimen title="with a count, and a control at the end" isWide height={120}>
      <Tabs
        label="About a model"
        selected={tab}
        onSelect={setTab}
        end={<Button size="small">Save</Button>}
        tabs={[
          { id: 'sql', title: 'SQL', render: () => 'SELECT 1' },
          { id: 'audits', title: 'Audits', count: 3, render: () => 'not_null' },
        ]}
      />
    </Specimen>
  );
}

function Parted() {
  const panels = [
    { id: 'a', size: '30%', minSize: 60, stackHeight: 60, content: <p>Sources</p> },
    { id: 'b', stackHeight: 60, content: <p>Rows</p> },
  ];
  return (['horizontal', 'vertical'] as const).map((direction) => (
    <Specimen key={direction} title={direction} isWide height={120}>
      <Split id={`gallery-${direction}`} direction={direction} panels={panels} />
    </Specimen>
  ));
}

function Stacked() {
  return (
    <Specimen title="scrolls as a whole in a small window" isWide height={60}>
      <StackFrame>
        <p>{LONG}</p>
      </StackFrame>
    </Specimen>
  );
}

function Scrolled() {
  return (
    <Specimen title="more than fits" isWide height={60}>
      <ScrollArea label="What a swap would do">
        {[LONG, LONG, LONG, LONG].map((text, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and stay
          <p key={at}>{text}</p>
        ))}
      </ScrollArea>
    </Specimen>
  );
}

function Empty() {
  return (
    <Specimen title="with the next step" isWide height={220}>
      <EmptyState icon="canvas" title="No models yet" text="Add raw files first.">
        <Button kind="ink">Add raw files</Button>
        <Button>Open the sample</Button>
      </EmptyState>
    </Specimen>
  );
}

function Problems() {
  const problem = {
    message: 'The column tax is not there.',
    where: 'models/mart/daily_sales.sql:12:3',
    kept: 'Nothing live was touched.',
    remedy: 'Name a column of stg.sales.',
  };
  return (
    <>
      <Specimen title="all four lines, and a way on" isWide>
        <ProblemPanel problem={problem}>
          <Button>Plan again</Button>
        </ProblemPanel>
      </Specimen>
      <Specimen title="the message alone" isWide>
        <ProblemPanel problem={{ message: LONG }} />
      </Specimen>
    </>
  );
}

function Floating() {
  const anchor = useRef<HTMLSpanElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <Specimen title="opens below">
      <span ref={anchor}>
        <Button onPress={() => setOpen(true)}>New model</Button>
      </span>
      <PopoverPanel label="New model" trigger={anchor} isOpen={isOpen} onClose={() => setOpen(false)}>
        <p>A form of a line or two.</p>
        <Button onPress={nothing}>Add model</Button>
      </PopoverPanel>
    </Specimen>
  );
}

function Said() {
  return (
    <Specimen title="says, and is not seen">
      <Button onPress={() => announce('Release 12 is live')}>Say it</Button>
      <Announcer />
    </Specimen>
  );
}
