import { readFileSync, writeFileSync } from 'node:fs';
import { execSync } from 'node:child_process';
import { it } from 'vitest';
import { formatFile, sameTokens } from '../../shared/project/format/format-file';
const O = { indent: 2, maxTextWidth: 80, normalizeFunctions: 'usual', leadingComma: false, appendNewline: false } as const;
it('x', () => {
  const fs = execSync("find /tmp/vscratch/fm -path '*/fixes' -prune -o \\( -path '*/models/*.sql' -o -path '*/audits/*.sql' \\) -print").toString().trim().split('\n');
  let same = 0;
  for (const f of fs) {
    const t = readFileSync(f, 'utf8');
    const o = formatFile(t, O);
    if (o === t) same++;
    else { writeFileSync('/tmp/vscratch/x.sql', o); let d = ''; try { execSync(`diff ${f} /tmp/vscratch/x.sql`); } catch (e) { d = (e as {stdout: Buffer}).stdout.toString(); } console.log(f, d); }
  }
  console.log('fixed points', same, fs.length);
  const raw = execSync("find /work/shared/compat /work/wt-verbs/examples -path '*/models/*.sql' -o -path '*/audits/*.sql'").toString().trim().split('\n');
  let idem = 0, ch = 0;
  for (const f of raw) { const t = readFileSync(f, 'utf8'); const o = formatFile(t, O); if (o !== t) ch++; if (formatFile(o, O) === o && sameTokens(t, o)) idem++; else console.log('NOT', f); }
  console.log('raw', raw.length, 'changed', ch, 'idem', idem);
});
