import type { Problem } from '../base/errors';
import { readAudits } from './audit';
import { type Brief, readBrief } from './brief';
import { type ProjectConfig, readConfig } from './config';
import type { Audit, BrokenModel, Model } from './model';
import { readModel } from './read-model';
import { readSourceFile, type SourceFile } from './source-file';

/** The text files of a project by path relative to its folder, with `/` between parts. */
export type ProjectFiles = ReadonlyMap<string, string>;

/** A project as typed values; whatever could not be read is a problem beside what could. */
export interface Project {
  readonly name: string;
  readonly config: ProjectConfig;
  readonly models: ReadonlyMap<string, Model>;
  readonly broken: readonly BrokenModel[];
  readonly audits: ReadonlyMap<string, Audit>;
  readonly sources: ReadonlyMap<string, SourceFile>;
  readonly briefs: readonly Brief[];
  readonly brokenBriefs: readonly { readonly file: string; readonly problem: Problem }[];
  readonly docs: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** Reads a whole project; never fails as a whole. */
export function loadProject(files: ProjectFiles, folderName: string): Project {
  const problems: Problem[] = [];
  const configFile = files.has('config.yaml') ? 'config.yaml' : 'config.yml';
  const read = readConfig(configFile, files.get(configFile) ?? '');
  if (!read.ok) problems.push(read.problem);
  const config: ProjectConfig = read.ok
    ? read.value
    : { project: '', defaults: { start: null, cron: '@daily', kind: 'VIEW' }, variables: {} };
  const { models, broken } = loadModels(files, config);
  problems.push(...broken.map((model) => model.problem));
  const audits = loadAudits(files, problems);
  const sources = loadSources(files, problems);
  const { briefs, brokenBriefs } = loadBriefs(files);
  problems.push(...brokenBriefs.map((brief) => brief.problem));
  return {
    name: titleOf(files) ?? (config.project || folderName),
    config,
    models,
    broken,
    audits,
    sources,
    briefs,
    brokenBriefs,
    docs: filesUnder(files, 'docs/', '.md'),
    problems,
  };
}

function loadModels(
  files: ProjectFiles,
  config: ProjectConfig,
): { models: Map<string, Model>; broken: BrokenModel[] } {
  const models = new Map<string, Model>();
  const broken: BrokenModel[] = [];
  for (const [file, text] of filesUnder(files, 'models/', '.sql')) {
    const model = readModel(file, text, config.defaults);
    if (!model) continue;
    if ('problem' in model) {
      broken.push(model);
      continue;
    }
    const other = models.get(model.name);
    if (other) broken.push({ name: model.name, file, text, problem: duplicateName(model, other) });
    else models.set(model.name, model);
  }
  return { models, broken };
}

function duplicateName(model: Model, other: Model): Problem {
  return {
    code: 'model.duplicate',
    message: `${model.name} is the name of two models: ${other.file} and ${model.file}.`,
    place: { file: model.file, line: 1, column: 1 },
    kept: `${other.file} is used; ${model.file} is left out.`,
    remedy: 'Give one of them another name.',
  };
}

function loadAudits(files: ProjectFiles, problems: Problem[]): Map<string, Audit> {
  const audits = new Map<string, Audit>();
  for (const [file, text] of filesUnder(files, 'audits/', '.sql')) {
    const read = readAudits(file, text);
    problems.push(...read.problems);
    for (const audit of read.audits) audits.set(audit.name, audit);
  }
  return audits;
}

function loadSources(files: ProjectFiles, problems: Problem[]): Map<string, SourceFile> {
  const sources = new Map<string, SourceFile>();
  for (const [file, text] of filesUnder(files, 'sources/', '.yaml')) {
    const read = readSourceFile(file, text);
    if (!read.ok) problems.push(read.problem);
    else if (sources.has(read.value.name))
      problems.push({
        code: 'source.invalid',
        message: `Two sources are named ${read.value.name}.`,
        place: { file },
        kept: 'The first is used.',
      });
    else sources.set(read.value.name, read.value);
  }
  return sources;
}

function loadBriefs(files: ProjectFiles): {
  briefs: Brief[];
  brokenBriefs: { file: string; problem: Problem }[];
} {
  const briefs: Brief[] = [];
  const brokenBriefs: { file: string; problem: Problem }[] = [];
  for (const [file, text] of filesUnder(files, 'backfills/', '.yaml')) {
    const read = readBrief(file, text);
    if (read.ok) briefs.push(read.value);
    else brokenBriefs.push({ file, problem: read.problem });
  }
  return { briefs, brokenBriefs };
}

function titleOf(files: ProjectFiles): string | undefined {
  const heading = /^#\s+(.+)$/m.exec(files.get('docs/index.md') ?? '');
  return heading?.[1]?.trim();
}

function filesUnder(files: ProjectFiles, folder: string, ending: string): Map<string, string> {
  const found = [...files].filter(([path]) => path.startsWith(folder) && path.endsWith(ending));
  return new Map(found.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
