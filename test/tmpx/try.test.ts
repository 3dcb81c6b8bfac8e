import { readFileSync } from 'node:fs';
import { it } from 'vitest';
import { formatFile } from '../../shared/project/format/format-file';
it('x', () => {
  for (const f of (process.env.FILES ?? '').split(',')) {
    const t = readFileSync(f, 'utf8');
    const o = formatFile(t, { indent: 2, maxTextWidth: 80, normalizeFunctions: 'usual', leadingComma: false, appendNewline: false });
    console.log(o);
    const p = formatFile(o, { indent: 2, maxTextWidth: 80, normalizeFunctions: 'usual', leadingComma: false, appendNewline: false });
    console.log('idempotent', p === o);
  }
});
