/** Something to say about a place of the text; lines and columns count from 1. */
export interface CodeMarker {
  readonly line: number;
  readonly column?: number;
  readonly message: string;
  readonly tone: 'red' | 'amber';
}

export interface CodeEditorProps {
  readonly label: string;
  /** the text as its owner has it; another one replaces what is shown, with the cursor kept */
  readonly text: string;
  /** every change; the caller waits for a pause where work follows */
  readonly onChange?: (text: string) => void;
  /** Ctrl S or Cmd S */
  readonly onSave?: () => void;
  readonly isReadOnly?: boolean;
  readonly markers?: readonly CodeMarker[];
  /** lines that differ from what was saved, marked at the edge */
  readonly changedLines?: readonly number[];
  /** names offered while typing: tables to their columns */
  readonly schema?: Readonly<Record<string, readonly string[]>>;
  /** selects a part of the text and takes the focus there; `onSelected` tells that it was done */
  readonly selection?: { readonly from: number; readonly to: number } | undefined;
  readonly onSelected?: () => void;
  /** brings a line into sight when it changes */
  readonly revealLine?: number;
}
