import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operatorCaller } from '../../src/domain/auth/caller.js';
import type { Caller } from '../../src/domain/auth/caller.js';
import type { Core } from '../../src/domain/core.js';
import { newId } from '../../src/testing/accounts.js';
import { openEngine, type Engine } from '../adapters/http/engines.js';
import { testApi } from '../adapters/http/test-api.js';

const origin = { address: null, userAgent: null };
const page = { limit: 10, before: null };
const unchanged = { role: undefined, username: undefined, email: undefined };
const vouchers = {
  ...{ count: 1, credits: 5, maxRedemptions: 1, expiresAt: null, creditsTtlMs: null, name: null },
};
const anything = { status: null, model: null, text: null, from: null, to: null };

/** The ids that a use case can be called with: what is malformed or does not exist takes the place of one of them. */
interface Ids {
  userId: string;
  conversationId: string;
  exchangeId: string;
  holdId: string;
  sessionId: string;
  keyId: string;
  identityId: string;
  passkeyId: string;
  capId: string;
  orderId: string;
  batchId: string;
  webhookId: string;
  deliveryId: string;
  eventId: string;
  before: string | null;
}

type Call = (core: Core, ids: Ids, caller: Caller) => Promise<unknown>;

/** Each use case that takes an id, with the ids that it takes. */
const calls: Record<string, { takes: (keyof Ids)[]; call: Call }> = {
  'factors.renamePasskey': {
    takes: ['passkeyId'],
    call: (core, { passkeyId }, caller) =>
      core.factors.renamePasskey({ caller, passkeyId, name: 'My phone', origin }),
  },
  'factors.removePasskey': {
    takes: ['passkeyId'],
    call: (core, { passkeyId }, caller) => core.factors.removePasskey({ caller, passkeyId, origin }),
  },
  'admin.factors': {
    takes: ['userId'],
    call: (core, { userId }, caller) => core.admin.factors({ caller, userId }),
  },
  'admin.resetFactors': {
    takes: ['userId'],
    call: (core, { userId }, caller) => core.admin.resetFactors({ caller, userId, origin }),
  },
  'ledger.balance': {
    takes: ['userId'],
    call: (core, { userId }) => core.ledger.balance({ caller: operatorCaller, userId }),
  },
  'ledger.entries': {
    takes: ['userId', 'before'],
    call: (core, { userId, before }) =>
      core.ledger.entries({ caller: operatorCaller, userId }, { ...page, before }),
  },
  'ledger.lots': {
    takes: ['userId', 'before'],
    call: (core, { userId, before }) =>
      core.ledger.lots({ caller: operatorCaller, userId }, { ...page, before }),
  },
  'ledger.statement': {
    takes: ['userId'],
    call: (core, { userId }) => core.ledger.statement({ caller: operatorCaller, userId, month: null }),
  },
  'orders.list': {
    takes: ['userId', 'before'],
    call: (core, { userId, before }) =>
      core.orders.list({ caller: operatorCaller, userId }, { ...page, before }),
  },
  'orders.read': {
    takes: ['userId', 'orderId'],
    call: (core, ids) => core.orders.read({ caller: operatorCaller, ...ids }),
  },
  'orders.debt': {
    takes: ['userId'],
    call: (core, { userId }) => core.orders.debt({ caller: operatorCaller, userId }),
  },
  'vouchers.redeem': {
    takes: ['userId'],
    call: async (core, { userId }, caller) => {
      const { codes } = await core.admin.createVouchers({ caller, terms: vouchers, origin });
      return core.vouchers.redeem({ caller: operatorCaller, userId, code: codes[0] ?? '', origin });
    },
  },
  'ledger.allowance': {
    takes: ['userId'],
    call: (core, { userId }) => core.ledger.allowance({ caller: operatorCaller, userId }),
  },
  'ledger.grant': {
    takes: ['userId'],
    call: (core, { userId }) =>
      core.ledger.grant({ caller: operatorCaller, userId, amount: 1, reason: 'a gift' }),
  },
  'chat.send': {
    takes: ['userId', 'conversationId'],
    call: (core, { userId, conversationId }) =>
      core.chat.send({ userId, conversation: { id: conversationId }, message: 'Hello' }),
  },
  'chat.stream': {
    takes: ['userId', 'conversationId'],
    call: (core, { userId, conversationId }) =>
      core.chat.stream({ userId, conversation: { id: conversationId }, message: 'Hello' }).next(),
  },
  'chat.follow': {
    takes: ['userId', 'exchangeId'],
    call: (core, ids) => core.chat.follow({ caller: operatorCaller, ...ids }).next(),
  },
  'chat.stop': {
    takes: ['userId', 'exchangeId'],
    call: (core, ids) => core.chat.stop({ caller: operatorCaller, ...ids }),
  },
  'chat.attachment': {
    takes: ['userId', 'exchangeId'],
    call: (core, ids) => core.chat.attachment({ caller: operatorCaller, ...ids, position: 0 }),
  },
  'chat.exchange': {
    takes: ['userId', 'exchangeId'],
    call: (core, ids) => core.chat.exchange({ caller: operatorCaller, ...ids }),
  },
  'chat.exchanges': {
    takes: ['userId', 'before'],
    call: (core, { userId, before }) =>
      core.chat.exchanges({ caller: operatorCaller, userId }, { ...page, before }),
  },
  'chat.conversations': {
    takes: ['userId', 'before'],
    call: (core, { userId, before }) =>
      core.chat.conversations({ caller: operatorCaller, userId }, { ...page, before }),
  },
  'chat.searchConversations': {
    takes: ['userId', 'before'],
    call: (core, { before, userId }) =>
      core.chat.searchConversations(
        { caller: operatorCaller, userId, filter: { text: null, isPinned: true } },
        { ...page, before },
      ),
  },
  'chat.conversation': {
    takes: ['userId', 'conversationId', 'before'],
    call: (core, { before, ...ids }) =>
      core.chat.conversation({ caller: operatorCaller, ...ids }, { ...page, before }),
  },
  'chat.changeConversation': {
    takes: ['userId', 'conversationId'],
    call: (core, ids) =>
      core.chat.changeConversation({ caller: operatorCaller, ...ids, change: { title: 'Another' } }),
  },
  'chat.eraseConversation': {
    takes: ['userId', 'conversationId'],
    call: (core, ids) => core.chat.eraseConversation({ caller: operatorCaller, ...ids }),
  },
  'metering.spend': {
    takes: ['userId'],
    call: (core, { userId }) => core.metering.spend({ userId, action: 'export.pdf', amount: 1 }),
  },
  'metering.reserve': {
    takes: ['userId'],
    call: (core, { userId }) => core.metering.reserve({ userId, action: 'export.pdf', amount: 1 }),
  },
  'metering.settle': {
    takes: ['holdId'],
    call: (core, { holdId }) => core.metering.settle({ holdId, amount: 1 }),
  },
  'metering.release': {
    takes: ['holdId'],
    call: (core, { holdId }) => core.metering.release({ holdId }),
  },
  'metering.renew': {
    takes: ['holdId'],
    call: (core, { holdId }) => core.metering.renew({ holdId, ttlMs: 60_000 }),
  },
  'auth.endSession': {
    takes: ['sessionId'],
    call: (core, { sessionId }, caller) => core.auth.endSession({ caller, sessionId, origin }),
  },
  'caps.remove': {
    takes: ['capId'],
    call: (core, { capId }, caller) => core.caps.remove({ caller, capId, origin }),
  },
  'auth.removeKey': {
    takes: ['keyId'],
    call: (core, { keyId }, caller) => core.auth.removeKey({ caller, keyId, origin }),
  },
  'admin.setPassword': {
    takes: ['userId'],
    call: (core, { userId }, caller) =>
      core.admin.setPassword({ caller, userId, newPassword: 'AnotherPass456!', keepsKeys: false, origin }),
  },
  'admin.changeAccount': {
    takes: ['userId'],
    call: (core, { userId }, caller) =>
      core.admin.changeAccount({ caller, userId, ...unchanged, status: 'disabled', origin }),
  },
  'admin.adjustBalance': {
    takes: ['userId'],
    call: (core, { userId }, caller) =>
      core.admin.adjustBalance({ caller, userId, amount: 1, reason: 'a gift', idempotencyKey: null, origin }),
  },
  'admin.sessions': {
    takes: ['userId'],
    call: (core, { userId }, caller) => core.admin.sessions({ caller, userId }),
  },
  'admin.endSession': {
    takes: ['userId', 'sessionId'],
    call: (core, { userId, sessionId }, caller) =>
      core.admin.endSession({ caller, userId, sessionId, origin }),
  },
  'admin.endSessions': {
    takes: ['userId'],
    call: (core, { userId }, caller) =>
      core.admin.endSessions({ caller, userId, includesKeys: true, origin }),
  },
  'admin.lots': {
    takes: ['userId', 'before'],
    call: (core, { userId, before }, caller) => core.admin.lots({ caller, userId }, { ...page, before }),
  },
  'admin.allowance': {
    takes: ['userId'],
    call: (core, { userId }, caller) => core.admin.allowance({ caller, userId }),
  },
  'admin.setAllowance': {
    takes: ['userId'],
    call: (core, { userId }, caller) =>
      core.admin.setAllowance({ caller, userId, allowance: { amount: 5, every: 'day' }, origin }),
  },
  'admin.removeAllowance': {
    takes: ['userId'],
    call: (core, { userId }, caller) => core.admin.removeAllowance({ caller, userId, origin }),
  },
  'identities.unlink': {
    takes: ['identityId'],
    call: (core, { identityId }, caller) => core.identities.unlink({ caller, identityId, origin }),
  },
  'admin.identities': {
    takes: ['userId'],
    call: (core, { userId }, caller) => core.admin.identities({ caller, userId }),
  },
  'admin.removeIdentity': {
    takes: ['userId', 'identityId'],
    call: (core, { userId, identityId }, caller) =>
      core.admin.removeIdentity({ caller, userId, identityId, origin }),
  },
  'admin.keys': {
    takes: ['userId'],
    call: (core, { userId }, caller) => core.admin.keys({ caller, userId }),
  },
  'admin.removeKey': {
    takes: ['userId', 'keyId'],
    call: (core, { userId, keyId }, caller) => core.admin.removeKey({ caller, userId, keyId, origin }),
  },
  'admin.removeServiceKey': {
    takes: ['keyId'],
    call: (core, { keyId }, caller) => core.admin.removeServiceKey({ caller, keyId, origin }),
  },
  'admin.caps': {
    takes: ['userId'],
    call: (core, { userId }, caller) => core.admin.caps({ caller, userId }),
  },
  'admin.setCap': {
    takes: ['userId'],
    call: (core, { userId }, caller) =>
      core.admin.setCap({ caller, userId, cap: { scope: 'account', window: 'day', limit: 5 }, origin }),
  },
  'admin.removeCap': {
    takes: ['userId', 'capId'],
    call: (core, { userId, capId }, caller) => core.admin.removeCap({ caller, userId, capId, origin }),
  },
  'admin.removeKeys': {
    takes: ['userId'],
    call: (core, { userId }, caller) => core.admin.removeKeys({ caller, userId, origin }),
  },
  'admin.changeWebhook': {
    takes: ['webhookId'],
    call: (core, { webhookId }, caller) =>
      core.admin.changeWebhook({ caller, webhookId, isEnabled: true, origin }),
  },
  'admin.removeWebhook': {
    takes: ['webhookId'],
    call: (core, { webhookId }, caller) => core.admin.removeWebhook({ caller, webhookId, origin }),
  },
  'admin.orders': {
    takes: ['before'],
    call: (core, { before }, caller) =>
      core.admin.orders({ caller, ...anything, user: null }, { ...page, before }),
  },
  'admin.order': {
    takes: ['orderId'],
    call: (core, { orderId }, caller) => core.admin.order({ caller, orderId }),
  },
  'admin.refundOrder': {
    takes: ['orderId'],
    call: (core, { orderId }, caller) => core.admin.refundOrder({ caller, orderId, origin }),
  },
  'admin.vouchers': {
    takes: ['before'],
    call: (core, { before }, caller) => core.admin.vouchers({ caller }, { ...page, before }),
  },
  'admin.endVouchers': {
    takes: ['batchId'],
    call: (core, { batchId }, caller) => core.admin.endVouchers({ caller, batchId, origin }),
  },
  'admin.testWebhook': {
    takes: ['webhookId'],
    call: (core, { webhookId }, caller) => core.admin.testWebhook({ caller, webhookId, origin }),
  },
  'admin.webhookDeliveries': {
    takes: ['webhookId', 'before'],
    call: (core, { webhookId, before }, caller) =>
      core.admin.webhookDeliveries({ caller, webhookId }, { ...page, before }),
  },
  'admin.replayDelivery': {
    takes: ['webhookId', 'deliveryId'],
    call: (core, { webhookId, deliveryId }, caller) =>
      core.admin.replayDelivery({ caller, webhookId, deliveryId, origin }),
  },
  'admin.erase': {
    takes: ['userId'],
    call: (core, { userId }, caller) => core.admin.erase({ caller, userId, origin }),
  },
  'admin.user': {
    takes: ['userId'],
    call: (core, { userId }, caller) => core.admin.user({ caller, userId }),
  },
  'admin.exchange': {
    takes: ['exchangeId'],
    call: (core, { exchangeId }, caller) => core.admin.exchange({ caller, exchangeId }),
  },
  'admin.exchanges': {
    takes: ['before'],
    call: (core, { before }, caller) =>
      core.admin.exchanges({ caller, ...anything, user: null }, { ...page, before }),
  },
  'admin.auditEvent': {
    takes: ['eventId'],
    call: (core, { eventId }, caller) => core.admin.auditEvent({ caller, eventId }),
  },
  'admin.entries': {
    takes: ['before'],
    call: (core, { before }, caller) =>
      core.admin.entries({ caller, ...anything, kind: null, user: null }, { ...page, before }),
  },
  'admin.auditEvents': {
    takes: ['before'],
    call: (core, { before }, caller) =>
      core.admin.auditEvents(
        { caller, ...anything, action: null, actor: null, subject: null },
        { ...page, before },
      ),
  },
};

