import { expect, test } from 'vitest';
import { echoModel } from '../../src/adapters/ai/echo.js';
import { uuidIds, nodeSecrets, systemClock } from '../../src/adapters/system/system.js';
import { memoryStores } from '../../src/adapters/memory/memory-stores.js';
import {
  operatorCaller,
  type AdminCaller,
  type Caller,
  type ServiceCaller,
} from '../../src/domain/auth/caller.js';
import type { ServiceScope } from '../../src/domain/auth/service-key.js';
import { createCore, type Core } from '../../src/domain/core.js';
import { fakeProvider, responseTo } from './identities/fake-provider.js';
import { DomainError, type ErrorKind } from '../../src/domain/errors.js';
import type { Package } from '../../src/domain/orders/package.js';
import type { User } from '../../src/domain/users/user.js';
import type { PasskeyVerifier } from '../../src/ports/passkey-verifier.js';
import type { SecretCipher } from '../../src/ports/secret-cipher.js';
import type { TotpCodes } from '../../src/ports/totp-codes.js';
import type { Payments } from '../../src/ports/payments.js';
import type { PasswordHasher } from '../../src/ports/password-hasher.js';

const origin = { address: null, userAgent: null };
const page = { limit: 100, before: null };
const password = 'StrongPass123!';
const anything = { status: null, model: null, text: null, from: null, to: null };

/** Who may call a use case, and on what. */
type Access =
  /** Every caller; the use case reads and changes nothing of an account, or only with its password or a secret. */
  | 'public'
  /** The host program says whose account it is, by an id: the use case reaches nothing of another account. */
  | 'account id'
  /** Every account, for itself. */
  | 'account'
  /** Every account, for itself, with a session: not with an API key. */
  | 'session'
  /** The account itself, administrators, service keys with the scope, and the operator; other accounts get `not_found`. */
  | 'reader'
  /** The account itself and the operator; other accounts get `not_found`. */
  | 'owner'
  /** Administrators, also with an API key, and the operator; no service key. */
  | 'administrator'
  /** Administrators, also with an API key, service keys with the scope, and the operator. */
  | 'administrator, read'
  | 'administrator, grants'
  | 'administrator, metering'
  /** Administrators with a session, and the operator. */
  | 'administrator with a session'
  | 'operator';

type AdminAccess = Extract<Access, `administrator${string}`>;

/** The ids of what an account has. */
interface Belongings {
  user: User;
  userId: string;
  conversationId: string;
  exchangeId: string;
  holdId: string;
  sessionId: string;
  keyId: string;
  identityId: string;
  capId: string;
  /** An order that is paid. */
  orderId: string;
}

/** An account by both of its callers, and what it has. */
interface Account extends Belongings {
  session: Caller;
  key: Caller;
}

interface UseCase {
  access: Access;
  /** Calls the use case as `caller`, on what `of` has. */
  call: (core: Core, of: Belongings, caller: never) => unknown;
}

function publicUse(call: (core: Core, of: Belongings) => unknown): UseCase {
  return { access: 'public', call };
}

function byAccountId(call: (core: Core, of: Belongings) => unknown): UseCase {
  return { access: 'account id', call };
}

function byAccount(
  access: 'account' | 'session',
  call: (core: Core, caller: Caller, of: Belongings) => unknown,
): UseCase {
  return { access, call: (core, of, caller) => call(core, caller, of) };
}

function byAdmin(
  access: AdminAccess,
  call: (core: Core, caller: AdminCaller, of: Belongings) => unknown,
): UseCase {
  return { access, call: (core, of, caller) => call(core, caller, of) };
}

function byReader(call: (core: Core, caller: AdminCaller, of: Belongings) => unknown): UseCase {
  return { access: 'reader', call: (core, of, caller) => call(core, caller, of) };
}

function byOwner(call: (core: Core, caller: AdminCaller, of: Belongings) => unknown): UseCase {
  return { access: 'owner', call: (core, of, caller) => call(core, caller, of) };
}

function byOperator(call: (core: Core, caller: typeof operatorCaller, of: Belongings) => unknown): UseCase {
  return { access: 'operator', call: (core, of, caller) => call(core, caller, of) };
}

/** A use case that rejects a caller without the right secret or password. */
function bySecret(kind: ErrorKind, call: (core: Core) => Promise<unknown>): UseCase {
  return publicUse(async (core) => {
    await expect(call(core)).rejects.toMatchObject({ kind });
  });
}

const cap = { scope: 'account', window: 'day', limit: 500 } as const;
const vouchers = {
  ...{ count: 1, credits: 5, maxRedemptions: 1, expiresAt: null, creditsTtlMs: null, name: null },
};
const rightCode = '123456';
const totpCodes: TotpCodes = {
  createSecret: () => 'a secret',
  uriOf: () => 'otpauth://totp/test',
  matchingStep: (_secret, code) => (code === rightCode ? 7 : null),
};
const secretCipher: SecretCipher = { seal: (text) => text, open: (sealed) => sealed };

