import { verify as verifyBcrypt } from '@node-rs/bcrypt';
import { createHash, pbkdf2, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { AdoptOutcome, ForeignHashes } from '../../ports/foreign-hashes.js';

/** The prefix of an adopted hash. It is verified with the password as typed, unlike our own hashes. */
const adoptedPrefix = 'django$';

const maxEncodedChars = 1024;
/** Five times the iterations of Django 5. */
const maxPbkdf2Iterations = 5_000_000;
const maxBcryptCost = 15;
/** In bytes. The parameters of Django require 16 MiB. */
const maxScryptMemory = 64 * 1024 * 1024;
const maxScryptParallelism = 16;

const derivePbkdf2 = promisify(pbkdf2);

interface Parsed {
  outcome: 'parsed';
  matches: (password: string) => Promise<boolean>;
}

type Rejected = Extract<AdoptOutcome, { outcome: 'rejected' }>;

/** The hashes of Django's PBKDF2, bcrypt and scrypt hashers. */
export function djangoHashes(): ForeignHashes {
  return {
    adopt(encoded) {
      const parsed = parse(encoded);
      return parsed.outcome === 'rejected'
        ? parsed
        : { outcome: 'adopted', encoded: adoptedPrefix + encoded };
    },
  };
}

/**
 * Returns a function that compares a password with an adopted hash, or null if the hash is not adopted. The password must
 * be as typed, because Django does not normalise it.
 */
export function adoptedHash(encoded: string): ((password: string) => Promise<boolean>) | null {
  if (!encoded.startsWith(adoptedPrefix)) return null;
  const parsed = parse(encoded.slice(adoptedPrefix.length));
  if (parsed.outcome === 'rejected') throw new TypeError(`A stored password hash ${parsed.reason}.`);
  return parsed.matches;
}

function parse(encoded: string): Parsed | Rejected {
  if (encoded === '' || encoded.startsWith('!')) return rejected('it has no usable password');
  const [algorithm = ''] = encoded.split('$', 1);
  if (unsupported.has(algorithm))
    return rejected(`its password hash uses ${algorithm}, which is not supported`);
  // The error does not quote the text: it can be a password that was never hashed.
  if (!Object.hasOwn(parsers, algorithm)) return rejected('its password hash uses an unknown algorithm');
  const isShort = encoded.length <= maxEncodedChars;
  return (isShort ? parsers[algorithm]?.(encoded) : undefined) ?? rejected('its password hash is malformed');
}

const unsupported = new Set(['argon2', 'md5', 'sha1', 'unsalted_md5', 'unsalted_sha1', 'crypt']);

/** Parsers by algorithm. They return undefined if the hash is malformed. */
const parsers: Record<string, (encoded: string) => Parsed | Rejected | undefined> = {
  pbkdf2_sha256: (encoded) => parsePbkdf2(encoded, 'sha256', 32),
  pbkdf2_sha1: (encoded) => parsePbkdf2(encoded, 'sha1', 20),
  bcrypt_sha256: (encoded) => parseBcrypt(encoded, sha256),
  bcrypt: (encoded) => parseBcrypt(encoded, (password) => password),
  scrypt: parseScrypt,
};

/** `pbkdf2_sha256$1000000$salt$base64`. The salt is not encoded. */
function parsePbkdf2(encoded: string, digest: string, length: number): Parsed | Rejected | undefined {
  const [, rounds = '', salt = '', key = ''] =
    /^\w+\$([1-9]\d*)\$([^$]+)\$([A-Za-z0-9+/]+=*)$/.exec(encoded) ?? [];
  const expected = Buffer.from(key, 'base64');
  if (expected.length !== length) return undefined;
  const iterations = Number(rounds);
  if (iterations > maxPbkdf2Iterations) return tooSlow();
  return matching(expected, (password) => derivePbkdf2(password, salt, iterations, length, digest));
}

/** `scrypt$16384$salt$8$5$base64`: N, r and p of RFC 7914. */
function parseScrypt(encoded: string): Parsed | Rejected | undefined {
  const [, cost = '', salt = '', blocks = '', lanes = '', key = ''] =
    /^scrypt\$([1-9]\d*)\$([^$]+)\$([1-9]\d*)\$([1-9]\d*)\$([A-Za-z0-9+/]+=*)$/.exec(encoded) ?? [];
  const expected = Buffer.from(key, 'base64');
  const [N, r, p] = [Number(cost), Number(blocks), Number(lanes)];
  const isPowerOfTwo = N > 1 && Number.isInteger(Math.log2(N));
  if (expected.length !== 64 || !isPowerOfTwo) return undefined;
  if (128 * N * r > maxScryptMemory || p > maxScryptParallelism) return tooSlow();
  const maxmem = 2 * maxScryptMemory;
  return matching(
    expected,
    (password) =>
      new Promise((resolve, reject) => {
        scrypt(password, salt, expected.length, { N, r, p, maxmem }, (error, derived) => {
          if (error === null) resolve(derived);
          else reject(error);
        });
      }),
  );
}

/** `bcrypt_sha256$$2b$12$…` over the hexadecimal SHA-256, and `bcrypt$$2b$12$…` over the password itself. */
function parseBcrypt(encoded: string, prepare: (password: string) => string): Parsed | Rejected | undefined {
  const [, hash = '', cost = ''] = /^\w+\$(\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53})$/.exec(encoded) ?? [];
  if (Number(cost) < 4) return undefined;
  if (Number(cost) > maxBcryptCost) return tooSlow();
  return { outcome: 'parsed', matches: (password) => verifyBcrypt(prepare(password), hash) };
}

function matching(expected: Buffer, derive: (password: string) => Promise<Buffer>): Parsed {
  return {
    outcome: 'parsed',
    matches: async (password) => timingSafeEqual(await derive(password), expected),
  };
}

function rejected(reason: string): Rejected {
  return { outcome: 'rejected', reason };
}

function tooSlow(): Rejected {
  return rejected('its password hash would take too long to verify');
}

function sha256(password: string): string {
  return createHash('sha256').update(password, 'utf8').digest('hex');
}