/** The use cases that take no id, or an account in place of one. */
const withoutId = [
  ...[
    'signInOptions',
    'startSignIn',
    'finishSignIn',
    'startLink',
    'finishLink',
    'startProof',
    'finishProof',
    'hasPassword',
    'list',
    'signOutAddress',
  ].map((useCase) => `identities.${useCase}`),
  'orders.create',
  'orders.packages',
  'orders.poll',
  'orders.receiveEvent',
  'admin.createVouchers',
  'admin.paymentProblems',
  ...[
    'register',
    'adopt',
    'eraseAdopted',
    'find',
    'requestVerification',
    'verifyEmail',
    'cancelEmailChange',
  ].map((name) => `users.${name}`),
  ...['notifications', 'changeNotifications', 'changeProfile', 'pendingEmail', 'exportAccount', 'erase'].map(
    (name) => `users.${name}`,
  ),
  ...[
    'signIn',
    'callerOfHost',
    'authenticate',
    'identify',
    'refresh',
    'signOut',
    'changePassword',
    'sessions',
    'endOtherSessions',
  ].map((name) => `auth.${name}`),
  ...[
    'addPasskey',
    'addPasskeyAtSignIn',
    'complete',
    'confirmAtSignIn',
    'confirmTotp',
    'list',
    'prove',
    'removeTotp',
    'replaceRecoveryCodes',
    'requestPasskey',
    'requestPasskeyAtSignIn',
    'requestProof',
    'setUpAtSignIn',
    'setUpPasskey',
    'setUpTotp',
    'signInByPasskey',
  ].map((name) => `factors.${name}`),
  ...['createKey', 'keys', 'requestReset', 'resetPassword', 'purgeExpired'].map((name) => `auth.${name}`),
  ...[
    'ledger.audit',
    'ledger.expireLots',
    'chat.models',
    'chat.countInput',
    'chat.expireHolds',
    'caps.list',
    'caps.set',
  ],
  ...[
    'createAccount',
    'statistics',
    'models',
    'users',
    'createAdmin',
    'issueFirstAdminLink',
    'createFirstAdmin',
  ].map((name) => `admin.${name}`),
  ...['worker', 'counts', 'purge'].map((name) => `events.${name}`),
  ...['createWebhook', 'webhooks', 'importAccounts', 'createServiceKey', 'serviceKeys'].map(
    (name) => `admin.${name}`,
  ),
];