/** Passkeys whose responses name their challenge, and are always right. */
const passkeyVerifier: PasskeyVerifier = {
  creationOptions: ({ challenge }) => Promise.resolve({ challenge }),
  requestOptions: ({ challenge }) => Promise.resolve({ challenge }),
  read: ({ challenge }) =>
    typeof challenge === 'string' ? { challenge, credentialId: challenge, userId: null } : null,
  verifyCreation: (_response, credentialId) =>
    Promise.resolve({ credentialId, publicKey: 'AA', counter: 0, transports: [], isBackedUp: false }),
  verifyUse: () => Promise.resolve({ counter: 1, isBackedUp: false }),
};

async function addPasskey(core: Core, caller: Caller) {
  const response = await core.factors.setUpPasskey({ caller, origin });
  return core.factors.addPasskey({ caller, name: 'My phone', response, origin });
}

const webhook = { url: 'https://receiver.example/events', types: ['account.created'] } as const;
const sold: Package = {
  ...{ id: 'small', name: 'Small', credits: 100, price: 500, currency: 'eur' },
  ...{ bonusCredits: 0, bonusExpiresAfterMs: null, expiresAfterMs: null, limitPerAccount: null },
};

/** A provider that states what its events claim, if they have a body. */
const payments: Payments = {
  provider: 'test',
  createCheckout: ({ orderId }) => Promise.resolve({ id: orderId, url: 'https://provider.example/pay' }),
  readEvent: (rawBody) => {
    if (rawBody.length === 0) throw new DomainError('invalid_signature', 'The signature is wrong.');
    const orderId = new TextDecoder().decode(rawBody);
    return Promise.resolve({
      ...{ kind: 'paid', id: orderId, orderId, paymentId: orderId, amount: sold.price },
      ...{ currency: sold.currency, occurredAt: new Date() },
    });
  },
  eventsSince: () => Promise.resolve({ facts: [], cursor: '', hasMore: false }),
  refund: () => Promise.resolve(null),
};

async function linkIdentity(core: Core, caller: Caller, subject: string): Promise<void> {
  const started = await core.identities.startLink({ caller, providerId: 'school', origin });
  await core.identities.finishLink({ caller, ...responseTo(started, { subject }), origin });
}

async function webhookOf(core: Core): Promise<string> {
  const { endpoint } = await core.admin.createWebhook({ caller: operatorCaller, ...webhook, origin });
  return endpoint.id;
}

