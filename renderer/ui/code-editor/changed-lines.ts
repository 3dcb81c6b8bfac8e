import { RangeSet, StateEffect, StateField } from '@codemirror/state';
import { type EditorView, GutterMarker, gutter } from '@codemirror/view';

class ChangedMarker extends GutterMarker {
  override elementClass = 'cm-changed-line';
}

const marker = new ChangedMarker();
const setLines = StateEffect.define<readonly number[]>();

const changed = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update: (marks, transaction) => {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setLines)) continue;
      const { doc } = transaction.state;
      const lines = effect.value.filter((line) => line >= 1 && line <= doc.lines);
      next = RangeSet.of(
        lines.map((line) => marker.range(doc.line(line).from)),
        true,
      );
    }
    return next;
  },
});

/** A gutter of 2 px that is teal beside changed lines. */
export const changedLines = [
  changed,
  gutter({ class: 'cm-changed', markers: (view) => view.state.field(changed) }),
];

export function showChangedLines(view: EditorView, lines: readonly number[]): void {
  view.dispatch({ effects: setLines.of(lines) });
}
