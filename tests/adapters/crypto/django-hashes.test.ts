import { scryptSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { djangoHashes } from '../../../src/adapters/crypto/django-hashes.js';
import { bcryptPasswordHasher } from '../../../src/adapters/crypto/password-hasher.js';
import { pbkdf2Hash } from '../django/dumps.js';

const hasher = bcryptPasswordHasher({ cost: 4 });

/** Differs from its forms NFC and NFKC, because Django hashes the password as typed. */
const typed = 'pass ½ ﬁ A\u030a';

/** Hashes of `typed` by Django 5.2.17, with the lowest possible work factors. */
const djangoEncodings = {
  pbkdf2_sha256: 'pbkdf2_sha256$1000$saltsalt$BARVUcPlEhOQsA0qV3CuIaWmRc26XmJkoZTsxXljTks=',
  pbkdf2_sha1: 'pbkdf2_sha1$1000$saltsalt$nFQv6qUfs2sZEXYmGRlk06ym+mo=',
  scrypt:
    'scrypt$1024$saltsalt$8$5$vn5NwwcajzukpC64hfuHZylTkiIT9PgaRr4H+D37HtCYT/pVwAIRW1hOO8fk1l5q9tRgLYx3j5xo4qQaSZeJmQ==',
  bcrypt_sha256: 'bcrypt_sha256$$2b$04$NBSLBYVwLa0nWkPEH.pHJepo.LRn5YJjupM.cobo2VO0lWnW8RZJi',
  bcrypt: 'bcrypt$$2b$04$2YORE4cteGRE7sQ/6W9DUuhDX5GK0T8Cd08nz7LF/ilznKoAvnIP2',
};

function adopted(encoded: string): string {
  const outcome = djangoHashes().adopt(encoded);
  if (outcome.outcome === 'rejected') throw new Error(outcome.reason);
  return outcome.encoded;
}

function rejectionReason(encoded: string): string {
  const outcome = djangoHashes().adopt(encoded);
  return outcome.outcome === 'rejected' ? outcome.reason : 'adopted';
}

describe.each(Object.entries(djangoEncodings))('a Django hash: %s', (_, encoded) => {
  test('matches only the password as typed', async () => {
    const stored = adopted(encoded);
    expect(await hasher.verify(typed, stored, null)).toBe(true);
    for (const other of [`${typed} `, typed.normalize('NFKC'), typed.normalize('NFC'), '']) {
      expect(await hasher.verify(other, stored, null)).toBe(false);
    }
  });

  test('is outdated, and matches nothing before it is adopted', async () => {
    expect(hasher.isOutdated(adopted(encoded))).toBe(true);
    expect(await hasher.verify(typed, encoded, null)).toBe(false);
  });
});

describe('hashes that cannot be adopted', () => {
  test.each([
    ['!v9vouNGmRmPoq8a5bw2t2Stl1YwRwUFHNobPzqfX', 'it has no usable password'],
    ['', 'it has no usable password'],
    [
      'argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdA$aGFzaA',
      'its password hash uses argon2, which is not supported',
    ],
    ['md5$salt$0123456789abcdef0123456789abcdef', 'its password hash uses md5, which is not supported'],
    ['a password in plain text', 'its password hash uses an unknown algorithm'],
    ['hunter2$', 'its password hash uses an unknown algorithm'],
    ['toString$1$2$3', 'its password hash uses an unknown algorithm'],
    ['pbkdf2_sha256', 'its password hash is malformed'],
    ['pbkdf2_sha256$0$salt$6ToWYHONKV3Wb5Y5+FA8SKDDNNZbQAPBVWvTntn1p2Y=', 'its password hash is malformed'],
    ['pbkdf2_sha256$-1$salt$6ToWYHONKV3Wb5Y5+FA8SKDDNNZbQAPBVWvTntn1p2Y=', 'its password hash is malformed'],
    ['pbkdf2_sha256$1000$salt$c2hvcnQ=', 'its password hash is malformed'],
    [pbkdf2Hash('a', { salt: 's'.repeat(2000) }), 'its password hash is malformed'],
    ['scrypt$1024$salt$8$1$c2hvcnQ=', 'its password hash is malformed'],
    ['bcrypt_sha256$$2b$04$short', 'its password hash is malformed'],
    ['bcrypt$$2b$03$KO6C5Mznfp9f2K.lz0N9vuywfFpi7bC9d4NR1tbPk3ib7fIyrtN4C', 'its password hash is malformed'],
  ])('are rejected with a reason (%#)', (encoded, reason) => {
    expect(rejectionReason(encoded)).toBe(reason);
  });

  const key = scryptSync('a', 'salt', 64).toString('base64');
  test.each([
    pbkdf2Hash('a').replace('$1000$', '$5000001$'),
    pbkdf2Hash('a').replace('$1000$', '$1000000000000$'),
    pbkdf2Hash('a').replace('$1000$', `$${'9'.repeat(400)}$`),
    `scrypt$1048576$salt$8$1$${key}`,
    `scrypt$16384$salt$1048576$1$${key}`,
    `scrypt$16384$salt$8$1000000$${key}`,
    'bcrypt$$2b$31$KO6C5Mznfp9f2K.lz0N9vuywfFpi7bC9d4NR1tbPk3ib7fIyrtN4C',
  ])('are rejected if they would take too long (%#)', (encoded) => {
    expect(rejectionReason(encoded)).toBe('its password hash would take too long to verify');
  });
});

describe('own hashes', () => {
  test('are outdated if the cost differs', async () => {
    const encoded = await hasher.hash('StrongPass123!', null);
    expect(hasher.isOutdated(encoded)).toBe(false);
    expect(bcryptPasswordHasher({ cost: 5 }).isOutdated(encoded)).toBe(true);
    expect(await bcryptPasswordHasher({ cost: 5 }).verify('StrongPass123!', encoded, null)).toBe(true);
  });

  test('match every Unicode form of the password', async () => {
    const encoded = await hasher.hash(typed.normalize('NFKC'), null);
    for (const form of [typed, typed.normalize('NFKC'), typed.normalize('NFC')]) {
      expect(await hasher.verify(form, encoded, null)).toBe(true);
    }
  });
});
