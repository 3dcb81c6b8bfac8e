import { useMemo, useRef } from 'react';
import type { PlanView } from '../../../../shared/protocol/views/backfill';
import type { Graph, Impact, Overview } from '../../../../shared/protocol/views/project';
import type { Fact } from '../../../store/fact-cache';
import { useEnvironment } from '../../../store/project';
import { useFact } from '../../../store/use-fact';
import { type Draft, useSettledDrafts } from '../choice/drafts';
import { walk } from '../graph/connected';
import type { Affected } from './affected';
import {
  type Effects,
  effectsOfGraph,
  effectsOfImpact,
  effectsOfPlan,
  overlayEdit,
  recomputes,
} from './effect';

const TYPING_PAUSE = 120;
const NOTHING: Effects = new Map();

/** The affected set of the room: of the saved files by a plan of the shown environment, of the latest edit by its impact. */
export function useAffected(graph: Graph | undefined, overview: Overview | undefined): Affected {
  const drafts = useSettledDrafts(overview?.dir ?? '', TYPING_PAUSE);
  const draft = drafts.find(({ model }) => graph?.nodes.some(({ id }) => id === model));
  const answer = useFact('model.impact', draft ? { model: draft.model, text: draft.text } : null, {
    keep: true,
  });
  const impact = draft && answer.data?.model === draft.model ? answer.data : undefined;
  const readable = useLastReadable(impact);
  const isFirst = overview !== undefined && overview.liveRelease === null;
  const differs = isFirst || (graph?.nodes.some(({ change }) => recomputes(change)) ?? false);
  const environment = useEnvironment()?.name ?? 'prod';
  const asked = isFirst ? 'prod' : environment;
  const plan = useFact('plan.build', graph && differs ? { environment: asked } : null, { keep: true });
  return useMemo(() => {
    if (!graph) return { effects: NOTHING, marks: NOTHING, editing: undefined, seconds: null, isFirst };
    const saved = differs ? savedEffects(graph, plan, asked) : { effects: NOTHING, seconds: 0 };
    const joined = join({ graph, saved, draft, impact, readable });
    return { ...joined, marks: isFirst ? NOTHING : joined.effects, isFirst };
  }, [graph, plan, asked, differs, draft, impact, readable, isFirst]);
}

interface Measured {
  readonly effects: Effects;
  readonly seconds: number | null;
}

function savedEffects(graph: Graph, { data, problem }: Fact<PlanView>, environment: string): Measured {
  if (!data || problem || data.environment !== environment) {
    return { effects: effectsOfGraph(graph), seconds: null };
  }
  return { effects: effectsOfPlan(data, graph), seconds: data.estimate.seconds };
}

interface EditParts {
  readonly graph: Graph;
  readonly saved: Measured;
  readonly draft: Draft | undefined;
  readonly impact: Impact | undefined;
  readonly readable: Impact | undefined;
}

function join(parts: EditParts): Pick<Affected, 'effects' | 'editing' | 'seconds'> {
  const { graph, saved, draft, impact, readable } = parts;
  if (!draft) return { ...saved, editing: undefined };
  const { change, problem } = impact ?? { change: null, problem: null };
  const editing = { model: draft.model, change, problem };
  if (!readable) return { ...saved, seconds: null, editing };
  const edit = effectsOfImpact(readable);
  const reach = new Set([draft.model, ...walk(graph.edges, draft.model, 'down')]);
  const effects = withEdited(overlayEdit(saved.effects, edit, reach), readable);
  const isAllOfEdit = [...effects.keys()].every((id) => reach.has(id));
  return { effects, seconds: isAllOfEdit ? readable.seconds : null, editing };
}

/** The last answer about a text that could be read: while it cannot, the marks stay as they were. */
function useLastReadable(impact: Impact | undefined): Impact | undefined {
  const last = useRef<Impact>(undefined);
  const isReadable = impact !== undefined && (impact.problem === null || impact.affected.length > 0);
  if (isReadable || !impact) last.current = impact;
  return last.current?.model === impact?.model ? last.current : undefined;
}

/** The edited model is filled too, whether or not the host lists it among those it touches. */
function withEdited(effects: Effects, { model, change }: Impact): Effects {
  if (!recomputes(change) || effects.has(model)) return effects;
  const own = [...effects.values()].find(({ days }) => days !== null);
  const { days = null, ofDays = null, spans = [] } = own ?? {};
  return new Map([[model, { change, days, ofDays, spans, isMeasured: own !== undefined }], ...effects]);
}
