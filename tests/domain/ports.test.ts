import { describe, expect, it } from 'vitest';
import { operatorCaller } from '../../src/domain/auth/caller.js';
import { echoModel } from '../../src/adapters/ai/echo.js';
import { memoryStores } from '../../src/adapters/memory/memory-stores.js';
import { createCore } from '../../src/domain/core.js';
import { defaultLimits, noLimits } from '../../src/domain/limits/rate-limits.js';
import { defaultPolicy } from '../../src/domain/policy.js';
import { withDefaults, type CorePorts } from '../../src/domain/ports.js';
import { unknownOrigin } from '../../src/domain/audit/audit-event.js';
import { nodeAdapters } from '../../src/entrypoints/node.js';

const { holdLedger, creditLedger, conversationStore, userStore, auditLog } = memoryStores();
const { secrets, ids, clock, rateLimiter } = nodeAdapters();
const least: CorePorts = {
  ...{ holdLedger, creditLedger, conversationStore, secrets, ids, clock },
  models: [{ name: 'echo', model: echoModel() }],
};

describe('a core with only the required ports', () => {
  it('chats', async () => {
    const { id } = await createCore({ ...least, userStore, auditLog }).users.adopt({ foreignId: 'jane' });
    const { reply, balance } = await createCore(least).chat.send({ userId: id, message: 'Hello' });
    expect([reply, balance]).toEqual(['Echo: Hello', 3900]);
  });

  it('names a missing port before anything is written', async () => {
    const core = createCore({ ...least, userStore, auditLog });
    const jane = { username: 'jane_doe', email: null, password: 'StrongPass123!' };
    const origin = { address: null, userAgent: null };
    await expect(core.users.register({ ...jane, origin })).rejects.toThrow(
      /requires the port commonPasswords/,
    );
    await expect(core.auth.authenticate('mca_x')).rejects.toThrow();
    await expect(core.users.find({ caller: operatorCaller, username: 'jane_doe' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('has no limits without a rate limiter, and rejects limits without one', () => {
    expect(withDefaults(least).policy).toEqual({ ...defaultPolicy, limits: noLimits });
    expect(withDefaults({ ...least, rateLimiter }).policy.limits).toEqual(defaultLimits);
    expect(() => createCore({ ...least, policy: { limits: defaultLimits } })).toThrow(TypeError);
  });
});

describe('a core without the ports of second factors', () => {
  const names = new Set([
    ...['factorStore', 'passkeyStore', 'challengeStore', 'totpCodes', 'secretCipher', 'passkeyVerifier'],
    ...['identityStore', 'signInAttemptStore'],
  ]);
  const withoutFactors = (ports: CorePorts) =>
    Object.fromEntries(Object.entries(ports).filter(([name]) => !names.has(name))) as unknown as CorePorts;
  const core = createCore(
    withoutFactors({ ...memoryStores(), ...nodeAdapters({ bcryptCost: 10 }), models: least.models }),
  );
  const origin = unknownOrigin;
  const password = 'StrongPass123!';
  const newPassword = 'EvenStronger456!';

  it('registers, signs in, changes the account, exports, purges and erases', async () => {
    const jane = { username: 'jane_doe', email: null, password };
    await core.users.register({ ...jane, origin });
    const opened = await core.auth.signIn({ name: 'jane_doe', password, origin });
    const caller = await core.auth.authenticate(opened.session.accessSecret);
    if (!('user' in caller)) throw new Error('An account was expected.');
    const { key } = await core.auth.createKey({ caller, name: 'a key', expiresAt: null, origin });
    await core.auth.removeKey({ caller, keyId: key.id, origin });
    expect(await core.factors.list({ caller })).toMatchObject({
      totp: null,
      passkeys: [],
      isRequired: false,
    });
    const change = { caller, currentPassword: password, newPassword, keepsKeys: false, origin };
    await core.auth.changePassword(change);
    await core.users.exportAccount({ caller });
    await core.auth.purgeExpired({ caller: operatorCaller });
    await core.users.erase({ caller, currentPassword: newPassword, origin });
    await expect(core.auth.signIn({ name: 'jane_doe', password: newPassword, origin })).rejects.toMatchObject(
      {
        code: 'invalid_credentials',
      },
    );
  });

  it('names the port that a second factor requires', async () => {
    const user = await core.users.adopt({ foreignId: 'john' });
    const caller = { user, by: { kind: 'session', sessionId: user.id } } as const;
    await expect(core.factors.setUpTotp({ caller, origin })).rejects.toMatchObject({
      code: 'proof_required',
    });
    const opened = await core.users.register({ username: 'jim_doe', email: null, password, origin });
    const jim = await core.auth.authenticate(opened.session.accessSecret);
    if (!('user' in jim)) throw new Error('An account was expected.');
    await expect(core.factors.setUpTotp({ caller: jim, origin })).rejects.toThrow(
      /requires the port|TWO_FACTOR_KEY/,
    );
    await expect(core.factors.setUpPasskey({ caller: jim, origin })).rejects.toThrow(
      /requires the port passkeyStore/,
    );
  });
});

describe('the adapters for Node', () => {
  it('include second factors with the options that they require', async () => {
    expect(Object.keys(nodeAdapters())).not.toContain('secretCipher');
    expect(Object.keys(nodeAdapters())).not.toContain('passkeyVerifier');
    const options = { twoFactorKey: 'k'.repeat(32), publicUrl: 'https://chat.example.org' };
    const core = createCore({ ...memoryStores(), ...nodeAdapters(options), models: least.models });
    const jane = { username: 'jane_doe', email: null, password: 'StrongPass123!' };
    const opened = await core.users.register({ ...jane, origin: unknownOrigin });
    const caller = await core.auth.authenticate(opened.session.accessSecret);
    if (!('user' in caller)) throw new Error('An account was expected.');
    const { secret } = await core.factors.setUpTotp({ caller, origin: unknownOrigin });
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(await core.factors.setUpPasskey({ caller, origin: unknownOrigin })).toMatchObject({
      rp: { id: 'chat.example.org' },
    });
  });

  it('reject a short key, and what is no URL', () => {
    expect(() => nodeAdapters({ twoFactorKey: 'short' })).toThrow(TypeError);
    expect(() => nodeAdapters({ publicUrl: 'chat.example.org' })).toThrow(TypeError);
  });
});
