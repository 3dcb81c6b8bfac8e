import type { ProjectFiles } from '../project/load';
import type { ModelDetail } from '../protocol/views/project';
import type { BrokenTest, TestCase } from '../quality/test-case';
import { isTestFile, readTestFile } from '../quality/test-file';

/** The tests of the project's files, readable or not, in their order. */
export function projectTests(files: ProjectFiles): readonly (TestCase | BrokenTest)[] {
  return [...files]
    .filter(([path]) => isTestFile(path))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, text]) => {
      const { tests, broken } = readTestFile(path, text, files);
      return [...tests, ...broken];
    });
}

/** The tests of one model by name and place. */
export function testsOf(files: ProjectFiles, model: string): ModelDetail['tests'] {
  return projectTests(files)
    .filter((test) => test.model === model)
    .map((test) => ({
      test: test.name,
      file: test.place.file ?? '',
      line: test.place.line ?? 1,
      description: 'description' in test ? test.description : '',
    }));
}
