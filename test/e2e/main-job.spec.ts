import { mainJob } from './main-job-steps';
import { test } from './support';

test('from nothing to a swap and back, by mouse', async ({ page, teal }) => {
  test.setTimeout(180_000);
  await page.goto(await teal.start());
  await mainJob(page);
});
