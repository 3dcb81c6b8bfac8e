import { toProblem } from '../../shared/base/errors';
import { callHost } from './host';
import { notify, notifyProblem } from './notices';
import { enterProject } from './project';

/** Saves a project as one ZIP; with the warehouse, all its versions, releases and history go with it. */
export async function downloadProject(dir: string, warehouse: boolean): Promise<void> {
  try {
    const { url, name } = await callHost('storage.pack', { dir, warehouse });
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    notify({
      tone: 'done',
      text: `${name} goes to your downloads. Drop it on the first screen to open it again.`,
    });
  } catch (error) {
    notifyProblem(toProblem(error));
  }
}

export async function removeProject(dir: string): Promise<void> {
  await callHost('storage.remove', { dir }).catch((error: unknown) => notifyProblem(toProblem(error)));
}

/** Opens a project here that another tab has: that one stops its run, closes the project and says so. */
export async function takeOverProject(dir: string): Promise<void> {
  try {
    await callHost('project.open', { dir, takeOver: true });
    enterProject();
  } catch (error) {
    notifyProblem(toProblem(error));
  }
}
