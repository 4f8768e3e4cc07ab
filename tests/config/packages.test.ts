import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problems, valid } from './read.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packages-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(content: unknown): Promise<string> {
  const path = join(folder, 'packages.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const small = { id: 'small', name: 'Small', credits: 1000, price: 500, currency: 'eur' };

describe('a packages file', () => {
  test('is optional', () => {
    expect(valid({}).packages).toEqual([]);
  });

  test('describes packages, with defaults for what is absent', async () => {
    const whole = {
      ...{ id: 'large', name: 'Large', credits: 9000, bonus_credits: 500, bonus_expires_after: '30d' },
      ...{ price: 4000, currency: 'usd', expires_after: '365d', limit_per_account: 2 },
    };
    const path = await fileOf({ packages: [small, whole] });
    expect(valid({ PACKAGES_FILE: path }).packages).toEqual([
      {
        ...{ id: 'small', name: 'Small', credits: 1000, bonusCredits: 0, bonusExpiresAfterMs: null },
        ...{ price: 500, currency: 'eur', expiresAfterMs: null, limitPerAccount: null },
      },
      {
        ...{ id: 'large', name: 'Large', credits: 9000, bonusCredits: 500 },
        ...{ bonusExpiresAfterMs: 30 * 86_400_000, price: 4000, currency: 'usd' },
        ...{ expiresAfterMs: 365 * 86_400_000, limitPerAccount: 2 },
      },
    ]);
  });

  test.each([
    ['no JSON', '{', 'is not valid JSON'],
    ['no object', '[]', 'packages is missing'],
    ['no list', { packages: {} }, 'packages must be a list'],
    ['an unknown key', { packages: [{ ...small, prise: 1 }] }, 'packages[0].prise is not a known key'],
    [
      'a price that is no whole number',
      { packages: [{ ...small, price: 4.99 }] },
      'packages[0].price must be a whole',
    ],
    [
      'a price of 0',
      { packages: [{ ...small, price: 0 }] },
      'packages[0].price must be a whole number from 1',
    ],
    [
      'no credits',
      { packages: [{ ...small, credits: 0 }] },
      'packages[0].credits must be a whole number from 1',
    ],
    [
      'a currency in upper case',
      { packages: [{ ...small, currency: 'EUR' }] },
      'must have a currency of three',
    ],
    ['two packages with one id', { packages: [small, small] }, 'two packages have the id "small"'],
    ['a blank name', { packages: [{ ...small, name: ' ' }] }, 'must have a name of 1 to 100 characters'],
    [
      'an expiry without a bonus',
      { packages: [{ ...small, bonus_expires_after: '1d' }] },
      'has no bonus credits',
    ],
    [
      'more credits than a balance can have',
      { packages: [{ ...small, credits: Number.MAX_SAFE_INTEGER, bonus_credits: 1 }] },
      'credits with its bonus',
    ],
  ])('with %s is refused', async (_, content, problem) => {
    const found = problems({ PACKAGES_FILE: await fileOf(content) });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^PACKAGES_FILE: /);
    expect(found[0]).toContain(problem);
  });

  test('that does not exist is refused', () => {
    expect(problems({ PACKAGES_FILE: join(folder, 'none.json') })).toEqual([
      'PACKAGES_FILE: cannot be read (ENOENT)',
    ]);
  });
});
