import { useState } from 'react';
import { Button } from '../../ui/button';
import { ChoiceChips } from '../../ui/choice-chips';
import { IconButton } from '../../ui/icon-button';
import { LinkButton } from '../../ui/link-button';
import { Menu } from '../../ui/menu';
import { Segmented } from '../../ui/segmented';
import { Switch } from '../../ui/switch';
import { ToggleButton } from '../../ui/toggle-button';
import { Tooltip } from '../../ui/tooltip';
import { AsFocused, type Exhibit, Specimen } from './section';
import { LONG, nothing } from './words';

const KINDS = ['plain', 'ink', 'quiet', 'swap'] as const;
const SIZES = ['small', 'normal', 'large'] as const;

/** What is pressed. */
export const controls: readonly Exhibit[] = [
  { of: 'Button', render: () => <Buttons /> },
  { of: 'IconButton', render: () => <IconButtons /> },
  { of: 'LinkButton', render: () => <LinkButtons /> },
  { of: 'ToggleButton', render: () => <Toggles /> },
  { of: 'Switch', render: () => <Switches /> },
  { of: 'Segmented', render: () => <Segments /> },
  { of: 'ChoiceChips', render: () => <Chips /> },
  { of: 'Menu', render: () => <Menus /> },
  { of: 'Tooltip', render: () => <Tooltips /> },
];

function Buttons() {
  return (
    <>
      {KINDS.flatMap((kind) => [
        <Specimen key={kind} title={kind}>
          <Button kind={kind} onPress={nothing}>
            Swap 3 models
          </Button>
        </Specimen>,
        <Specimen key={`${kind} off`} title={`${kind}, disabled`}>
          <Button kind={kind} onPress={nothing} isDisabled>
            Swap 3 models
          </Button>
        </Specimen>,
        <Specimen key={`${kind} busy`} title={`${kind}, pending`}>
          <Button kind={kind} onPress={nothing} isPending>
            Swap 3 models
          </Button>
        </Specimen>,
        <Specimen key={`${kind} focus`} title={`${kind}, focus`}>
          <AsFocused>
            <Button kind={kind} onPress={nothing}>
              Swap 3 models
            </Button>
          </AsFocused>
        </Specimen>,
      ])}
      {SIZES.map((size) => (
        <Specimen key={size} title={`${size}, with icon and key`}>
          <Button size={size} icon="backfill" keys="Ctrl S" onPress={nothing}>
            Plan
          </Button>
        </Specimen>
      ))}
      <Specimen title="long">
        <Button onPress={nothing}>{LONG}</Button>
      </Specimen>
    </>
  );
}

function IconButtons() {
  return (
    <>
      {(['quiet', 'plain'] as const).map((kind) => (
        <Specimen key={kind} title={kind}>
          <IconButton icon="plus" label={`Add, ${kind}`} kind={kind} onPress={nothing} />
        </Specimen>
      ))}
      <Specimen title="small">
        <IconButton icon="x" label="Put away" size="small" onPress={nothing} />
      </Specimen>
      <Specimen title="disabled">
        <IconButton icon="undo" label="Take back" onPress={nothing} isDisabled />
      </Specimen>
      <Specimen title="focus">
        <AsFocused>
          <IconButton icon="fit" label="Show all" keys="0" onPress={nothing} />
        </AsFocused>
      </Specimen>
    </>
  );
}

function LinkButtons() {
  return (
    <>
      <Specimen title="plain">
        <LinkButton onPress={nothing}>mart.daily_sales</LinkButton>
      </Specimen>
      <Specimen title="mono">
        <LinkButton isMono onPress={nothing}>
          r-163bb7749454
        </LinkButton>
      </Specimen>
      <Specimen title="focus">
        <AsFocused>
          <LinkButton onPress={nothing}>release 12</LinkButton>
        </AsFocused>
      </Specimen>
    </>
  );
}

function Toggles() {
  const [isOn, setOn] = useState(true);
  return (
    <>
      <Specimen title="on and off">
        <ToggleButton isOn={isOn} onChange={setOn}>
          Group by schema
        </ToggleButton>
      </Specimen>
      <Specimen title="focus">
        <AsFocused>
          <ToggleButton isOn={false} onChange={nothing}>
            List view
          </ToggleButton>
        </AsFocused>
      </Specimen>
    </>
  );
}

function Switches() {
  const [isOn, setOn] = useState(true);
  return (
    <>
      <Specimen title="on and off">
        <Switch isOn={isOn} onChange={setOn}>
          Changed columns only
        </Switch>
      </Specimen>
      <Specimen title="off, disabled">
        <Switch isOn={false} isDisabled onChange={nothing}>
          Exact recheck
        </Switch>
      </Specimen>
    </>
  );
}

function Segments() {
  const [side, setSide] = useState<'old' | 'new'>('old');
  const segments = [
    { id: 'old', content: 'Live' },
    { id: 'new', content: 'After edit' },
  ] as const;
  return (
    <>
      <Specimen title="normal">
        <Segmented label="Side" segments={segments} selected={side} onSelect={setSide} />
      </Specimen>
      <Specimen title="small, nothing chosen">
        <Segmented label="Side, small" size="small" segments={segments} selected={null} onSelect={setSide} />
      </Specimen>
    </>
  );
}

function Chips() {
  const [kind, setKind] = useState('all');
  const chips = [
    { id: 'all', title: 'All', count: 1234 },
    { id: 'plans', title: 'Plans', count: 12 },
    { id: 'swaps', title: 'Swaps' },
  ];
  return (
    <Specimen title="one chosen, with counts">
      <ChoiceChips label="Kind" chips={chips} selected={kind} onSelect={setKind} />
    </Specimen>
  );
}

function Menus() {
  const groups = [
    {
      id: 'add',
      title: 'Add',
      entries: [
        { id: 'model', title: 'Empty model', icon: 'file', keys: 'Mod+N', run: nothing },
        { id: 'raw', title: 'Raw files', icon: 'raw', note: 'Parquet, CSV, JSON', run: nothing },
        { id: 'off', title: 'Not now', isDisabled: true, run: nothing },
      ],
    },
    {
      id: 'theme',
      title: 'Theme',
      entries: [
        { id: 'light', title: 'Light', isSelected: true, run: nothing },
        { id: 'dark', title: 'Dark', isSelected: false, run: nothing },
      ],
    },
  ] as const;
  return (
    <Specimen title="icons, keys, notes, a choice">
      <Menu label="Add" groups={groups}>
        <Button icon="plus">Add</Button>
      </Menu>
    </Specimen>
  );
}

function Tooltips() {
  return (
    <>
      <Specimen title="on a control">
        <Tooltip text="Runs the query of the text as it stands" keys="Mod+Enter">
          <Button onPress={nothing}>Preview</Button>
        </Tooltip>
      </Specimen>
      <Specimen title="on plain text">
        <Tooltip text="Amount taken off a combo menu" plain>
          <button type="button">combo_discount</button>
        </Tooltip>
      </Specimen>
    </>
  );
}