const useCases: Record<string, UseCase> = {
  'users.register': publicUse((core) =>
    core.users.register({ username: 'new_user', password, email: null, origin }),
  ),
  'users.adopt': byAccountId((core, { userId }) => core.users.adopt({ foreignId: userId })),
  'auth.callerOfHost': byAccountId((core, { userId }) => core.auth.callerOfHost({ foreignId: userId })),
  'users.eraseAdopted': byAccountId(async (core) => {
    await core.users.adopt({ foreignId: 'jane_doe' });
    await core.users.eraseAdopted({ foreignId: 'jane_doe' });
  }),
  'users.find': byAdmin('administrator, read', (core, caller, { user }) =>
    core.users.find({ caller, username: user.username }),
  ),
  'users.requestVerification': byAccount('session', (core, caller) =>
    core.users.requestVerification({ caller, origin }),
  ),
  'users.verifyEmail': bySecret('invalid', (core) =>
    core.users.verifyEmail({ confirmationSecret: 'x', origin }),
  ),
  'users.cancelEmailChange': bySecret('invalid', (core) =>
    core.users.cancelEmailChange({ cancellationSecret: 'x', origin }),
  ),
  'users.pendingEmail': byAccount('account', (core, caller) => core.users.pendingEmail({ caller })),
  'users.changeProfile': byAccount('session', (core, caller) =>
    core.users.changeProfile({
      caller,
      username: 'another_name',
      email: undefined,
      currentPassword: password,
      origin,
    }),
  ),
  'users.notifications': byAccount('account', (core, caller) => core.users.notifications({ caller })),
  'users.changeNotifications': byAccount('session', (core, caller) =>
    core.users.changeNotifications({ caller, change: { lowBalance: 500 } }),
  ),
  'users.exportAccount': byAccount('account', (core, caller) => core.users.exportAccount({ caller })),
  'users.erase': byAccount('session', (core, caller) =>
    core.users.erase({ caller, currentPassword: password, origin }),
  ),

  'auth.signIn': bySecret('unauthenticated', (core) =>
    core.auth.signIn({ name: 'jane_doe', password: 'wrong', origin }),
  ),
  'auth.authenticate': bySecret('unauthenticated', (core) => core.auth.authenticate('x')),
  'auth.identify': bySecret('unauthenticated', (core) => core.auth.identify('x')),
  'auth.refresh': bySecret('unauthenticated', (core) => core.auth.refresh({ refreshSecret: 'x', origin })),
  'auth.signOut': byAccount('session', (core, caller) => core.auth.signOut({ caller, origin })),
  'auth.changePassword': byAccount('session', (core, caller) =>
    core.auth.changePassword({
      caller,
      currentPassword: password,
      newPassword: 'AnotherPass456!',
      keepsKeys: false,
      origin,
    }),
  ),
  'auth.sessions': byAccount('account', (core, caller) => core.auth.sessions(caller)),
  'auth.endSession': byAccount('session', (core, caller, { sessionId }) =>
    core.auth.endSession({ caller, sessionId, origin }),
  ),
  'auth.endOtherSessions': byAccount('session', (core, caller) =>
    core.auth.endOtherSessions({ caller, includesKeys: true, origin }),
  ),
  'auth.createKey': byAccount('session', (core, caller) =>
    core.auth.createKey({ caller, name: 'a script', expiresAt: null, origin }),
  ),
  'auth.keys': byAccount('account', (core, caller) => core.auth.keys(caller)),
  'auth.removeKey': byAccount('session', (core, caller, { keyId }) =>
    core.auth.removeKey({ caller, keyId, origin }),
  ),
  'auth.requestReset': publicUse((core) => core.auth.requestReset({ email: 'jane@example.test', origin })),
  'auth.resetPassword': bySecret('invalid', (core) =>
    core.auth.resetPassword({ resetSecret: 'x', newPassword: 'AnotherPass456!', origin }),
  ),
  'auth.purgeExpired': byOperator((core, caller) => core.auth.purgeExpired({ caller })),

  'identities.startSignIn': publicUse((core) => core.identities.startSignIn({ providerId: 'school' })),
  'identities.finishSignIn': bySecret('invalid', (core) =>
    core.identities.finishSignIn({
      ...{ providerId: 'school', browserSecret: 'x', parameters: { state: 'x' } },
      origin,
    }),
  ),
  'identities.startLink': byAccount('session', (core, caller) =>
    core.identities.startLink({ caller, providerId: 'school', origin }),
  ),
  'identities.finishLink': byAccount('session', (core, caller) =>
    linkIdentity(core, caller, 'another subject'),
  ),
  'identities.startProof': byAccount('session', (core, caller) =>
    core.identities.startProof({ caller, providerId: 'school' }),
  ),
  'identities.finishProof': byAccount('session', async (core, caller) => {
    await linkIdentity(core, caller, 'proved subject');
    const started = await core.identities.startProof({ caller, providerId: 'school' });
    await core.identities.finishProof({ caller, ...responseTo(started, { subject: 'proved subject' }) });
  }),
  'identities.hasPassword': byAccount('account', (core, caller) => core.identities.hasPassword({ caller })),
  'identities.list': byAccount('session', (core, caller) => core.identities.list({ caller })),
  'identities.unlink': byAccount('session', (core, caller, { identityId }) =>
    core.identities.unlink({ caller, identityId, origin }),
  ),
  'identities.signOutAddress': publicUse((core) =>
    core.identities.signOutAddress({ providerId: 'none', hint: null }),
  ),
  'factors.complete': bySecret('unauthenticated', (core) =>
    core.factors.complete({ challengeSecret: 'x', factor: { method: 'totp', code: '123456' }, origin }),
  ),
  'factors.setUpAtSignIn': bySecret('unauthenticated', (core) =>
    core.factors.setUpAtSignIn({ challengeSecret: 'x' }),
  ),
  'factors.confirmAtSignIn': bySecret('unauthenticated', (core) =>
    core.factors.confirmAtSignIn({ challengeSecret: 'x', code: '123456', origin }),
  ),
  'factors.requestPasskeyAtSignIn': bySecret('unauthenticated', (core) =>
    core.factors.requestPasskeyAtSignIn({ challengeSecret: 'x' }),
  ),
  'factors.addPasskeyAtSignIn': bySecret('unauthenticated', (core) =>
    core.factors.addPasskeyAtSignIn({ challengeSecret: 'x', name: 'My key', response: {}, origin }),
  ),
  'factors.requestPasskey': publicUse((core) => core.factors.requestPasskey({ challengeSecret: null })),
  'factors.signInByPasskey': bySecret('unauthenticated', (core) =>
    core.factors.signInByPasskey({ response: {}, origin }),
  ),
  'factors.list': byAccount('account', (core, caller) => core.factors.list({ caller })),
  'factors.setUpTotp': byAccount('session', (core, caller) => core.factors.setUpTotp({ caller, origin })),
  'factors.confirmTotp': byAccount('session', async (core, caller) => {
    await core.factors.setUpTotp({ caller, origin });
    await core.factors.confirmTotp({ caller, code: rightCode, origin });
  }),
  'factors.removeTotp': byAccount('session', async (core, caller) => {
    await core.factors.setUpTotp({ caller, origin });
    await core.factors.removeTotp({ caller, origin });
  }),
  'factors.replaceRecoveryCodes': byAccount('session', async (core, caller) => {
    await core.factors.setUpTotp({ caller, origin });
    await core.factors.confirmTotp({ caller, code: rightCode, origin });
    await core.factors.replaceRecoveryCodes({ caller, origin });
  }),
  'factors.setUpPasskey': byAccount('session', (core, caller) =>
    core.factors.setUpPasskey({ caller, origin }),
  ),
  'factors.addPasskey': byAccount('session', (core, caller) => addPasskey(core, caller)),
  'factors.renamePasskey': byAccount('session', async (core, caller) => {
    const { passkey } = await addPasskey(core, caller);
    await core.factors.renamePasskey({ caller, passkeyId: passkey.id, name: 'Another name', origin });
  }),
  'factors.removePasskey': byAccount('session', async (core, caller) => {
    const { passkey } = await addPasskey(core, caller);
    await core.factors.removePasskey({ caller, passkeyId: passkey.id, origin });
  }),
  'factors.prove': byAccount('session', (core, caller) =>
    core.factors.prove({ caller, proof: { method: 'password', password }, origin }),
  ),
  'factors.requestProof': byAccount('session', (core, caller) => core.factors.requestProof({ caller })),

  'ledger.balance': byReader((core, caller, { userId }) => core.ledger.balance({ caller, userId })),
  'ledger.entries': byReader((core, caller, { userId }) => core.ledger.entries({ caller, userId }, page)),
  'ledger.lots': byReader((core, caller, { userId }) => core.ledger.lots({ caller, userId }, page)),
  'ledger.statement': byReader((core, caller, { userId }) =>
    core.ledger.statement({ caller, userId, month: null }),
  ),
  'ledger.allowance': byReader((core, caller, { userId }) => core.ledger.allowance({ caller, userId })),
  'ledger.expireLots': byOperator((core, caller) => core.ledger.expireLots({ caller })),
  'ledger.grant': byOperator((core, caller, { userId }) =>
    core.ledger.grant({ caller, userId, amount: 1, reason: 'a gift' }),
  ),
  'ledger.audit': byAdmin('administrator, read', (core, caller) => core.ledger.audit({ caller })),

  'chat.send': byAccountId((core, { userId, conversationId }) =>
    core.chat.send({ userId, conversation: { id: conversationId }, message: 'Hello again' }),
  ),
  'chat.stream': byAccountId((core, { userId, conversationId }) =>
    core.chat.stream({ userId, conversation: { id: conversationId }, message: 'Hello again' }),
  ),
  'chat.follow': byReader((core, caller, { userId, exchangeId }) =>
    core.chat.follow({ caller, userId, exchangeId }).next(),
  ),
  'chat.stop': byOwner((core, caller, { userId, exchangeId }) =>
    core.chat.stop({ caller, userId, exchangeId }),
  ),
  'chat.countInput': publicUse((core) =>
    core.chat.countInput({
      model: 'echo',
      apiKey: null,
      completionOptions: { messages: [], maxOutputTokens: null, sampling: {}, tools: [], toolChoice: null },
    }),
  ),
  'chat.models': publicUse((core) => core.chat.models()),
  'chat.exchange': byReader((core, caller, { userId, exchangeId }) =>
    core.chat.exchange({ caller, userId, exchangeId }),
  ),
  'chat.attachment': byReader((core, caller, { userId, exchangeId }) =>
    core.chat.attachment({ caller, userId, exchangeId, position: 0 }),
  ),
  'chat.exchanges': byReader((core, caller, { userId }) => core.chat.exchanges({ caller, userId }, page)),
  'chat.conversations': byReader((core, caller, { userId }) =>
    core.chat.conversations({ caller, userId }, page),
  ),
  'chat.searchConversations': byReader((core, caller, { userId }) =>
    core.chat.searchConversations({ caller, userId, filter: { text: 'a', isPinned: null } }, page),
  ),
  'chat.conversation': byReader((core, caller, { userId, conversationId }) =>
    core.chat.conversation({ caller, userId, conversationId }, page),
  ),
  'chat.changeConversation': byOwner((core, caller, { userId, conversationId }) =>
    core.chat.changeConversation({ caller, userId, conversationId, change: { title: 'Another title' } }),
  ),
  'chat.eraseConversation': byOwner((core, caller, { userId, conversationId }) =>
    core.chat.eraseConversation({ caller, userId, conversationId }),
  ),
  'chat.expireHolds': byOperator((core, caller) => core.chat.expireHolds({ caller, everyOpen: true })),

  'orders.create': byAccount('account', (core, caller) => core.orders.create({ caller, packageId: sold.id })),
  'orders.list': byReader((core, caller, { userId }) => core.orders.list({ caller, userId }, page)),
  'orders.read': byReader((core, caller, { userId, orderId }) =>
    core.orders.read({ caller, userId, orderId }),
  ),
  'orders.debt': byReader((core, caller, { userId }) => core.orders.debt({ caller, userId })),
  'orders.receiveEvent': bySecret('invalid', (core) =>
    core.orders.receiveEvent({ rawBody: new Uint8Array(), headers: {} }),
  ),
  'orders.poll': byOperator((core, caller) => core.orders.poll({ caller })),
  'vouchers.redeem': byOwner(async (core, caller, { userId }) => {
    const { codes } = await core.admin.createVouchers({ caller: operatorCaller, terms: vouchers, origin });
    await core.vouchers.redeem({ caller, userId, code: codes[0] ?? '', origin });
  }),
  'events.worker': byOperator((core, caller) => core.events.worker({ caller }).run()),
  'events.counts': byOperator((core, caller) => core.events.counts({ caller })),
  'events.purge': byOperator((core, caller) => core.events.purge({ caller })),

  'caps.list': byAccount('account', (core, caller) => core.caps.list(caller)),
  'caps.set': byAccount('session', (core, caller) => core.caps.set({ caller, cap, origin })),
  'caps.remove': byAccount('session', (core, caller, { capId }) =>
    core.caps.remove({ caller, capId, origin }),
  ),
  'metering.spend': byAdmin('administrator, metering', (core, caller, { userId }) =>
    core.metering.spend({ caller, userId, action: 'export.pdf', amount: 1 }),
  ),
  'metering.reserve': byAdmin('administrator, metering', (core, caller, { userId }) =>
    core.metering.reserve({ caller, userId, action: 'export.pdf', amount: 1 }),
  ),
  'metering.settle': byAdmin('administrator, metering', (core, caller, { holdId }) =>
    core.metering.settle({ caller, holdId, amount: 1 }),
  ),
  'metering.release': byAdmin('administrator, metering', (core, caller, { holdId }) =>
    core.metering.release({ caller, holdId }),
  ),
  'metering.renew': byAdmin('administrator, metering', (core, caller, { holdId }) =>
    core.metering.renew({ caller, holdId, ttlMs: 60_000 }),
  ),

  'limits.chat': publicUse((core, { userId }) => core.limits.chat(userId)),
  'limits.order': publicUse((core, { userId }) => core.limits.order(userId)),
  'limits.inputCount': publicUse((core, { userId }) => core.limits.inputCount(userId)),
  'limits.service': publicUse((core) => core.limits.service('01900000-0000-7000-8000-000000000000')),
  'limits.register': publicUse((core) => core.limits.register(null)),
  'limits.passkeySignIn': publicUse((core) => core.limits.passkeySignIn(null)),
  'limits.refresh': publicUse((core) => core.limits.refresh(null)),
  'limits.providerSignIn': publicUse((core) => core.limits.providerSignIn(null)),
  'limits.forgot': publicUse((core) => core.limits.forgot({ email: 'jane@example.test', address: null })),

  'admin.orders': byAdmin('administrator, read', (core, caller) =>
    core.admin.orders({ caller, ...anything, user: null }, page),
  ),
  'admin.order': byAdmin('administrator, read', (core, caller, { orderId }) =>
    core.admin.order({ caller, orderId }),
  ),
  'admin.refundOrder': byAdmin('administrator', (core, caller, { orderId }) =>
    core.admin.refundOrder({ caller, orderId, amount: 1, origin }),
  ),
  'admin.paymentProblems': byAdmin('administrator, read', (core, caller) =>
    core.admin.paymentProblems({ caller }, page),
  ),
  'admin.createVouchers': byAdmin('administrator', (core, caller) =>
    core.admin.createVouchers({ caller, terms: vouchers, origin }),
  ),
  'admin.vouchers': byAdmin('administrator, read', (core, caller) => core.admin.vouchers({ caller }, page)),
  'admin.endVouchers': byAdmin('administrator', async (core, caller) => {
    const { batch } = await core.admin.createVouchers({ caller: operatorCaller, terms: vouchers, origin });
    await core.admin.endVouchers({ caller, batchId: batch.id, origin });
  }),
  'admin.createWebhook': byAdmin('administrator with a session', (core, caller) =>
    core.admin.createWebhook({ caller, ...webhook, origin }),
  ),
  'admin.webhooks': byAdmin('administrator, read', (core, caller) => core.admin.webhooks({ caller })),
  'admin.changeWebhook': byAdmin('administrator with a session', async (core, caller) =>
    core.admin.changeWebhook({ caller, webhookId: await webhookOf(core), isEnabled: false, origin }),
  ),
  'admin.removeWebhook': byAdmin('administrator with a session', async (core, caller) =>
    core.admin.removeWebhook({ caller, webhookId: await webhookOf(core), origin }),
  ),
  'admin.testWebhook': byAdmin('administrator with a session', async (core, caller) =>
    core.admin.testWebhook({ caller, webhookId: await webhookOf(core), origin }),
  ),
  'admin.webhookDeliveries': byAdmin('administrator, read', async (core, caller) =>
    core.admin.webhookDeliveries({ caller, webhookId: await webhookOf(core) }, page),
  ),
  'admin.replayDelivery': byAdmin('administrator with a session', async (core, caller) => {
    const webhookId = await webhookOf(core);
    await core.users.register({ username: 'new_user', password, email: null, origin });
    await core.events.worker({ caller: operatorCaller }).run();
    const sent = await core.admin.webhookDeliveries({ caller: operatorCaller, webhookId }, page);
    const deliveryId = sent.results[0]?.id ?? '';
    await core.admin.replayDelivery({ caller, webhookId, deliveryId, origin });
  }),
  'admin.createAccount': byAdmin('administrator with a session', (core, caller) =>
    core.admin.createAccount({
      caller,
      username: 'new_user',
      password,
      email: null,
      role: 'user',
      startingCredits: undefined,
      origin,
    }),
  ),
  'admin.setPassword': byAdmin('administrator with a session', (core, caller, { userId }) =>
    core.admin.setPassword({ caller, userId, newPassword: 'AnotherPass456!', keepsKeys: false, origin }),
  ),
  'admin.changeAccount': byAdmin('administrator with a session', (core, caller, { userId }) =>
    core.admin.changeAccount({
      caller,
      userId,
      username: undefined,
      email: undefined,
      role: undefined,
      status: 'disabled',
      origin,
    }),
  ),
  'admin.adjustBalance': byAdmin('administrator, grants', (core, caller, { userId }) =>
    core.admin.adjustBalance({ caller, userId, amount: 1, reason: 'a gift', origin }),
  ),
  'admin.sessions': byAdmin('administrator, read', (core, caller, { userId }) =>
    core.admin.sessions({ caller, userId }),
  ),
  'admin.endSession': byAdmin('administrator with a session', (core, caller, { userId, sessionId }) =>
    core.admin.endSession({ caller, userId, sessionId, origin }),
  ),
  'admin.endSessions': byAdmin('administrator with a session', (core, caller, { userId }) =>
    core.admin.endSessions({ caller, userId, includesKeys: true, origin }),
  ),
  'admin.factors': byAdmin('administrator, read', (core, caller, { userId }) =>
    core.admin.factors({ caller, userId }),
  ),
  'admin.resetFactors': byAdmin('administrator with a session', (core, caller, { userId }) =>
    core.admin.resetFactors({ caller, userId, origin }),
  ),
  'admin.lots': byAdmin('administrator, read', (core, caller, { userId }) =>
    core.admin.lots({ caller, userId }, page),
  ),
  'admin.allowance': byAdmin('administrator, read', (core, caller, { userId }) =>
    core.admin.allowance({ caller, userId }),
  ),
  'admin.setAllowance': byAdmin('administrator, grants', (core, caller, { userId }) =>
    core.admin.setAllowance({ caller, userId, allowance: { amount: 5, every: 'day' }, origin }),
  ),
  'admin.removeAllowance': byAdmin('administrator, grants', (core, caller, { userId }) =>
    core.admin.removeAllowance({ caller, userId, origin }),
  ),
  'admin.identities': byAdmin('administrator, read', (core, caller, { userId }) =>
    core.admin.identities({ caller, userId }),
  ),
  'admin.removeIdentity': byAdmin('administrator with a session', (core, caller, { userId, identityId }) =>
    core.admin.removeIdentity({ caller, userId, identityId, origin }),
  ),
  'admin.keys': byAdmin('administrator, read', (core, caller, { userId }) =>
    core.admin.keys({ caller, userId }),
  ),
  'admin.removeKey': byAdmin('administrator with a session', (core, caller, { userId, keyId }) =>
    core.admin.removeKey({ caller, userId, keyId, origin }),
  ),
  'admin.caps': byAdmin('administrator, read', (core, caller, { userId }) =>
    core.admin.caps({ caller, userId }),
  ),
  'admin.setCap': byAdmin('administrator with a session', (core, caller, { userId }) =>
    core.admin.setCap({ caller, userId, cap, origin }),
  ),
  'admin.removeCap': byAdmin('administrator with a session', (core, caller, { userId, capId }) =>
    core.admin.removeCap({ caller, userId, capId, origin }),
  ),
  'admin.removeKeys': byAdmin('administrator with a session', (core, caller, { userId }) =>
    core.admin.removeKeys({ caller, userId, origin }),
  ),
  'admin.createServiceKey': byAdmin('administrator with a session', (core, caller) =>
    core.admin.createServiceKey({ caller, name: 'a service', scopes: ['read'], expiresAt: null, origin }),
  ),
  'admin.serviceKeys': byAdmin('administrator, read', (core, caller) => core.admin.serviceKeys({ caller })),
  'admin.removeServiceKey': byAdmin('administrator with a session', async (core, caller) => {
    const { key } = await core.admin.createServiceKey({
      ...{ caller: operatorCaller, name: 'another service', origin },
      ...{ scopes: ['read'], expiresAt: null },
    });
    await core.admin.removeServiceKey({ caller, keyId: key.id, origin });
  }),
  'admin.erase': byAdmin('administrator with a session', (core, caller, { userId }) =>
    core.admin.erase({ caller, userId, origin }),
  ),
  'admin.statistics': byAdmin('administrator, read', (core, caller) =>
    core.admin.statistics({ caller, from: null, to: null }),
  ),
  'admin.models': byAdmin('administrator, read', (core, caller) => core.admin.models({ caller })),
  'admin.users': byAdmin('administrator, read', (core, caller) =>
    core.admin.users(
      {
        ...{ caller, text: null, role: null, status: null, from: null, to: null },
        ...({ sort: 'created_at', isDescending: true } as const),
      },
      { limit: 100, before: null },
    ),
  ),
  'admin.user': byAdmin('administrator, read', (core, caller, { userId }) =>
    core.admin.user({ caller, userId }),
  ),
  'admin.exchanges': byAdmin('administrator, read', (core, caller) =>
    core.admin.exchanges({ caller, ...anything, user: null }, page),
  ),
  'admin.exchange': byAdmin('administrator, read', (core, caller, { exchangeId }) =>
    core.admin.exchange({ caller, exchangeId }),
  ),
  'admin.entries': byAdmin('administrator, read', (core, caller) =>
    core.admin.entries({ caller, ...anything, kind: null, user: null }, page),
  ),
  'admin.auditEvents': byAdmin('administrator, read', (core, caller) =>
    core.admin.auditEvents({ caller, ...anything, action: null, actor: null, subject: null }, page),
  ),
  'admin.auditEvent': byAdmin('administrator, read', async (core, caller) => {
    const filter = { ...anything, action: null, actor: null, subject: null };
    const { results } = await core.admin.auditEvents({ caller: operatorCaller, ...filter }, page);
    return core.admin.auditEvent({ caller, eventId: results[0]?.id ?? '' });
  }),
  'admin.createAdmin': byOperator((core, caller) =>
    core.admin.createAdmin({ caller, username: 'new_user', password, email: null }),
  ),
  'admin.issueFirstAdminLink': byOperator((core, caller) => core.admin.issueFirstAdminLink({ caller })),
  'admin.createFirstAdmin': bySecret('invalid', (core) =>
    core.admin.createFirstAdmin({
      setupSecret: 'x',
      username: 'new_user',
      password,
      email: null,
      origin,
    }),
  ),
  'admin.importAccounts': byOperator((core, caller) => core.admin.importAccounts({ caller, records: [] })),
};

