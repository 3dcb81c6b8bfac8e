import type { Result } from '../base/result';
import { CONFIG_FILES } from '../project/folder-rules';
import { type Keeping, readKeeping } from '../project/keeping';
import type { Code } from './workspace';

/** The file that configures the project. */
export function configFile({ files }: Code): string {
  return CONFIG_FILES.find((name) => files.has(name)) ?? 'config.yaml';
}

/** How long environments and what they leave behind are kept. */
export function keepingIn(code: Code): Result<Keeping> {
  return readKeeping(code.project.config, configFile(code));
}
