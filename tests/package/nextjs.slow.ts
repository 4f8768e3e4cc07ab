import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../pages/browser.js';
import { chromiumPath } from '../pages/chromium.js';
import { installExample, type ExampleProject, type NodeVersion } from './example-project.js';

/** Each version of Node with one of the bundlers of Next.js. */
const builds: { version: NodeVersion; bundler: 'turbopack' | 'webpack' }[] = [
  { version: '20.19', bundler: 'turbopack' },
  { version: '22', bundler: 'webpack' },
  { version: '24', bundler: 'turbopack' },
];

describe.runIf(chromiumPath() !== null)('the example for Next.js', () => {
  let project: ExampleProject;
  let browser: Browser;
  beforeAll(async () => {
    project = await installExample('nextjs');
    browser = await openBrowser();
  }, 400_000);
  afterAll(async () => {
    await browser.close();
    await project.remove();
  });

  test.each(builds)(
    'chats with useChat on Node $version, built by $bundler, until the credits are spent',
    async ({ version, bundler }) => {
      const environment = { NEXT_TELEMETRY_DISABLED: '1' };
      await project.npm(version, ['run', 'build', '--', `--${bundler}`], environment);
      const server = project.start(version, { ...environment, PORT: '0' });
      const context = await browser.newContext();
      context.setDefaultTimeout(45_000);
      try {
        const [, url = ''] = await server.printed(/Local: +(http:\S+)/);
        const page = await context.newPage();
        await page.goto(url);
        const send = async (text: string) => {
          await page.getByLabel('Message').fill(text);
          await page.getByRole('button', { name: 'Send' }).click();
        };
        await send('Who am I?');
        await page.getByRole('alert').filter({ hasText: 'Authentication' }).waitFor();
        await context.addCookies([{ name: 'session', value: 'session-of-ada', url }]);
        await page.reload();
        for (const left of [200, 100, 0]) {
          await send(`Leave ${left}`);
          await page.locator('[data-role=assistant]', { hasText: `Echo: Leave ${left}` }).waitFor();
          await page.getByText(`${left} credits left`).waitFor();
        }
        await send('One more');
        await page.getByRole('alert').filter({ hasText: 'too low' }).waitFor();
        expect(await page.locator('[data-role=assistant]').count()).toBe(3);
      } finally {
        await context.close();
        await server.stop();
      }
    },
    400_000,
  );
});
