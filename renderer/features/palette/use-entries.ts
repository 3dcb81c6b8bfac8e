import { useMemo } from 'react';
import { type CommandId, commandTable } from '../../../shared/protocol/table';
import type { EnvironmentView, Graph } from '../../../shared/protocol/views/project';
import type { ReleaseList } from '../../../shared/protocol/views/release';
import { type Action, shownKeys, useActions } from '../../store/actions';
import { chooseEnvironment } from '../../store/choices/environment';
import { goTo } from '../../store/choices/room';
import { selectModel, selectRelease, selectSource } from '../../store/choices/selection';
import { useOverview } from '../../store/project';
import { useFact } from '../../store/use-fact';
import { isIconName } from '../../ui/icon';
import type { PaletteEntry } from './palette-entry';

/** All that the palette can find now; facts are asked for only while it is open. */
export function useEntries(isProjectOpen: boolean): readonly PaletteEntry[] {
  const actions = useActions();
  const graph = useFact('project.graph', isProjectOpen ? {} : null).data;
  const releases = useFact('release.list', isProjectOpen ? {} : null).data;
  const environments = useOverview().data?.environments;
  return useMemo(
    () => [
      ...actions.map(actionEntry),
      ...graphEntries(graph),
      ...environmentEntries(isProjectOpen ? environments : undefined),
      ...releaseEntries(releases),
      ...lineEntries(new Set(actions.flatMap(({ command }) => command ?? []))),
    ],
    [actions, graph, releases, environments, isProjectOpen],
  );
}

function actionEntry(action: Action): PaletteEntry {
  const keys = shownKeys(action);
  const line = action.line ?? (action.command && commandTable[action.command].line);
  return {
    id: action.id,
    kind: 'command',
    group: action.group,
    title: action.title,
    icon: action.icon && isIconName(action.icon) ? action.icon : 'right',
    ...(line ? { line } : {}),
    ...(keys ? { keys } : {}),
    run: action.run,
  };
}

/** Rows of the command table that nothing in sight does: their line can be copied. */
function lineEntries(taken: ReadonlySet<CommandId>): PaletteEntry[] {
  const ids = Object.keys(commandTable) as CommandId[];
  return ids.flatMap((id) => {
    const { title, line } = commandTable[id];
    if (!line || taken.has(id)) return [];
    return [{ id: `line.${id}`, kind: 'command', group: 'On the command line', title, icon: 'sql', line }];
  });
}

function graphEntries(graph: Graph | undefined): PaletteEntry[] {
  return (graph?.nodes ?? []).map((node) => ({
    id: `node.${node.id}`,
    kind: 'model',
    group: node.type === 'source' ? 'Sources' : 'Models',
    title: node.id,
    icon: node.type === 'source' ? 'raw' : 'full',
    line: node.file,
    run: () => {
      if (node.type === 'source') selectSource(node.name);
      else selectModel(node.id);
      goTo(node.type === 'source' ? 'raw' : 'canvas');
    },
  }));
}

function environmentEntries(environments: readonly EnvironmentView[] | undefined): PaletteEntry[] {
  return (environments ?? []).map(({ name, live, differing }) => ({
    id: `environment.${name}`,
    kind: 'environment',
    group: 'Environments',
    title: `Look at ${name}`,
    icon: 'view',
    line: live ? 'live' : `${differing} models differ from prod`,
    run: () => chooseEnvironment(name),
  }));
}

function releaseEntries(list: ReleaseList | undefined): PaletteEntry[] {
  return (list?.releases ?? []).map(({ number, title, at }) => ({
    id: `release.${number}`,
    kind: 'release',
    group: 'Releases',
    title: `Release ${number}, ${title}`,
    icon: 'releases',
    line: at.slice(0, 10),
    run: () => {
      selectRelease(number);
      goTo('releases');
    },
  }));
}
