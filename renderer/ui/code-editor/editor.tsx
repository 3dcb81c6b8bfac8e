import { sql } from '@codemirror/lang-sql';
import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, Prec } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { basicSetup, EditorView } from 'codemirror';
import { useEffect, useRef } from 'react';
import { changedLines, showChangedLines } from './changed-lines';
import { duckdb } from './duckdb-dialect';
import styles from './editor.module.css';
import { editorTheme } from './editor-theme';
import type { CodeEditorProps, CodeMarker } from './editor-types';

/** CodeMirror as a controlled component; use it through `CodeEditor`, which loads it late. */
export function Editor(props: CodeEditorProps) {
  const {
    text,
    label,
    schema,
    isReadOnly = false,
    markers,
    changedLines: lines,
    revealLine,
    selection,
  } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const handlers = useRef(props);
  handlers.current = props;

  useEffect(() => {
    if (!host.current) return;
    const made = new EditorView({ parent: host.current, state: createState(handlers) });
    view.current = made;
    return () => made.destroy();
  }, []);
  useEffect(() => replaceText(view.current, text), [text]);
  useEffect(() => {
    const effects = [
      settings.reconfigure(settingsOf(label, isReadOnly)),
      language.reconfigure(languageOf(schema)),
    ];
    view.current?.dispatch({ effects });
  }, [label, isReadOnly, schema]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text has lost its marks, so they are set again.
  useEffect(() => {
    if (view.current) showChangedLines(view.current, lines ?? []);
  }, [lines, text]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text has lost its marks, so they are set again.
  useEffect(() => {
    const { current } = view;
    if (current) current.dispatch(setDiagnostics(current.state, diagnosticsOf(current.state, markers ?? [])));
  }, [markers, text]);
  useEffect(() => {
    const { current } = view;
    if (!current || revealLine === undefined || revealLine > current.state.doc.lines) return;
    const { from } = current.state.doc.line(Math.max(1, revealLine));
    current.dispatch({ effects: EditorView.scrollIntoView(from, { y: 'center' }) });
  }, [revealLine]);
  useEffect(() => {
    const { current } = view;
    if (!current || !selection || selection.to > current.state.doc.length) return;
    const { from, to } = selection;
    current.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
    current.focus();
    handlers.current.onSelected?.();
  }, [selection]);
  return <div ref={host} className={styles.editor} />;
}

const LEAVING = 'Tab leaves the editor, Ctrl ] and Ctrl [ indent';
const settings = new Compartment();
const language = new Compartment();

function createState(handlers: React.RefObject<CodeEditorProps>): EditorState {
  const { text, label, schema, isReadOnly = false } = handlers.current;
  const save = (): boolean => {
    handlers.current.onSave?.();
    return true;
  };
  return EditorState.create({
    doc: text,
    extensions: [
      Prec.high(keymap.of([{ key: 'Mod-s', run: save, preventDefault: true }])),
      basicSetup,
      changedLines,
      language.of(languageOf(schema)),
      settings.of(settingsOf(label, isReadOnly)),
      editorTheme,
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !update.transactions.some((change) => change.isUserEvent('replace'))) {
          handlers.current.onChange?.(update.state.doc.toString());
        }
      }),
    ],
  });
}

function settingsOf(label: string, isReadOnly: boolean) {
  return [
    EditorState.readOnly.of(isReadOnly),
    EditorView.editable.of(!isReadOnly),
    EditorView.contentAttributes.of({
      'aria-label': label,
      'aria-description': LEAVING,
      spellcheck: 'false',
      tabindex: '0',
    }),
  ];
}

function languageOf(schema: CodeEditorProps['schema']) {
  return sql({ dialect: duckdb, upperCaseKeywords: true, ...(schema ? { schema } : {}) });
}

/** Puts a text in place of the shown one by the part that differs, so that cursor and scrolling stay. */
function replaceText(view: EditorView | undefined, text: string): void {
  const shown = view?.state.doc.toString();
  if (!view || shown === undefined || shown === text) return;
  let from = 0;
  while (from < shown.length && from < text.length && shown[from] === text[from]) from += 1;
  let tail = 0;
  const most = Math.min(shown.length, text.length) - from;
  while (tail < most && shown.at(-1 - tail) === text.at(-1 - tail)) tail += 1;
  const changes = { from, to: shown.length - tail, insert: text.slice(from, text.length - tail) };
  view.dispatch({ changes, userEvent: 'replace' });
}

function diagnosticsOf({ doc }: EditorState, markers: readonly CodeMarker[]): Diagnostic[] {
  return markers.flatMap(({ line, column = 1, message, tone }) => {
    if (line < 1 || line > doc.lines) return [];
    const { from, to } = doc.line(line);
    const start = Math.min(to, from + column - 1);
    const word = /^[\w.@]*/.exec(doc.sliceString(start, to))?.[0].length ?? 0;
    return [
      {
        from: start,
        to: Math.min(to, start + Math.max(1, word)),
        severity: tone === 'red' ? 'error' : 'warning',
        message,
      },
    ];
  });
}
