import { operatorCaller } from '../../../src/domain/auth/caller.js';
import { newId, openHold } from '../../../src/testing/accounts.js';
import { newOrder } from '../../../src/testing/order-store/view.js';
import { ask, chat, exchanges, idOf, newAdmin, type TestAccount } from './requests.js';
import type { TestApi } from './test-api.js';

/** What is expected of an operation whose path names an object: who finds it, and whose it is. */
export interface IdExpectation {
  /** The status for permitted callers. Others get 404, or 403 if the route is for administrators. */
  found: number;
  finders: 'owner' | 'owner and admins' | 'admins' | 'all';
  /** Creates the object for its owner, and returns its id. */
  make: (api: TestApi, owner: TestAccount) => Promise<string>;
  json?: unknown;
  /** Returns the id that the path names first, where it names two. */
  within?: (api: TestApi, owner: TestAccount) => Promise<string>;
}

const conversation = { finders: 'owner', make: makeConversation } as const;
const account = {
  finders: 'admins',
  make: (api, owner) => idOf(api, owner.auth),
} as const satisfies Partial<IdExpectation>;

const hold = { finders: 'admins', make: makeHold } as const;

const ofAccount = {
  finders: 'admins',
  within: (api, owner) => idOf(api, owner.auth),
} as const satisfies Partial<IdExpectation>;

