import { expect, test } from 'vitest';
import { rehashPassword } from '../../../src/domain/auth/rehash-password.js';
import { DomainError } from '../../../src/domain/errors.js';

const user = {
  id: '0190cafe-0000-7000-8000-000000000001',
  username: 'jane_doe',
  email: null,
  emailVerified: false,
  role: 'user',
  status: 'active',
  createdAt: new Date(0),
} as const;

/** A hasher that treats `old:…` as outdated, and the calls of a store. */
function hashing(hash = (password: string) => Promise.resolve(`new:${password}`)) {
  const renewals: { userId: string; from: string; to: string }[] = [];
  const deps = {
    passwordHasher: { hash, isOutdated: (encoded: string) => encoded.startsWith('old:') },
    userStore: {
      renewPasswordHash: (renewal: (typeof renewals)[number]) => {
        renewals.push(renewal);
        return Promise.resolve(true);
      },
    },
  };
  return { deps, renewals };
}

test('a password with an outdated hash is hashed again, in its canonical form', async () => {
  const { deps, renewals } = hashing();
  await rehashPassword(deps, {
    user,
    network: null,
    passwordHash: 'old:hash',
    password: 'Ｆｕｌｌｗｉｄｔｈ',
  });
  expect(renewals).toEqual([{ userId: user.id, from: 'old:hash', to: 'new:Fullwidth' }]);
});

test('a current hash stays', async () => {
  const { deps, renewals } = hashing();
  await rehashPassword(deps, { user, network: null, passwordHash: 'new:hash', password: 'StrongPass123!' });
  expect(renewals).toEqual([]);
});

test('a password that is too long for ours keeps its hash, and is not hashed', async () => {
  const { deps, renewals } = hashing();
  await rehashPassword(deps, { user, network: null, passwordHash: 'old:hash', password: 'x'.repeat(1025) });
  expect(renewals).toEqual([]);
  await rehashPassword(deps, { user, network: null, passwordHash: 'old:hash', password: 'x'.repeat(1024) });
  expect(renewals).toHaveLength(1);
});

test('while the hasher is busy, the hash stays until the next sign-in', async () => {
  const { deps, renewals } = hashing(() => Promise.reject(new DomainError('unavailable', 'Busy.')));
  await rehashPassword(deps, { user, network: null, passwordHash: 'old:hash', password: 'StrongPass123!' });
  expect(renewals).toEqual([]);
});

test.each([new DomainError('invalid_input', 'Not that.'), new Error('out of memory')])(
  'any other failure of the hasher is passed on: %s',
  async (failure) => {
    const { deps, renewals } = hashing(() => Promise.reject(failure));
    const renewing = rehashPassword(deps, {
      user,
      network: null,
      passwordHash: 'old:hash',
      password: 'StrongPass123!',
    });
    await expect(renewing).rejects.toBe(failure);
    expect(renewals).toEqual([]);
  },
);
