import { expect, test } from 'vitest';
import { respondsWithStatus } from '../../adapters/ai/misbehaving-provider.js';
import { call, register } from '../../process/api-client.js';
import { accessibilityViolations } from '../browser.js';
import { newName, signIn } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** The page of models, with the administrator `root_admin`. */
export function modelsSuite(pages: () => ServedPages): void {
  test('an administrator sees the price of each model and how it has worked', async () => {
    const { server, provider, visit } = pages();
    const { authToken } = await register(server.url, newName());
    const ask = (model: string) =>
      call(server.url, '/api/chat/', { authToken, body: { message: 'x', model } });
    provider.behave(respondsWithStatus(500));
    expect([(await ask('cheap')).status, (await ask('provided')).status]).toEqual([200, 502]);
    const { page, pageErrors, close } = await visit({ path: '/admin/#/login' });
    await signIn(page, 'root_admin');
    await page.getByRole('menuitem', { name: 'Models' }).click();
    const models = page.getByRole('table', { name: 'Models' });
    await models.getByRole('row', { name: /^cheap works \d+ 0 .* 1 token a message/ }).waitFor();
    await models.getByRole('row', { name: /^provided .*% fail/ }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 780 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('if the models cannot be read, the page says so and tries again', async () => {
    const { page, close } = await pages().visit({ path: '/admin/#/login', expects: /admin\/models/ });
    await signIn(page, 'root_admin');
    await page.getByText('The ledger is sound').waitFor();
    await page.route('**/api/admin/models/', (route) => route.abort('connectionreset'));
    await page.getByRole('menuitem', { name: 'Models' }).click();
    await page.getByText('The server cannot be reached.').waitFor();
    await page.unroute('**/api/admin/models/');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('row', { name: /^echo \(default\)/ }).waitFor();
    await close();
  });
}