/** One for every operation of the document with something in its path that names an object. */
export const idExpectations: Record<string, IdExpectation> = {
  'GET /api/chat/{id}/stream/': { finders: 'owner', found: 200, make: makeExchange },
  'GET /api/chat/{id}/attachments/{position}/': {
    ...{ finders: 'owner', found: 200, within: makeExchangeWithFile },
    make: () => Promise.resolve('0'),
  },
  'POST /api/chat/{id}/stop/': { finders: 'owner', found: 200, make: makeExchange },
  'GET /api/conversations/{id}/': { ...conversation, found: 200 },
  'PATCH /api/conversations/{id}/': { ...conversation, found: 200, json: { title: 'Another' } },
  'DELETE /api/conversations/{id}/': { ...conversation, found: 204 },
  'DELETE /api/sessions/{id}/': { finders: 'owner', found: 204, make: makeSession },
  'DELETE /api/keys/{id}/': { finders: 'owner', found: 204, make: makeKey },
  'PATCH /api/me/passkeys/{id}/': {
    finders: 'owner',
    found: 200,
    make: makePasskey,
    json: { name: 'Phone' },
  },
  'DELETE /api/me/passkeys/{id}/': { finders: 'owner', found: 204, make: makePasskey },
  'GET /api/admin/users/{id}/factors/': { ...account, found: 200 },
  'DELETE /api/admin/users/{id}/factors/': { ...account, found: 204 },
  'GET /api/admin/users/{id}/': { ...account, found: 200 },
  'PATCH /api/admin/users/{id}/': { ...account, found: 200, json: { status: 'disabled' } },
  'DELETE /api/admin/users/{id}/': { ...account, found: 204 },
  'GET /api/admin/users/{id}/sessions/': { ...account, found: 200 },
  'DELETE /api/admin/users/{id}/sessions/': { ...account, found: 204 },
  'DELETE /api/admin/users/{id}/sessions/{session_id}/': { ...ofAccount, found: 204, make: makeSession },
  'GET /api/admin/users/{id}/lots/': { ...account, found: 200 },
  'GET /api/admin/users/{id}/conversations/': { ...account, found: 200 },
  'GET /api/admin/users/{id}/conversations/{conversation_id}/': {
    ...{ ...ofAccount, found: 200, make: makeConversation },
  },
  'GET /api/admin/users/{id}/statement/': { ...account, found: 200 },
  'GET /api/admin/users/{id}/allowance/': { ...account, found: 200 },
  'PUT /api/admin/users/{id}/allowance/': { ...account, found: 200, json: { amount: 5, every: 'day' } },
  'DELETE /api/admin/users/{id}/allowance/': { ...account, found: 204 },
  'GET /api/admin/users/{id}/keys/': { ...account, found: 200 },
  'DELETE /api/admin/users/{id}/keys/': { ...account, found: 204 },
  'DELETE /api/admin/users/{id}/keys/{key_id}/': { ...ofAccount, found: 204, make: makeKey },
  'DELETE /api/me/identities/{id}/': { finders: 'owner', found: 204, make: makeIdentity },
  'GET /api/admin/users/{id}/identities/': { ...account, found: 200 },
  'DELETE /api/admin/users/{id}/identities/{identity_id}/': {
    ...{ ...ofAccount, found: 204, make: makeIdentity },
  },
  'DELETE /api/me/caps/{id}/': { finders: 'owner', found: 204, make: makeCap },
  'GET /api/admin/users/{id}/caps/': { ...account, found: 200 },
  'POST /api/admin/users/{id}/caps/': {
    ...account,
    found: 201,
    json: { scope: 'account', window: 'day', limit: 5 },
  },
  'DELETE /api/admin/users/{id}/caps/{cap_id}/': { ...ofAccount, found: 204, make: makeCap },
  'POST /api/admin/users/{id}/password/': {
    ...account,
    found: 204,
    json: { new_password: 'Another-Pass-2026' },
  },
  'POST /api/admin/users/{id}/tokens/': { ...account, found: 201, json: { amount: 1, reason: 'A gift' } },
  'POST /api/admin/users/{id}/spend/': {
    ...account,
    found: 201,
    json: { action: 'tool.search', amount: 1, units: 1 },
  },
  'POST /api/admin/users/{id}/holds/': { ...account, found: 201, json: { action: 'tool.search', amount: 1 } },
  'POST /api/admin/holds/{id}/settle/': { ...hold, found: 200, json: { amount: 1 } },
  'POST /api/admin/holds/{id}/renew/': { ...hold, found: 200, json: { ttl_seconds: 60 } },
  'POST /api/admin/holds/{id}/release/': { ...hold, found: 200 },
  'DELETE /api/admin/service-keys/{id}/': { finders: 'admins', found: 204, make: makeServiceKey },
  'GET /api/demo-checkout/{id}/': { finders: 'owner and admins', found: 200, make: makeDemoOrder },
  'POST /api/demo-checkout/{id}/': {
    ...{ finders: 'owner and admins', found: 200, make: makeDemoOrder, json: { action: 'decline' } },
  },
  'GET /api/orders/{id}/': { finders: 'owner', found: 200, make: makeOrder },
  'GET /api/admin/orders/{id}/': { finders: 'admins', found: 200, make: makeOrder },
  // Nothing is paid, and so nothing can be refunded.
  'POST /api/admin/orders/{id}/refund/': { finders: 'admins', found: 409, make: makeOrder, json: {} },
  'PATCH /api/admin/webhooks/{id}/': {
    ...{ finders: 'admins', found: 200, make: makeWebhook, json: { enabled: false } },
  },
  'DELETE /api/admin/webhooks/{id}/': { finders: 'admins', found: 204, make: makeWebhook },
  'POST /api/admin/webhooks/{id}/test/': { finders: 'admins', found: 200, make: makeWebhook },
  'GET /api/admin/webhooks/{id}/deliveries/': { finders: 'admins', found: 200, make: makeWebhook },
  'POST /api/admin/webhooks/{id}/deliveries/{delivery_id}/replay/': {
    ...{ finders: 'admins', found: 200, within: newestWebhook, make: makeDelivery },
  },
  'DELETE /api/admin/vouchers/{id}/': { finders: 'admins', found: 204, make: makeVouchers },
  'GET /api/admin/audit/{id}/': { finders: 'admins', found: 200, make: newestEvent },
  'GET /api/admin/chats/{id}/': { finders: 'admins', found: 200, make: makeExchange },
  'GET /v1/models/{name}': { finders: 'all', found: 200, make: () => Promise.resolve('echo') },
};

async function makeConversation(api: TestApi, { auth }: TestAccount): Promise<string> {
  return (await chat(api, auth, 'Mine')).body['conversation_id'] as string;
}

async function makeExchange(api: TestApi, { auth }: TestAccount): Promise<string> {
  await chat(api, auth, 'Mine');
  return (await exchanges(api, auth))[0]?.['id'] as string;
}

async function makeIdentity({ engine, core }: TestApi, { auth }: TestAccount): Promise<string> {
  const { user } = await core.auth.authenticate(auth);
  const identity = { id: newId(), issuer: 'https://login.example.org', subject: user.id, label: null };
  await engine.stores.identityStore.link({ userId: user.id, identity, max: 1 });
  return identity.id;
}

