import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { call, register } from '../../process/api-client.js';
import { administratorVisits } from '../administrator.js';
import { accessibilityViolations } from '../browser.js';
import { newName } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** The overview of the administration, of a server that sells `small` for 9 euros. */
export function adminOverviewSuite(pages: () => ServedPages): void {
  const visitAsAdmin = administratorVisits(pages);
  let username: string;

  beforeAll(async () => {
    const { url } = pages().server;
    const { authToken, username: name } = await register(url, newName());
    username = name;
    const post = (path: string, body: object) => call<{ id: string }>(url, path, { authToken, body });
    for (const message of ['One', 'Two']) await post('/api/chat/', { message, model: 'echo' });
    const order = await post('/api/orders/', { package_id: 'small' });
    const paid = await post(`/api/demo-checkout/${order.body.id}/`, { action: 'pay' });
    expect(paid.status).toBe(200);
  });

  const figure = async (page: Page, name: string) =>
    Number(
      (await page.getByRole('link', { name: new RegExp(`^${name}`) }).textContent())?.replaceAll(/\D/g, ''),
    );

  test.each([
    ['en-US', 250_000, 'The ledger is sound'],
    // The German texts come after the English ones.
    ['de-DE', 262_000, 'Die Buchführung stimmt'],
  ])(
    'the first load of the overview in %s is at most %i bytes on the wire, with headers and responses of the API',
    async (locale, most, shown) => {
      const { page, close } = await visitAsAdmin('/models', /^$/, locale);
      await page.waitForLoadState('networkidle');
      const client = await page.context().newCDPSession(page);
      await client.send('Network.enable');
      await client.send('Network.setCacheDisabled', { cacheDisabled: true });
      let bytes = 0;
      client.on('Network.loadingFinished', ({ encodedDataLength }) => {
        bytes += encodedDataLength;
      });
      await page.goto(`${pages().server.url}/admin/?again#/`);
      await page.getByText(shown).waitFor();
      await page.waitForLoadState('networkidle');
      console.log(`The overview in ${locale} is ${bytes} bytes.`);
      expect(bytes).toBeGreaterThan(150_000);
      expect(bytes).toBeLessThanOrEqual(most);
      await close();
    },
  );

  test('the overview has active accounts, spending by model and day, latency, revenue and top accounts', async () => {
    const { page, pageErrors, close } = await visitAsAdmin('/');
    await page.getByRole('region', { name: 'Tokens by model and day' }).waitFor();
    await expect.poll(() => figure(page, 'Active accounts')).toBeGreaterThanOrEqual(1);
    const today = `[data-day="${new Date().toISOString().slice(0, 10)}"]`;
    const spending = page.getByRole('region', { name: 'Tokens by model and day' }).locator(today);
    await expect.poll(() => spending.getAttribute('title')).toMatch(/echo: [\d,]*,000/);
    const models = page.getByRole('group', { name: 'By model' });
    await expect.poll(() => models.getByRole('row', { name: /^echo / }).textContent()).toMatch(/\d\.\d sec/);
    const revenue = page.getByRole('group', { name: 'Revenue' });
    await expect.poll(() => revenue.getByRole('row', { name: /EUR/ }).textContent()).toContain('€');
    const top = page.getByRole('group', { name: 'Top accounts' });
    await expect
      .poll(() => top.getByRole('row', { name: new RegExp(username) }).textContent())
      .toContain('3,000');
    expect(await accessibilityViolations(page, { isStrict: true })).toEqual([]);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test.each([
    ['Active accounts', 'Chats', 'Two'],
    ['New accounts', 'Users', 'root_admin'],
    ['Chats', 'Chats', 'Two'],
    ['Tokens charged', 'Ledger', 'Charge'],
    ['Tokens granted', 'Ledger', 'Grant'],
  ])('the figure "%s" leads to the list %s of the same period', async (name, title, shown) => {
    const { page, pageErrors, close } = await visitAsAdmin('/');
    await expect.poll(() => figure(page, name)).toBeGreaterThanOrEqual(1);
    await page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
    await page.getByRole('heading', { name: title, level: 1 }).waitFor();
    await page.getByRole('main').getByText(shown).first().waitFor();
    await page.getByRole('button', { name: /: since / }).waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a model, an account, its charges, a currency and a day of a chart lead to what explains them', async () => {
    const { page, pageErrors, close } = await visitAsAdmin('/');
    const overview = async () => {
      await page.getByRole('menuitem', { name: 'Overview' }).click();
      await page.getByText('The ledger is sound').waitFor();
    };
    await page.getByRole('group', { name: 'By model' }).getByRole('link', { name: 'echo' }).click();
    await expect.poll(() => page.getByLabel('Model').inputValue()).toBe('echo');
    await overview();
    await page.getByRole('link', { name: `2 charges of ${username}` }).click();
    await page.getByText('1-2 of 2').waitFor();
    await overview();
    await page
      .getByRole('group', { name: 'Top accounts' })
      .getByRole('link', { name: username, exact: true })
      .click();
    await page.getByRole('heading', { name: username, level: 2 }).waitFor();
    await overview();
    await page.getByRole('link', { name: 'Orders in EUR' }).click();
    await page.getByRole('heading', { name: 'Orders', level: 1 }).waitFor();
    await page.getByRole('cell', { name: username, exact: true }).waitFor();
    await overview();
    const today = `[data-day="${new Date().toISOString().slice(0, 10)}"]`;
    await page.getByRole('region', { name: 'Chats by day' }).locator(today).click();
    await page.getByRole('heading', { name: 'Chats', level: 1 }).waitFor();
    await page.getByRole('cell', { name: 'Two' }).first().waitFor();
    expect(decodeURIComponent(page.url())).toMatch(/"from":"[^"]+","to":"[^"]+"/);
    expect(pageErrors).toEqual([]);
    await close();
  });
}
