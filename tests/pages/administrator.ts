import type { Page } from 'playwright-core';
import { call } from '../process/api-client.js';
import type { ServerProcess } from '../process/server-process.js';
import { password } from './chat-steps.js';

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