/** A caller of each kind. */
interface Callers extends Record<`service key with ${ServiceScope | 'no scope'}`, ServiceCaller> {
  none: undefined;
  user: Caller;
  'key of a user': Caller;
  administrator: Caller;
  'key of an administrator': Caller;
  operator: typeof operatorCaller;
}

type CallerKind = keyof Callers;

const administrators = ['administrator', 'key of an administrator', 'operator'] as const;

/** The kinds of callers that may call a use case which takes a caller: for their own account if it is of an account. */
const allowed: Record<Exclude<Access, 'public' | 'account id'>, readonly CallerKind[]> = {
  reader: [...administrators, 'service key with read'],
  owner: ['operator'],
  account: ['user', 'key of a user', 'administrator', 'key of an administrator'],
  session: ['user', 'administrator'],
  administrator: administrators,
  'administrator, read': [...administrators, 'service key with read'],
  'administrator, grants': [...administrators, 'service key with grants'],
  'administrator, metering': [...administrators, 'service key with metering'],
  'administrator with a session': ['administrator', 'operator'],
  operator: ['operator'],
};

const plainHasher: PasswordHasher = {
  hash: (text) => Promise.resolve(`plain:${text}`),
  verify: (text, encoded) => Promise.resolve(encoded === `plain:${text}`),
  throwIfBusy: () => undefined,
  isOutdated: () => false,
};

