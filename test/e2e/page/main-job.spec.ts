import { mainJob } from '../main-job-steps';
import { test } from './support';

test('from nothing to a swap and back, by mouse', async ({ page, served }) => {
  test.setTimeout(300_000);
  await page.goto(served.url);
  await mainJob(page);
});
