import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll } from 'vitest';
import { call } from '../process/api-client.js';
import type { ServerProcess } from '../process/server-process.js';
import type { WatchedPage } from './browser.js';
import { password, signIn } from './chat-steps.js';
import type { ServedPages } from './served-pages.js';

/** Creates the first administrator of a server, with the secret that it prints. Resolves with the auth token. */
export async function createAdministrator(server: ServerProcess, username: string): Promise<string> {
  const secret = /#\/first-administrator\/(\S+)/.exec(server.output())?.[1];
  const { status, body } = await call<{ token: string }>(server.url, '/api/admin/first/', {
    body: { setup_token: secret, username, password },
  });
  if (status !== 201) throw new Error(`The administrator was not created: ${JSON.stringify(body)}`);
  return body.token;
}

/** Opens the page of a user from the list of users, however long that is. */
export async function openUser(page: Page, username: string): Promise<void> {
  await page.getByLabel('Search by username or email').fill(username);
  await page.getByRole('link', { name: username, exact: true }).click();
}

/** Opens a page of the administration, signed in as `root_admin`. `expects` matches errors that the test provokes. */
export type VisitAsAdmin = (path: string, expects?: RegExp, locale?: string) => Promise<WatchedPage>;

/** Signs `root_admin` in once, for all tests of the `describe` block that it is called in. */
export function administratorVisits(pages: () => ServedPages): VisitAsAdmin {
  let signedIn: Awaited<ReturnType<BrowserContext['storageState']>>;
  beforeAll(async () => {
    const { page, close } = await pages().visit({ path: '/admin/#/login' });
    await signIn(page, 'root_admin');
    await page.getByText('The ledger is sound').waitFor();
    signedIn = await page.context().storageState();
    await close();
  });
  return (path, expects = /^$/, locale = 'en-US') =>
    pages().visit({ path: `/admin/#${path}`, expects, locale, storageState: signedIn });
}