async function openAccount(core: Core, name: string, role: 'user' | 'admin'): Promise<Account> {
  const { user } = await core.users.register({
    username: name,
    password,
    email: `${name}@example.test`,
    origin,
  });
  const { id: userId } = user;
  await core.admin.changeAccount({
    ...{ caller: operatorCaller, userId, origin, role },
    ...{ username: undefined, email: undefined, status: undefined },
  });
  const opened = await core.auth.signIn({ name, password, origin });
  const session = await core.auth.authenticate(opened.session.accessSecret);
  const { key, secret } = await core.auth.createKey({
    caller: session,
    name: `the key of ${name}`,
    expiresAt: null,
    origin,
  });
  await linkIdentity(core, session, name);
  const [identity] = await core.identities.list({ caller: session });
  const { capId } = await core.caps.set({ caller: session, cap, origin });
  const sent = await core.chat.send({
    userId,
    message: `a message of ${name}`,
    attachments: [{ type: 'image', source: { type: 'url', url: 'https://images.example/1.png' } }],
  });
  const { order } = await core.orders.create({ caller: session, packageId: sold.id });
  await core.orders.receiveEvent({ rawBody: new TextEncoder().encode(order.id), headers: {} });
  const other = await core.auth.signIn({ name, password, origin });
  const hold = await core.metering.reserve({ userId, action: 'image.generate', amount: 5 });
  return {
    user: session.user,
    userId,
    session,
    key: await core.auth.authenticate(secret),
    conversationId: sent.conversationId ?? '',
    exchangeId: sent.exchangeId,
    holdId: hold.id,
    sessionId: other.session.sessionId,
    keyId: key.id,
    identityId: identity?.id ?? '',
    capId,
    orderId: order.id,
  };
}

