import type { Model } from '../project/model';

/** SHA-256 of a text as lower-case hex; handed in, since no two platforms offer it alike. */
export type Sha256 = (text: string) => string;

/** A seed's file relative to the project's folder; its path is written relative to the model's. */
export function seedPath(model: Pick<Model, 'kind' | 'file'>): string {
  if (model.kind.name !== 'SEED') return '';
  const root = model.kind.path.replace(/^\$root\//, '');
  if (root !== model.kind.path) return root;
  const parts = [...model.file.split('/').slice(0, -1), ...model.kind.path.split('/')];
  const out: string[] = [];
  for (const part of parts) {
    if (part === '..') out.pop();
    else if (part !== '.' && part !== '') out.push(part);
  }
  return out.join('/');
}
