import { doMainJob } from './main-job-steps';
import { expect, test } from './shell-support';

test('from nothing to a swap and back in the desktop shell, by mouse', async ({ desktop }) => {
  test.setTimeout(180_000);
  const shell = await desktop.start();
  const page = await shell.page();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await doMainJob(page);
  expect(complaints).toEqual([]);
  expect(shell.machine.escaped).toEqual([]);
  expect(shell.utilities).toHaveLength(1);
});