const malformed = [
  '',
  'jane_doe',
  '1',
  '01a22909-d400-777a-ab48-0415fba2c36',
  '01a22909d400777aab480415fba2c36e',
  '{01a22909-d400-777a-ab48-0415fba2c36e}',
  '01a22909-d400-777a-ab48-0415fba2c36e\n',
  "' or true --",
  '\0',
  '\ud800',
];

test.each(['memory', 'embedded', 'postgres'] as const)(
  'every use case of the core is in the table: %s',
  async (name) => {
    const engine = await openEngine(name);
    const { core } = testApi(engine);
    const groups = Object.entries(core).filter(
      ([group, members]) => group !== 'limits' && group !== 'unit' && typeof members === 'object',
    );
    const names = groups.flatMap(([group, members]) =>
      Object.keys(members).map((member) => `${group}.${member}`),
    );
    expect(names.sort()).toEqual([...Object.keys(calls), ...withoutId].sort());
    await engine.close();
  },
);

describe.each(['memory', 'embedded', 'postgres'] as const)('on the engine %s', (name) => {
  let engine: Engine;
  let core: Core;
  let caller: Caller;
  let known: Ids;

  beforeAll(async () => {
    engine = await openEngine(name);
    ({ core } = testApi(engine));
    const registered = await core.users.register({
      username: 'jane_doe',
      password: 'StrongPass123!',
      email: null,
      origin,
    });
    const admin = { username: 'root', password: 'StrongPass123!', email: null };
    await core.admin.createAdmin({ ...admin, caller: operatorCaller });
    const signedIn = await core.auth.signIn({ name: 'root', password: admin.password, origin });
    caller = await core.auth.authenticate(signedIn.session.accessSecret);
    const { id: userId } = registered.user;
    const sent = await core.chat.send({ userId, message: 'Hello' });
    const hold = await core.metering.reserve({ userId, action: 'image.generate', amount: 5 });
    const [session] = await core.admin.sessions({ caller, userId });
    const webhook = { caller, url: 'https://example.com/', types: ['order.paid'], origin } as const;
    const { endpoint } = await core.admin.createWebhook(webhook);
    known = {
      userId,
      conversationId: sent.conversationId ?? '',
      exchangeId: sent.exchangeId,
      holdId: hold.id,
      sessionId: session?.id ?? '',
      keyId: newId(),
      identityId: newId(),
      passkeyId: newId(),
      capId: newId(),
      orderId: newId(),
      batchId: newId(),
      webhookId: endpoint.id,
      deliveryId: newId(),
      eventId: newId(),
      before: null,
    };
  });
  afterAll(() => engine.close());

  const cases = Object.entries(calls).flatMap(([useCase, { takes, call }]) =>
    takes.map((id) => ({ useCase, id, call })),
  );

  test.each(cases)('$useCase with a malformed $id is not_found', async ({ id, call }) => {
    for (const text of malformed) {
      await expect(call(core, { ...known, [id]: text }, caller)).rejects.toMatchObject({ code: 'not_found' });
    }
    for (const value of [undefined, 7, {}, ['a']]) {
      if (id === 'before' || id === 'conversationId') continue;
      const attempt = async () => call(core, { ...known, [id]: value as never }, caller);
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  const unknown = cases.filter(({ useCase, id }) => id !== 'before' && useCase !== 'users.pendingEmail');

  test.each(unknown)('$useCase with an unknown $id is not_found', async ({ id, call }) => {
    const attempt = call(core, { ...known, [id]: newId() }, caller);
    await expect(attempt).rejects.toMatchObject({ code: 'not_found' });
  });

  test('an id in capitals is the same id', async () => {
    expect(await core.ledger.balance({ caller: operatorCaller, userId: known.userId.toUpperCase() })).toEqual(
      await core.ledger.balance({ caller: operatorCaller, userId: known.userId }),
    );
  });

  test('an account with empty lists is found', async () => {
    const { user } = await core.users.register({
      username: 'john_doe',
      password: 'StrongPass123!',
      email: null,
      origin,
    });
    const owner = { caller: operatorCaller, userId: user.id };
    expect(await core.chat.exchanges(owner, page)).toEqual({ results: [], next: null });
    expect(await core.chat.conversations(owner, page)).toEqual({ results: [], next: null });
  });
});
