import { useMemo } from 'react';
import type { Graph, ModelDetail } from '../../../../shared/protocol/views/project';
import { useFact } from '../../../store/use-fact';
import { Button } from '../../../ui/button';
import { IconButton } from '../../../ui/icon-button';
import { keyNames } from '../../../ui/keys';
import { Mark } from '../../../ui/mark';
import { ProblemPanel } from '../../../ui/problem-panel';
import { Skeleton } from '../../../ui/skeleton';
import { Tabs } from '../../../ui/tabs';
import { chooseCanvas, useCanvasChoice } from '../choice/canvas-choice';
import { toProblemText } from '../problem-text';
import { AuditsTab } from './audits-tab';
import { DocsTab } from './docs-tab';
import styles from './model-pane.module.css';
import { SettingsTab } from './settings-tab';
import { SqlTab } from './sql-tab';
import { TestsTab } from './tests-tab';
import { type ModelText, useModelText } from './use-model-text';
import { useSaveAction } from './use-save-action';
import { useTextImpact } from './use-text-impact';

/** The selected model: its SQL to edit, and what is known about it. */
export function ModelPane(props: { dir: string; model: string; graph: Graph }) {
  const { data, problem } = useFact('model.read', { model: props.model });
  if (data?.id === props.model) return <Loaded key={data.id} detail={data} {...props} />;
  if (problem) return <ProblemPanel problem={toProblemText(problem)} />;
  return <Skeleton lines={8} height="data" />;
}

function Loaded({ dir, detail, graph }: { dir: string; detail: ModelDetail; graph: Graph }) {
  const tab = useCanvasChoice((choice) => choice.tab);
  const model = useModelText(dir, detail);
  const impact = useTextImpact(dir, detail.id, model.saved);
  const tables = useMemo(() => Object.fromEntries(graph.nodes.map(({ id }) => [id, []])), [graph.nodes]);
  useSaveAction(detail.id, model);
  const sql = { detail, impact, tables, text: model.text, saved: model.saved };
  return (
    <div className={styles.pane}>
      <Tabs
        label={`About ${detail.id}`}
        selected={tab}
        onSelect={(next) => chooseCanvas({ tab: next })}
        end={<SaveState model={model} />}
        tabs={[
          {
            id: 'sql',
            title: detail.file.endsWith('.py') ? 'Python' : 'SQL',
            render: () => <SqlTab {...sql} onChange={model.write} onSave={model.save} />,
          },
          {
            id: 'settings',
            title: 'Settings',
            render: () => <SettingsTab detail={detail} model={model} impact={impact} />,
          },
          {
            id: 'audits',
            title: 'Audits',
            ...(detail.audits.length > 0 ? { count: detail.audits.length } : {}),
            render: () => <AuditsTab detail={detail} />,
          },
          {
            id: 'tests',
            title: 'Tests',
            ...(detail.tests.length > 0 ? { count: detail.tests.length } : {}),
            render: () => <TestsTab detail={detail} />,
          },
          { id: 'docs', title: 'Docs', render: () => <DocsTab detail={detail} /> },
        ]}
      />
    </div>
  );
}

function SaveState({ model }: { model: ModelText }) {
  const { draft, hasMoved, isSaving } = model;
  return (
    <>
      {draft && (
        <span className={styles.unsaved} data-look={hasMoved}>
          <Mark tone={hasMoved ? 'amber' : 'none'} />
          <span>{hasMoved ? 'The file changed since' : 'Not saved'}</span>
        </span>
      )}
      {draft && (
        <IconButton icon="undo" label="Put the saved text back" size="small" onPress={model.discard} />
      )}
      <Button
        className={styles.save ?? ''}
        size="small"
        keys={keyNames('Mod+S').join(' ')}
        onPress={model.save}
        isDisabled={!draft}
        isPending={isSaving}
      >
        Save
      </Button>
    </>
  );
}