async function openServiceKey(core: Core, scope: ServiceScope): Promise<ServiceCaller> {
  const { secret } = await core.admin.createServiceKey({
    ...{ caller: operatorCaller, name: `a service with ${scope}`, origin },
    ...{ scopes: [scope], expiresAt: null },
  });
  return (await core.auth.identify(secret)) as ServiceCaller;
}

/** A core with two users and an administrator. */
async function openWorld() {
  const core = createCore({
    ...memoryStores(),
    identityProviders: [fakeProvider()],
    passwordHasher: plainHasher,
    commonPasswords: { has: () => false },
    totpCodes,
    secretCipher,
    passkeyVerifier,
    secrets: nodeSecrets(),
    ids: uuidIds(),
    clock: systemClock(),
    models: [{ name: 'echo', model: { ...echoModel(), unsupported: [] }, price: { perMessage: 1 } }],
    payments,
    webhookSender: {
      urlProblem: () => null,
      send: () => Promise.resolve({ outcome: 'accepted', status: 204 } as const),
    },
    policy: { packages: [sold] },
  });
  const owner = await openAccount(core, 'jane_doe', 'user');
  const user = await openAccount(core, 'john_doe', 'user');
  const administrator = await openAccount(core, 'root', 'admin');
  // Another one, so that the first one is not the last.
  await core.admin.createAdmin({ caller: operatorCaller, username: 'second_root', password, email: null });
  const callers: Callers = {
    none: undefined,
    user: user.session,
    'key of a user': user.key,
    administrator: administrator.session,
    'key of an administrator': administrator.key,
    operator: operatorCaller,
    'service key with metering': await openServiceKey(core, 'metering'),
    'service key with grants': await openServiceKey(core, 'grants'),
    'service key with read': await openServiceKey(core, 'read'),
    'service key with no scope': { by: { kind: 'service_key', keyId: owner.keyId, scopes: [] } },
  };
  return { core, owner, user, administrator, callers };
}

