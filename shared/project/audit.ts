import type { Problem } from '../base/errors';
import { positionOf, splitStatements } from '../sql/text';
import { pairsValue, plainValue, propertyOf, readBlock } from './block';
import type { Audit } from './model';

/** Reads all AUDIT blocks of one file of `audits/`. */
export function readAudits(
  file: string,
  text: string,
): { audits: readonly Audit[]; problems: readonly Problem[] } {
  const audits: Audit[] = [];
  let from = 0;
  for (;;) {
    const block = readBlock(text, file, from);
    if (!block.ok) return { audits, problems: [block.problem] };
    if (!block.value) return { audits, problems: [] };
    const next = /\bAUDIT\s*\(/i.exec(text.slice(block.value.end));
    const end = next ? block.value.end + next.index : text.length;
    const [statement] = splitStatements(text.slice(block.value.end, end));
    const name = plainValue(propertyOf(block.value, 'name')?.value ?? '').toLowerCase();
    if (!name || !statement) {
      const message = name ? `The audit ${name} has no query.` : 'An AUDIT block needs a name.';
      return {
        audits,
        problems: [
          {
            code: 'audit.invalid',
            message,
            place: { file },
            kept: 'Every model still works, without this audit.',
          },
        ],
      };
    }
    const query = text.slice(block.value.end + statement.start, block.value.end + statement.end);
    const blocking =
      plainValue(propertyOf(block.value, 'blocking')?.value ?? 'true').toLowerCase() !== 'false';
    const defaults = Object.fromEntries(
      pairsValue(propertyOf(block.value, 'defaults')?.value ?? '()').map((pair) => [pair.name, pair.value]),
    );
    const skip = plainValue(propertyOf(block.value, 'skip')?.value ?? 'false').toLowerCase() === 'true';
    const at = positionOf(text, block.value.end + statement.start);
    audits.push({ name, file, query, blocking, skip, defaults, at });
    from = end;
  }
}
