import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { meteredChatClient } from '../../client/typed-client.js';
import type { components } from '../../client/generated/api-types.js';
import { SetupError } from '../../domain/setup-error.js';
import { reasonOf } from './completion.js';
import type { CompleteAdapter, Gateway, GatewayAccount } from './gateway.js';

/** Enough for hundreds of requests at any usual price. */
const ampleBudget = 1_000_000_000;
/** The longest time until no hold is open. */
const holdTimeoutMs = 60_000;
const pollIntervalMs = 50;

type Client = ReturnType<typeof meteredChatClient>;

/** An account that the test has registered. */
interface TestAccount {
  id: string;
  secret: string;
  client: Client;
  password: string;
}

/** Reads and sets budgets at metered-chat, with the key of an administrator. */
export const meteredChatAdapter: CompleteAdapter = {
  name: 'metered-chat',
  unit: 'tokens',
  refusalStatuses: [402],
  recordingMs: 200,
  connect: async ({ url, key }) => {
    const admin = clientOf(url, key);
    await requireAdmin(admin, url);
    return gatewayOf(url, admin);
  },
};

function clientOf(baseUrl: string, authToken: string): Client {
  return meteredChatClient({ baseUrl, authToken: () => authToken });
}

async function requireAdmin(admin: Client, url: string): Promise<void> {
  const { data, response } = await admin.GET('/api/me/').catch((error: unknown) => {
    throw new SetupError(
      `${url} cannot be reached (${reasonOf(error)}). Start the server, or correct --url.`,
    );
  });
  if (response.status === 401) {
    throw new SetupError(
      `${url} rejects the key (401): it is wrong, expired or removed. Create an API key as an administrator.`,
    );
  }
  if (data === undefined)
    throw new SetupError(`${url} is not metered-chat: GET /api/me/ returns ${response.status}.`);
  if (data.role !== 'admin') {
    throw new SetupError(`The key belongs to ${data.username}, who is no administrator. Use a key of one.`);
  }
}

function gatewayOf(url: string, admin: Client): Gateway {
  const accounts: TestAccount[] = [];
  const register = async () => {
    const account = await registerAccount(url);
    accounts.push(account);
    return account;
  };
  let reused: TestAccount | null = null;
  return {
    openAccount: async (budget) => {
      reused ??= await register();
      const available = budget ?? ampleBudget;
      await setBalance(admin, reused, available);
      return accountOf(reused, available, [reused.secret]);
    },
    openCappedAccount: async (caps) => {
      const account = await register();
      await setBalance(admin, account, ampleBudget);
      const keys = [await createKey(account), await createKey(account)];
      const [capped] = keys;
      const areSet =
        (await setCap(account, { scope: 'account', window: 'total', limit: caps.account })) &&
        (await setCap(account, {
          scope: 'key',
          key_id: capped?.id ?? '',
          window: 'total',
          limit: caps.key,
        }));
      return areSet
        ? accountOf(
            account,
            ampleBudget,
            keys.map(({ key }) => key),
          )
        : null;
    },
    close: async () => {
      for (const { client, password } of accounts) {
        await client.DELETE('/api/me/', { body: { current_password: password } });
      }
    },
  };
}

async function registerAccount(url: string): Promise<TestAccount> {
  const username = `overspend_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(18).toString('base64url');
  const { data, error } = await clientOf(url, '').POST('/api/register/', { body: { username, password } });
  if (error !== undefined) {
    throw new SetupError(`No account for the test can be registered: ${error.detail} (${error.code}).`);
  }
  const secret = data.token ?? '';
  const client = clientOf(url, secret);
  const { data: profile } = await client.GET('/api/me/');
  if (profile === undefined) throw new SetupError('The account for the test cannot be read.');
  return { id: profile.id, secret, client, password };
}

async function createKey({ client }: TestAccount): Promise<{ id: string; key: string }> {
  const { data, error } = await client.POST('/api/keys/', { body: { name: 'overspend' } });
  if (error !== undefined)
    throw new SetupError(`No API key can be created: ${error.detail} (${error.code}).`);
  return data;
}

type CapToSet = components['schemas']['CapToSet'];

/** Returns false if the installation is of a version without caps. */
async function setCap({ client }: TestAccount, body: CapToSet): Promise<boolean> {
  const { error, response } = await client.POST('/api/me/caps/', { body });
  if (response.status === 404) return false;
  if (error !== undefined) throw new SetupError(`No cap can be set: ${error.detail} (${error.code}).`);
  return true;
}

/** Grants or removes credits until exactly `wanted` can be spent, however the installation adds its own. */
async function setBalance(admin: Client, account: TestAccount, wanted: number): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const amount = wanted - (await readBalance(account));
    if (amount === 0) return;
    const { error } = await admin.POST('/api/admin/users/{id}/tokens/', {
      params: { path: { id: account.id } },
      body: { amount, reason: 'Overspend test' },
    });
    if (error !== undefined) {
      throw new SetupError(
        `The balance of the test's account cannot be set: ${error.detail} (${error.code}).`,
      );
    }
  }
  throw new SetupError(`The balance of the test's account does not stay at ${wanted}.`);
}

/** Returns what an account can spend, once none of it is held. */
async function readBalance({ client }: TestAccount): Promise<number> {
  const endsAtMs = performance.now() + holdTimeoutMs;
  for (;;) {
    const { data, error } = await client.GET('/api/tokens/');
    if (error !== undefined)
      throw new SetupError(`The balance cannot be read: ${error.detail} (${error.code}).`);
    if (data.held === 0) return data.tokens;
    if (performance.now() > endsAtMs) {
      throw new SetupError(
        `${data.held} tokens are still held ${holdTimeoutMs / 1000} seconds after the requests.`,
      );
    }
    await delay(pollIntervalMs);
  }
}

function accountOf(account: TestAccount, budget: number, secrets: readonly string[]): GatewayAccount {
  return {
    keys: secrets.map((secret) => ({ Authorization: `Bearer ${secret}` })),
    readSpent: async () => budget - (await readBalance(account)),
  };
}