/** Calls a use case and reads its result to the end; returns it as text. */
async function textOf(call: () => unknown): Promise<string> {
  return JSON.stringify([await gathered(await call())]);
}

async function gathered(value: unknown): Promise<unknown> {
  if (typeof value !== 'object' || value === null || value instanceof Date) {
    return typeof value === 'bigint' ? String(value) : value;
  }
  if (Symbol.asyncIterator in value) {
    const items: unknown[] = [];
    for await (const item of value as AsyncIterable<unknown>) items.push(item);
    return items;
  }
  if (Array.isArray(value)) return Promise.all(value.map(gathered));
  const members = Object.entries(value).map(
    async ([name, member]) => [name, await gathered(member)] as const,
  );
  return Object.fromEntries(await Promise.all(members));
}

const cases = Object.entries(useCases).map(([name, useCase]) => ({ name, ...useCase }));

test('every use case of the core says who may call it', async () => {
  const { core } = await openWorld();
  const names = Object.entries(core).flatMap(([group, members]) =>
    Object.entries(members).flatMap(([member, use]) =>
      typeof use === 'function' ? [`${group}.${member}`] : [],
    ),
  );
  expect(Object.keys(useCases).sort()).toEqual(names.sort());
});

const publicCases = cases.filter(({ access }) => access === 'public');

