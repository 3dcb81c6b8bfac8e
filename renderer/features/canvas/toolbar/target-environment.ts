import type { Overview } from '../../../../shared/protocol/views/project';

const LIVE = 'prod';
const FALLBACK = 'dev';
const MAIN_BRANCHES = ['main', 'master', 'trunk'];

/**
 * The environment that a backfill should fill: prod while nothing is live, the shadow that is looked at, else one named
 * like the Git branch, or `dev`. Nothing that is live is ever filled in place from here.
 */
export function targetEnvironment(overview: Overview, shown: string): string {
  const live = overview.environments.find((environment) => environment.live)?.name ?? LIVE;
  if (overview.liveRelease === null) return live;
  if (shown !== live) return shown;
  const branch = overview.git?.branch ?? '';
  const name = branch
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '');
  return name === '' || name === live || MAIN_BRANCHES.includes(name) ? FALLBACK : name;
}
