import type { Problem } from '../base/errors';
import { positionOf } from '../sql/text';
import type { BrokenModel } from './model';
import { nameOfPath, readName } from './model-name';

const PYTHON: Readonly<Record<string, string>> = {
  'macros/': 'macros written in Python',
  'signals/': 'signals, which are written in Python',
  'materializations/': 'materializations, which are written in Python',
  'linter/': "linter's rules written in Python",
};

/** A model written in Python, which Teal does not run; undefined where the file defines none. */
export function pythonModel(file: string, text: string): BrokenModel | undefined {
  const call = /^[ \t]*@(?:model|sqlmesh\.model)\s*\(/m.exec(text);
  if (!call) return undefined;
  const after = text.slice(call.index + call[0].length);
  const written = /^\s*(?:name\s*=\s*)?(["'])(.+?)\1/.exec(after)?.[2];
  const name = written === undefined ? undefined : readName(written, null);
  return {
    name: name?.ok ? name.value : nameOfPath(file),
    file,
    text,
    problem: {
      code: 'model.unsupported',
      message: `${file} is a model written in Python, which Teal does not run.`,
      place: { file, ...positionOf(text, call.index) },
      kept: 'Every model that does not read it still works.',
      remedy: 'Write it in SQL, or fill it with SQLMesh.',
    },
  };
}

/** Files of a project that only SQLMesh itself can run, each with why. */
export function outsideProblems(files: ReadonlyMap<string, string>): readonly Problem[] {
  return [...files].flatMap(([file, text]) => {
    const why = outsideWhy(file, text);
    if (why === undefined) return [];
    const place = { file, line: 1, column: 1 };
    const kept = 'Every model that does not need it still works.';
    return [
      {
        code: 'model.unsupported' as const,
        message: `${file} holds ${why}; Teal does not run it.`,
        place,
        kept,
      },
    ];
  });
}

function outsideWhy(file: string, text: string): string | undefined {
  if (file === 'config.py') return 'a configuration written in Python';
  const folder = Object.keys(PYTHON).find((start) => file.startsWith(start));
  if (folder && file.endsWith('.py')) return text.trim() === '' ? undefined : PYTHON[folder];
  return file.startsWith('macros/') && /\{%-?\s*macro\b/.test(text) ? 'macros of Jinja' : undefined;
}
