import type { CommandOutput } from '../protocol/table';
import { sql } from '../sql/sql';
import type { HostSession } from './session';

type Checks = CommandOutput<'doctor.run'>['checks'];

/** Looks at what Teal needs on this machine and in the open project. */
export async function checkInstallation(host: HostSession): Promise<{ checks: Checks }> {
  const { platform } = host;
  const checks: Checks = [
    { label: 'Teal', status: 'pass', detail: `${platform.version}, ${platform.way}` },
    { label: 'Runtime', status: 'pass', detail: platform.runtime },
    await engineCheck(host),
  ];
  if (!host.isOpen())
    return { checks: [...checks, { label: 'Project', status: 'look', detail: 'None is open here' }] };
  const { workspace } = host;
  const free = await workspace.folder.freeBytes();
  const { problems } = workspace.code;
  const git = await workspace.folder.git();
  return {
    checks: [
      ...checks,
      {
        label: 'Project',
        status: problems.length > 0 ? 'look' : 'pass',
        detail:
          problems.length > 0
            ? `${problems.length} problems, first: ${problems[0]?.message ?? ''}`
            : `${workspace.code.graph.order.length} models, no problem`,
      },
      {
        label: 'Git',
        status: git ? 'pass' : 'look',
        detail: git
          ? `${git.branch} ${git.commit}`
          : 'The folder is not under Git; runs are recorded without a commit',
      },
      {
        label: 'Disk',
        status: free < 1024 ** 3 ? 'look' : 'pass',
        detail: `${(free / 1024 ** 3).toFixed(1)} GB free`,
      },
    ],
  };
}

async function engineCheck(host: HostSession): Promise<Checks[number]> {
  const engine = host.isOpen() ? undefined : await host.platform.openScratch([]);
  try {
    const used = engine ?? host.workspace.engine;
    const session = await used.session('interactive');
    await session.rows(sql`SELECT 42 AS answer`);
    await session.release();
    return { label: 'Engine', status: 'pass', detail: `${used.info.name} ${used.info.version}` };
  } finally {
    await engine?.close();
  }
}
