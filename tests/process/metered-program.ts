import type { Stores } from '../../src/ports/stores.js';
import { postgresStores } from '../../src/adapters/postgres/postgres-stores.js';
import { call, logIn, register, type Account, type TestResponse } from './api-client.js';
import { runCommand, startServer, type Environment, type ServerProcess } from './server-process.js';
import type { Storage } from './storage.js';

export const openingCredits = 10_000_000;

/** The response to a hold, a charge, or the end of a hold. */
export interface Metered {
  id: string;
  status: string;
  charged: number;
  balance: number;
}

/** A customer that chats with an API key; the key and the account have a cap that is never reached. */
export interface Chatter {
  userId: string;
  key: Account;
}

/** A server whose accounts are metered by a program with a service key, and charged for chats with capped keys. */
export interface MeteredServer {
  /** The key of the program, with the scopes `metering`, `grants` and `read`. */
  serviceKey: string;
  /** The accounts that were made. Only the program charges them. */
  userIds: string[];
  chatters: Chatter[];
  server: ServerProcess;
}

/** Makes accounts in the database, and returns their ids. */
export type MakeAccounts = (stores: Stores) => Promise<string[]>;

/** Prepares accounts in an empty storage, and starts a server on it. */
export async function startMetered(
  storage: Storage,
  environment: Environment,
  { makeAccounts, chatters: chatterCount }: { makeAccounts: MakeAccounts; chatters: number },
): Promise<MeteredServer> {
  const admin = ['create-admin', '--username', 'root', '--email', '', '--password-stdin'];
  await runCommand(['migrate'], environment);
  await runCommand(admin, environment, { input: 'StrongPass123!\n' });
  const userIds = await storage.withDatabase((database) => makeAccounts(postgresStores(database)));
  const server = await startServer(environment);
  const { authToken } = await logIn(server.url, 'root');
  const created = await created201<{ key: string }>(server, '/api/admin/service-keys/', authToken, {
    ...{ name: 'a program', scopes: ['metering', 'grants', 'read'] },
  });
  const chatters: Chatter[] = [];
  for (let index = 0; index < chatterCount; index += 1)
    chatters.push(await registerChatter(server, `chatter_${index}`));
  return { serviceKey: created.key, userIds, chatters, server };
}

async function registerChatter(server: ServerProcess, username: string): Promise<Chatter> {
  const { authToken } = await register(server.url, username);
  const me = await call<{ id: string }>(server.url, '/api/me/', { authToken });
  const key = await created201<{ id: string; key: string }>(server, '/api/keys/', authToken, { name: 'key' });
  const cap = { window: 'month', limit: openingCredits };
  await created201(server, '/api/me/caps/', authToken, { ...cap, scope: 'account' });
  await created201(server, '/api/me/caps/', authToken, { ...cap, scope: 'key', key_id: key.id });
  return { userId: me.body.id, key: { username, authToken: key.key } };
}

async function created201<Body>(
  { url }: ServerProcess,
  path: string,
  authToken: string,
  body: object,
): Promise<Body> {
  const response: TestResponse<Body> = await call(url, path, { authToken, body });
  if (response.status !== 201) throw new Error(`POST ${path} returned ${response.status}.`);
  return response.body;
}
