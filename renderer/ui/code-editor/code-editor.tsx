import { lazy, Suspense } from 'react';
import { Skeleton } from '../skeleton';
import type { CodeEditorProps } from './editor-types';

const Editor = lazy(async () => ({ default: (await import('./editor')).Editor }));

/** SQL to read or write; the editor itself is loaded when the first one is shown. It fills its parent. */
export function CodeEditor(props: CodeEditorProps) {
  return (
    <Suspense fallback={<Skeleton lines={8} height="data" />}>
      <Editor {...props} />
    </Suspense>
  );
}
