import { beforeEach, describe, expect, test } from 'vitest';
import { operatorCaller } from '../../../src/domain/auth/caller.js';
import { echoModel } from '../../../src/adapters/ai/echo.js';
import { uuidIds, nodeSecrets, systemClock } from '../../../src/adapters/system/system.js';
import { memoryStores } from '../../../src/adapters/memory/memory-stores.js';
import { memoryRateLimiter } from '../../../src/adapters/rate-limit/rate-limiters.js';
import { createCore, type Core } from '../../../src/domain/core.js';
import { defaultLimits } from '../../../src/domain/limits/rate-limits.js';
import type { KnownNetwork } from '../../../src/ports/known-network-store.js';
import { testOffer } from '../chat/test-offer.js';

const dayMs = 24 * 60 * 60 * 1000;
const password = 'StrongPass123!';
const home = originAt('192.0.2.1');

let now: number;
let core: Core;
/** The networks on whose behalf a password was hashed or compared. */
let hashedFor: (string | null)[];
let remembered: KnownNetwork[];

function originAt(address: string | null) {
  return { address, userAgent: null };
}

beforeEach(() => {
  now = Date.UTC(2026, 0, 1);
  hashedFor = [];
  remembered = [];
  const clock = { now: () => new Date(now) };
  const stores = memoryStores(clock);
  core = createCore({
    ...stores,
    knownNetworkStore: {
      ...stores.knownNetworkStore,
      remember: (network, max) => {
        remembered.push(network);
        return stores.knownNetworkStore.remember(network, max);
      },
    },
    passwordHasher: {
      hash: (text, network) => {
        hashedFor.push(network);
        return Promise.resolve(`hash of ${text}`);
      },
      verify: (text, encoded, network) => {
        hashedFor.push(network);
        return Promise.resolve(encoded === `hash of ${text}`);
      },
      throwIfBusy: () => undefined,
      isOutdated: () => false,
    },
    commonPasswords: { has: () => false },
    rateLimiter: memoryRateLimiter(),
    secrets: nodeSecrets(),
    ids: uuidIds(),
    clock: { ...systemClock(), ...clock },
    models: [testOffer(echoModel())],
    policy: { limits: defaultLimits },
  });
});

function register(username: string, address: string | null = home.address) {
  return core.users.register({ username, email: null, password, origin: originAt(address) });
}

/** The code of what comes of a try to sign in; null for a session. */
async function tryToSignIn(name: string, address: string | null, typed = password): Promise<string | null> {
  return core.auth.signIn({ name, password: typed, origin: originAt(address) }).then(
    () => null,
    (error: unknown) => (error as { code: string }).code,
  );
}

/** A hundred wrong guesses at one name, each from an address of its own. */
async function attack(name: string): Promise<void> {
  for (let index = 0; index < 100; index += 1) {
    expect(await tryToSignIn(name, `198.51.100.${index}`, 'wrong')).toBe('invalid_credentials');
  }
  expect(await tryToSignIn(name, '203.0.113.1')).toBe('rate_limited');
}

describe('after a hundred wrong guesses from a hundred addresses', () => {
  test('the owner can sign in from where they registered and from where they signed in', async () => {
    await register('jane_doe');
    expect(await tryToSignIn('jane_doe', '2001:db8:1:2::3')).toBeNull();
    await attack('jane_doe');
    expect(await tryToSignIn('jane_doe', home.address)).toBeNull();
    expect(await tryToSignIn('jane_doe', '::ffff:c000:201')).toBeNull();
    expect(await tryToSignIn('jane_doe', '2001:db8:1:2:ffff::1')).toBeNull();
    expect(await tryToSignIn('jane_doe', '2001:db8:1:3::3')).toBe('rate_limited');
  });

  test('a wrong guess from a known network counts as one of ten', async () => {
    await register('jane_doe');
    await attack('jane_doe');
    for (let index = 0; index < 10; index += 1) {
      expect(await tryToSignIn('jane_doe', home.address, 'wrong')).toBe('invalid_credentials');
    }
    expect(await tryToSignIn('jane_doe', home.address)).toBe('rate_limited');
  });

  test('a network is known only for the account that signed in from it', async () => {
    await register('jane_doe');
    await register('john_doe', '192.0.2.2');
    await attack('john_doe');
    await attack('unknown_user');
    expect(await tryToSignIn('john_doe', home.address)).toBe('rate_limited');
    expect(await tryToSignIn('unknown_user', home.address)).toBe('rate_limited');
    expect(await tryToSignIn('john_doe', '192.0.2.2')).toBeNull();
  });

  test('an unknown address is not a known network', async () => {
    await register('jane_doe', null);
    await attack('jane_doe');
    expect(await tryToSignIn('jane_doe', null)).toBe('rate_limited');
    expect(remembered).toEqual([]);
  });

  test('a signed-in owner can confirm their password from any network', async () => {
    const { user, session } = await register('jane_doe');
    await attack('jane_doe');
    const caller = { user, by: { kind: 'session', sessionId: session.sessionId } } as const;
    const change = { caller, currentPassword: password, newPassword: 'AnotherPass456!', keepsKeys: false };
    await core.auth.changePassword({ ...change, origin: originAt('203.0.113.9') });
    expect(await tryToSignIn('jane_doe', home.address, 'AnotherPass456!')).toBeNull();
  });

  test('a network is forgotten after ninety days without a sign-in', async () => {
    await register('jane_doe');
    now += 89 * dayMs;
    await core.auth.purgeExpired({ caller: operatorCaller });
    expect(await tryToSignIn('jane_doe', home.address)).toBeNull();
    now += 89 * dayMs;
    await core.auth.purgeExpired({ caller: operatorCaller });
    await attack('jane_doe');
    expect(await tryToSignIn('jane_doe', home.address)).toBeNull();
    now += 91 * dayMs;
    expect(await tryToSignIn('jane_doe', home.address)).toBe('rate_limited');
  });
});

test('a stored network does not reveal its address', async () => {
  const { user } = await register('jane_doe');
  await tryToSignIn('jane_doe', '2001:db8::1');
  expect(remembered).toHaveLength(2);
  for (const { userId, digest } of remembered) {
    expect(userId).toBe(user.id);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  }
});

test('passwords are hashed on behalf of the network of the request', async () => {
  const { user, session } = await register('jane_doe', '2001:db8:1:2::3');
  const caller = {
    user: { ...user, role: 'admin' },
    by: { kind: 'session', sessionId: session.sessionId },
  } as const;
  const origin = originAt('2001:db8:1:2::3');
  await tryToSignIn('jane_doe', origin.address);
  const newPassword = 'AnotherPass456!';
  await core.auth.changePassword({ caller, currentPassword: password, newPassword, keepsKeys: true, origin });
  await core.admin.setPassword({ caller, userId: user.id, newPassword: password, keepsKeys: true, origin });
  const account = { username: 'john_doe', email: null, password, role: 'user', caller, origin } as const;
  await core.admin.createAccount(account);
  await core.users.erase({ caller, currentPassword: password, origin }).catch(() => undefined);
  expect(hashedFor.length).toBeGreaterThanOrEqual(6);
  expect(new Set(hashedFor)).toEqual(new Set(['2001:db8:1:2::/64']));
});