async function makeExchangeWithFile({ engine, core }: TestApi, { auth }: TestAccount): Promise<string> {
  const { user } = await core.auth.authenticate(auth);
  const source = { type: 'base64', mediaType: 'text/plain', data: 'QUJD' } as const;
  const attachments = [{ type: 'file', source, name: null } as const];
  return (await openHold(engine.stores, user.id, { attachments })).exchangeId;
}

async function makeKey(api: TestApi, { auth }: TestAccount): Promise<string> {
  return (await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'Mine' } })).body['id'] as string;
}

async function makeCap(api: TestApi, { auth }: TestAccount): Promise<string> {
  const json = { scope: 'account', window: 'day', limit: 5000 };
  return (await ask(api, 'POST', '/api/me/caps/', { auth, json })).body['id'] as string;
}

async function makeHold(api: TestApi, { auth }: TestAccount): Promise<string> {
  const userId = await idOf(api, auth);
  return (await api.core.metering.reserve({ userId, action: 'tool.search', amount: 1 })).id;
}

async function makeServiceKey(api: TestApi): Promise<string> {
  const { auth } = await newAdmin(api);
  const json = { name: 'Theirs', scopes: ['read'] };
  return (await ask(api, 'POST', '/api/admin/service-keys/', { auth, json })).body['id'] as string;
}

function makeDemoOrder(api: TestApi, owner: TestAccount): Promise<string> {
  return makeOrder(api, owner, 'demo');
}

async function makeOrder(api: TestApi, { auth }: TestAccount, provider = 'stripe'): Promise<string> {
  const order = { ...newOrder(await idOf(api, auth)), provider };
  await api.engine.stores.orderStore.create(order);
  return order.id;
}

async function makeWebhook(api: TestApi): Promise<string> {
  const { auth } = await newAdmin(api);
  const json = { url: 'https://example.com/', types: ['credits.granted'] };
  return (await ask(api, 'POST', '/api/admin/webhooks/', { auth, json })).body['id'] as string;
}

async function newestWebhook({ core }: TestApi): Promise<string> {
  const [newest] = await core.admin.webhooks({ caller: operatorCaller });
  return newest?.id ?? '';
}

/** A delivery of a new endpoint. */
async function makeDelivery(api: TestApi, owner: TestAccount): Promise<string> {
  const webhookId = await makeWebhook(api);
  const { core } = api;
  const { user } = await core.auth.authenticate(owner.auth);
  const caller = operatorCaller;
  await core.ledger.grant({ caller, userId: user.id, amount: 1, reason: 'A gift' });
  const worker = core.events.worker({ caller });
  await worker.run();
  await worker.finished();
  const deliveries = await core.admin.webhookDeliveries({ caller, webhookId }, { limit: 1, before: null });
  return deliveries.results[0]?.id ?? '';
}

/** The registration of the account. */
async function newestEvent(api: TestApi, { username }: TestAccount): Promise<string> {
  const { auth } = await newAdmin(api);
  const { body } = await ask(api, 'GET', `/api/admin/audit/?subject=${username}`, { auth });
  return (body['results'] as { id: string }[])[0]?.id ?? '';
}

async function makeVouchers(api: TestApi): Promise<string> {
  const { auth } = await newAdmin(api);
  const json = { count: 1, credits: 500 };
  return (await ask(api, 'POST', '/api/admin/vouchers/', { auth, json })).body['id'] as string;
}

/** A second session of the owner, who then looks on from the first. */
async function makeSession(api: TestApi, { username, password, auth }: TestAccount): Promise<string> {
  await ask(api, 'POST', '/api/login/', { json: { username, password } });
  const { body } = await ask(api, 'GET', '/api/sessions/', { auth });
  const sessions = body['results'] as { id: string; current: boolean }[];
  return sessions.find(({ current }) => !current)?.id ?? '';
}

async function makePasskey(api: TestApi, owner: TestAccount): Promise<string> {
  const id = newId();
  const userId = await idOf(api, owner.auth);
  await api.engine.stores.passkeyStore.add({
    ...{ userId, id, name: 'A key', credentialId: id, publicKey: 'AA', counter: 0, transports: [] },
    ...{ isBackedUp: false, maxPasskeys: 20, recoveryDigests: [], mustBeFirst: false },
  });
  return id;
}
