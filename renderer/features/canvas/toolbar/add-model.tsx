import { useRef, useState } from 'react';
import type { Graph } from '../../../../shared/protocol/views/project';
import { goTo } from '../../../store/choices/room';
import { useCommand } from '../../../store/use-command';
import { Button } from '../../../ui/button';
import { Menu } from '../../../ui/menu';
import { PopoverPanel } from '../../../ui/popover-panel';
import { TextField } from '../../../ui/text-field';
import { selectNode } from '../choice/selected-node';
import { askToConnect } from '../connect/connecting';
import styles from './canvas-toolbar.module.css';
import { nameProblem, suggestName } from './model-name';

/** What the new model begins as: a reading of another node, or one constant. */
type Beginning = { readonly from: string | null };

/** The Add button: a menu, then the new model's name asked in place. */
export function AddModel({ graph, selected }: { graph: Graph; selected: string | null }) {
  const anchor = useRef<HTMLSpanElement>(null);
  const [beginning, setBeginning] = useState<Beginning>();
  const begin = (from: string | null) => () => setBeginning({ from });
  const models = [
    ...(selected === null
      ? []
      : [{ id: 'from', title: `Model from ${selected}`, icon: 'plus' as const, run: begin(selected) }]),
    { id: 'empty', title: 'Empty model', icon: 'file' as const, run: begin(null) },
  ];
  const connection = selected === null ? [] : [connectEntry(selected)];
  const raw = { id: 'raw', title: 'Raw files', icon: 'raw' as const, run: () => goTo('raw') };
  return (
    <span ref={anchor}>
      <Menu
        label="Add"
        groups={[
          { id: 'models', entries: [...models, ...connection] },
          { id: 'raw', entries: [raw] },
        ]}
      >
        <Button size="small" icon="plus">
          Add
        </Button>
      </Menu>
      <PopoverPanel
        label="New model"
        trigger={anchor}
        isOpen={beginning !== undefined}
        onClose={() => setBeginning(undefined)}
      >
        {beginning && <NameForm graph={graph} from={beginning.from} onDone={() => setBeginning(undefined)} />}
      </PopoverPanel>
    </span>
  );
}

function connectEntry(node: string) {
  return {
    id: 'connect',
    title: `Connect ${node} to another node`,
    icon: 'join' as const,
    keys: 'C',
    run: () => askToConnect(node),
  };
}

function NameForm({ graph, from, onDone }: { graph: Graph; from: string | null; onDone: () => void }) {
  const taken = new Set(graph.nodes.map(({ id }) => id));
  const [name, setName] = useState(() => suggestName(from, taken));
  const [wasAsked, setAsked] = useState(false);
  const create = useCommand('model.create');
  const wrong = nameProblem(name, taken);
  const refused = create.problem && [create.problem.message, create.problem.remedy].filter(Boolean).join(' ');
  const error = (wasAsked ? wrong : undefined) ?? refused;
  const submit = async (): Promise<void> => {
    setAsked(true);
    if (wrong !== undefined) return;
    const made = await create.run({ name, ...(from === null ? {} : { from }) });
    if (!made.ok) return;
    selectNode(made.value.id);
    onDone();
  };
  const change = (next: string): void => {
    create.clear();
    setName(next);
  };
  return (
    <>
      <TextField
        label={from === null ? 'Name of the model' : `Name of the model that reads ${from}`}
        value={name}
        onChange={change}
        onSubmit={() => void submit()}
        placeholder="schema.table"
        {...(error === undefined ? { note: 'Its file is written in models/' } : { error })}
        isMono
        autoFocus
      />
      <span className={styles.buttons}>
        <Button kind="quiet" onPress={onDone}>
          Leave
        </Button>
        <Button kind="ink" onPress={() => void submit()} isPending={create.running}>
          Add model
        </Button>
      </span>
    </>
  );
}
