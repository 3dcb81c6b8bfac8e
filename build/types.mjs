// Type-checks every room; a run over no files is a failure, which `tsc -b` alone would call a success.
import { spawnSync } from 'node:child_process';
import { listFiles, packageRoot, program } from './tools.mjs';

const ROOMS = ['shared', 'node', 'electron', 'renderer'];

const files = listFiles(packageRoot, ROOMS, /\.tsx?$/).length;
const { status } = spawnSync(process.execPath, [program('tsc'), '-b'], {
  cwd: packageRoot,
  stdio: 'inherit',
});
console.log(files === 0 ? 'no files were examined' : `${files} files in the rooms`);
process.exit(status === 0 && files > 0 ? 0 : 1);
