import * as z from 'zod/mini';
import { command } from '../command';
import { columnProfile, page, pageRequest, span } from '../views/common';
import { graph, impact, modelDetail, overview, recentProject } from '../views/project';

const none = z.object({});
const model = z.object({ model: z.string() });

/** Opening a project, its models and its graph. */
export const projectCommands = {
  'app.info': command({
    title: 'About Teal',
    input: none,
    output: z.object({
      version: z.string(),
      engine: z.string(),
      node: z.string(),
      way: z.string(),
      exampleDir: z.string(),
    }),
    risk: 'look',
    undo: 'none',
    line: 'teal --version',
  }),
  'app.recent': command({
    title: 'Recent projects',
    input: none,
    output: z.object({ projects: z.array(recentProject) }),
    risk: 'look',
    undo: 'none',
  }),
  'app.folders': command({
    title: 'Folders to open',
    input: z.object({ dir: z.optional(z.string()) }),
    output: z.object({
      dir: z.string(),
      parent: z.nullable(z.string()),
      folders: z.array(z.object({ name: z.string(), dir: z.string(), project: z.boolean() })),
    }),
    risk: 'look',
    undo: 'none',
  }),
  'project.open': command({
    title: 'Open a folder',
    /** `takeOver` asks another tab of this browser, which has it open, to let go */
    input: z.object({ dir: z.string(), takeOver: z._default(z.boolean(), false) }),
    output: overview,
    risk: 'look',
    undo: 'none',
    line: 'teal ui -p DIR',
  }),
  'project.create': command({
    title: 'New project',
    input: z.object({
      template: z.enum(['sushi', 'blank']),
      dir: z.optional(z.string()),
      name: z.optional(z.string()),
    }),
    output: overview,
    risk: 'file',
    undo: 'delete the folder',
    line: 'teal init DIR',
  }),
  'project.close': command({
    title: 'Close the project',
    input: none,
    output: none,
    risk: 'look',
    undo: 'none',
  }),
  'project.overview': command({
    title: 'Project overview',
    input: none,
    output: overview,
    risk: 'look',
    undo: 'none',
    line: 'teal info',
  }),
  'project.graph': command({
    title: 'Show the graph of models',
    input: z.object({ environment: z.optional(z.string()) }),
    output: graph,
    risk: 'look',
    undo: 'none',
    line: 'teal dag',
  }),
  'model.read': command({
    title: 'Show a model',
    input: model,
    output: modelDetail,
    risk: 'look',
    undo: 'none',
  }),
  'model.save': command({
    title: 'Save a model',
    input: z.object({ model: z.string(), text: z.string() }),
    output: impact,
    risk: 'file',
    undo: 'Git, or save the former text',
  }),
  'model.create': command({
    title: 'Add a model',
    input: z.object({ name: z.string(), from: z.optional(z.string()) }),
    output: modelDetail,
    risk: 'file',
    undo: 'delete the file',
  }),
  'model.impact': command({
    title: 'What an edit would touch',
    input: z.object({ model: z.string(), text: z.string() }),
    output: impact,
    risk: 'look',
    undo: 'none',
  }),
  'model.preview': command({
    title: 'Preview rows of a model or source',
    input: z.object({
      model: z.string(),
      /** `edit` runs `text` (or the saved file) over live parents; otherwise an environment's rows */
      side: z.string(),
      text: z.optional(z.string()),
      ...pageRequest,
    }),
    output: z.object({ page, profile: z.array(columnProfile), sampled: z.boolean() }),
    risk: 'look',
    undo: 'none',
  }),
  'model.render': command({
    title: 'Show compiled SQL',
    input: z.object({
      model: z.string(),
      start: z.optional(z.string()),
      end: z.optional(z.string()),
      executionTime: z.optional(z.string()),
      /** models above it whose names are replaced by their queries; true: all */
      expand: z.optional(z.union([z.boolean(), z.array(z.string())])),
      text: z.optional(z.string()),
      /** whose views stand in it for the models that it reads; without it names stay as they are written */
      environment: z.optional(z.string()),
    }),
    output: z.object({
      sql: z.string(),
      /** what it was rendered for */
      span,
    }),
    risk: 'look',
    undo: 'none',
    line: 'teal render MODEL',
  }),
  'query.run': command({
    title: 'Run a query',
    input: z.object({ sql: z.string(), environment: z.optional(z.string()), ...pageRequest }),
    output: page,
    risk: 'look',
    undo: 'none',
    line: 'teal query "SELECT ..."',
  }),
  'doctor.run': command({
    title: 'Check this installation',
    input: none,
    output: z.object({
      checks: z.array(
        z.object({ label: z.string(), status: z.enum(['pass', 'look', 'fail']), detail: z.string() }),
      ),
    }),
    risk: 'look',
    undo: 'none',
    line: 'teal doctor',
  }),
} as const;
