import type { Case } from './case-tools';
import { folderCases } from './cases-folder';
import { storageCases } from './cases-storage';

/** Each runs in a worker of a real browser, over a storage of its own. */
export const cases: Readonly<Record<string, Case>> = { ...folderCases, ...storageCases };