test.each(publicCases)('$name takes no caller, and returns nothing of an account', async ({ call }) => {
  const { core, owner, callers } = await openWorld();
  const result = await textOf(() => call(core, owner, callers.none as never));
  expect(result).not.toContain(owner.userId);
  expect(result).not.toMatch(/jane/);
});

const withCaller = cases.filter(({ access }) => access !== 'public' && access !== 'account id');

test.each(withCaller)('$name is for: $access', async ({ access, call }) => {
  const may = allowed[access as keyof typeof allowed];
  const isOwn = access === 'account' || access === 'session';
  const isOfOwner = access === 'reader' || access === 'owner';
  const kinds = Object.keys((await openWorld()).callers) as CallerKind[];
  for (const kind of kinds) {
    const { core, owner, user, administrator, callers } = await openWorld();
    const self = kind.includes('administrator') ? administrator : user;
    const before = await textOf(() => core.users.exportAccount({ caller: owner.session }));
    const attempt = textOf(() => call(core, isOwn ? self : owner, callers[kind] as never));
    if (may.includes(kind)) {
      await expect(attempt, kind).resolves.toBeTypeOf('string');
      continue;
    }
    // A missing caller, or one without an account, is a mistake of the program. For an account that may not, it is a rule.
    const isMistake = kind === 'none' || (isOwn && (kind === 'operator' || kind.startsWith('service key')));
    const isHidden = isOfOwner && !kind.startsWith('service key');
    if (isMistake) await expect(attempt, kind).rejects.toThrow();
    else await expect(attempt, kind).rejects.toMatchObject({ kind: isHidden ? 'missing' : 'forbidden' });
    expect(await textOf(() => core.users.exportAccount({ caller: owner.session }))).toBe(before);
  }
});

const ofOwner = cases.filter(({ access }) => access === 'reader' || access === 'owner');

test.each(ofOwner)(
  '$name is also for the account itself, by a session and by an API key',
  async ({ call }) => {
    for (const kind of ['session', 'key'] as const) {
      const { core, owner } = await openWorld();
      await expect(textOf(() => call(core, owner, owner[kind] as never))).resolves.toMatch(/./);
    }
  },
);

const ofOneAccount = cases.filter(({ access }) =>
  ['account', 'session', 'account id', 'reader', 'owner'].includes(access),
);

test.each(ofOneAccount)('$name reaches nothing of another account', async ({ call }) => {
  const { core, owner, user } = await openWorld();
  const before = await textOf(() => core.users.exportAccount({ caller: owner.session }));
  // The caller's own account, with the ids of what another one has.
  const mixed: Belongings = { ...owner, user: user.user, userId: user.userId };
  const result = await textOf(() => call(core, mixed, user.session as never)).catch((error: unknown) => {
    expect(error).toMatchObject({ code: 'not_found' });
    return '';
  });
  for (const secret of [
    owner.userId,
    owner.conversationId,
    owner.exchangeId,
    owner.holdId,
    owner.sessionId,
    owner.keyId,
  ]) {
    expect(result).not.toContain(secret);
  }
  expect(result).not.toMatch(/jane/);
  expect(await textOf(() => core.users.exportAccount({ caller: owner.session }))).toBe(before);
});
