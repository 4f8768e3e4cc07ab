import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { awaitUntil } from '../../../src/testing/await-until.js';
import { call, logIn, register } from '../../process/api-client.js';
import { accessibilityViolations } from '../browser.js';
import { newName, signIn, signUp, waitForBalance } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

interface Receiver {
  url: string;
  received: { headers: IncomingHttpHeaders; body: string }[];
  respondWith: (status: number) => void;
  stop: () => void;
}

async function receiver(): Promise<Receiver> {
  let status = 204;
  const received: Receiver['received'] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    received,
    respondWith: (next) => {
      status = next;
    },
    stop: () => server.close(),
  };
}

/** Webhooks and notifications, with the administrator `root_admin` and a server that may send to private addresses. */
export function webhooksSuite(pages: () => ServedPages): void {
  test('an administrator makes an endpoint, copies its secret once, tests it, and replays a delivery', async () => {
    const { server, visit } = pages();
    const hooks = await receiver();
    const { page, pageErrors, close } = await visit({
      path: '/admin/#/login',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await signIn(page, 'root_admin');
    await page.getByRole('menuitem', { name: 'Webhooks' }).click();
    await page.getByText('There are no endpoints yet.').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Create an endpoint' }).click();
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByText('Choose at least one type.').waitFor();
    await page.getByText('Enter an address').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'Address' }).fill(hooks.url);
    await page.getByRole('checkbox', { name: /account\.created/ }).check();
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    const secret = await page.locator('code', { hasText: /^whsec_/ }).innerText();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Copy the secret' }).click();
    await page.getByRole('button', { name: 'Copied', exact: true }).waitFor();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe(secret);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    expect(await page.content()).not.toContain(secret);

    const row = page.getByRole('row', { name: hooks.url });
    await row.getByRole('button', { name: /^Send a test/ }).click();
    await page.getByText('The receiver accepted the test with status 204.').waitFor();
    hooks.respondWith(500);
    await row.getByRole('button', { name: /^Send a test/ }).click();
    await page.getByText('The receiver rejected the test with status 500.').waitFor();
    hooks.respondWith(204);

    const { username } = await register(server.url, newName());
    const created = () => hooks.received.filter(({ body }) => body.includes('"account.created"'));
    await awaitUntil('the event is delivered', 20_000, () => Promise.resolve(created()[0] ?? null));
    await row.getByRole('link', { name: hooks.url }).click();
    const delivery = page.getByRole('row', { name: /^account\.created/ });
    await awaitUntil('the delivery is shown', 20_000, async () => {
      await page.getByRole('button', { name: 'Read again' }).click();
      return (await delivery.getByText('delivered').count()) === 1 ? true : null;
    });
    await delivery.getByRole('link', { name: username }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await delivery.getByRole('button', { name: /^Replay account\.created/ }).click();
    await page.getByText('The event is sent again.').waitFor();
    await awaitUntil('the event is delivered again', 20_000, () => Promise.resolve(created()[1] ?? null));
    expect(created()[1]?.headers['webhook-id']).toBe(created()[0]?.headers['webhook-id']);
    await page.setViewportSize({ width: 390, height: 780 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);

    await page.setViewportSize({ width: 1366, height: 820 });
    await page.getByRole('link', { name: 'All endpoints' }).click();
    await row.getByRole('button', { name: /^Disable/ }).click();
    await row.getByText('disabled', { exact: true }).waitFor();
    await row.getByRole('button', { name: /^Enable/ }).click();
    await row.getByText('active', { exact: true }).waitFor();
    await row.getByRole('button', { name: /^Change/ }).click();
    await page.getByRole('checkbox', { name: /order\.paid/ }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await row.getByText('order.paid, account.created').waitFor();
    await row.getByRole('button', { name: /^Remove/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('There are no endpoints yet.').waitFor();
    expect(pageErrors).toEqual([]);
    hooks.stop();
    await close();
  });

  test('a user turns mails off and sets a threshold, below which a notice says that few tokens are left', async () => {
    const { server, visit } = pages();
    const { page, pageErrors, close } = await visit();
    const username = await signUp(page);
    await waitForBalance(page, '4,000');
    expect(await page.getByText('You have only').count()).toBe(0);
    await page.getByRole('link', { name: username }).click();
    const section = page.getByRole('region', { name: 'Notifications' });
    await section.getByRole('checkbox', { name: 'my balance is low' }).uncheck();
    await section.getByRole('textbox').fill('none');
    await section.getByRole('button', { name: 'Save' }).click();
    await section.getByText('Enter a whole number above 0.').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await section.getByRole('textbox').fill('5,000');
    await section.getByRole('button', { name: 'Save' }).click();
    await section.getByText('Saved.').waitFor();
    const { authToken } = await logIn(server.url, username);
    const { body } = await call(server.url, '/api/me/notifications/', { authToken });
    expect(body).toMatchObject({ low_balance: 5000, mail_balance_low: false, mail_order_paid: true });
    await page.getByRole('button', { name: 'New conversation' }).click();
    await page.getByText('You have only 4,000 tokens left.').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Get more tokens' }).click();
    await page.getByRole('heading', { name: 'Get more tokens' }).waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });
}
