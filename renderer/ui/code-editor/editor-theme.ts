import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const look = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'transparent', color: 'var(--text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { font: 'var(--type-code)', fontVariantLigatures: 'none' },
  '.cm-content': { padding: 'var(--s1) 0', caretColor: 'var(--teal)' },
  '.cm-cursor': { borderLeftColor: 'var(--teal)', borderLeftWidth: '1.5px' },
  '.cm-line': { padding: '0 var(--s2)' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--text-3)', border: '0' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: 'var(--s10)', padding: '0 var(--s2) 0 0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter': { backgroundColor: 'var(--sunken)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--teal-tint)',
  },
  '.cm-matchingBracket': { backgroundColor: 'var(--active)', outline: 'none' },
  '.cm-changed': { width: 'var(--s-2)' },
  '.cm-changed .cm-changed-line, &.cm-focused .cm-changed .cm-changed-line': {
    backgroundColor: 'var(--teal)',
  },
  '.cm-tooltip': {
    border: '0',
    borderRadius: 'var(--r)',
    backgroundColor: 'var(--float)',
    boxShadow: 'var(--drop)',
  },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-mono)' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--active)',
    color: 'var(--text)',
  },
  '.cm-panels': { backgroundColor: 'var(--surface)', color: 'var(--text)' },
  '.cm-diagnostic': { font: 'var(--type-12)', padding: 'var(--s1) var(--s2)' },
  '.cm-diagnostic-error': { borderLeft: 'var(--s-2) solid var(--red)' },
  '.cm-diagnostic-warning': { borderLeft: 'var(--s-2) solid var(--amber)' },
  '.cm-lintRange-error': { backgroundImage: 'none', borderBottom: 'var(--s-2) solid var(--red)' },
  '.cm-lintRange-warning': { backgroundImage: 'none', borderBottom: 'var(--s-2) solid var(--amber)' },
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: 'var(--syn-key)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--syn-str)' },
  { tag: [tags.comment], color: 'var(--syn-com)', fontStyle: 'italic' },
  { tag: [tags.special(tags.name), tags.meta], color: 'var(--syn-mac)' },
]);

/** The editor in the window's own tokens, so that it follows the theme by itself. */
export const editorTheme = [look, syntaxHighlighting(colours)];
