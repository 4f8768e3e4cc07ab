import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problems, valid } from './read.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'providers-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(content: unknown): Promise<string> {
  const path = join(await mkdtemp(join(folder, 'file-')), 'providers.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const one = { id: 'school', name: 'School', issuer: 'https://login.example.org/', client_id: 'chat' };
const settingsOfOne = { OIDC_ISSUER: 'https://login.example.org', OIDC_CLIENT_ID: 'metered-chat' };

describe('the settings of one provider', () => {
  test('without them there is none', () => {
    expect(valid({}).providers).toEqual([]);
  });

  test('the name is the host by default, and everything else has a default too', () => {
    expect(valid(settingsOfOne).providers).toEqual([
      {
        ...{ id: 'oidc', name: 'login.example.org', issuer: 'https://login.example.org' },
        ...{ clientId: 'metered-chat', clientSecret: null, clientAuthentication: 'client_secret_post' },
        ...{ scopes: 'openid email profile', groupsClaim: null, rights: [] },
      },
    ]);
  });

  test('what is missing is named', () => {
    expect(problems({ OIDC_NAME: 'School' })).toEqual([
      'OIDC_ISSUER is required for sign-in by a provider',
      'OIDC_CLIENT_ID is required for sign-in by a provider',
    ]);
    expect(problems({ OIDC_ISSUER: 'https://login.example.org' })).toEqual([
      'OIDC_CLIENT_ID is required for sign-in by a provider',
    ]);
    const OIDC_ROLE_MAP = '{"staff": {"role": "admin"}}';
    expect(problems({ ...settingsOfOne, OIDC_ROLE_MAP })).toEqual([
      'OIDC_ROLE_CLAIM is required if OIDC_ROLE_MAP is set',
    ]);
    expect(problems({ PASSWORD_SIGN_IN: 'off' })).toEqual([
      'PASSWORD_SIGN_IN=off leaves no way to sign in; set OIDC_ISSUER or OIDC_FILE',
    ]);
  });

  test.each(['http://login.example.org', 'https://login.example.org/?a=b', 'login.example.org', 'ftp://x'])(
    'an issuer must be safe: %s',
    (OIDC_ISSUER) => {
      expect(problems({ ...settingsOfOne, OIDC_ISSUER })[0]).toBe(
        'OIDC_ISSUER must be an https URL without a query, or an http URL of this machine',
      );
    },
  );
});

describe('OIDC_ROLE_MAP', () => {
  const OIDC_ROLE_CLAIM = 'groups';
  const read = (OIDC_ROLE_MAP: string) => problems({ ...settingsOfOne, OIDC_ROLE_CLAIM, OIDC_ROLE_MAP });

  test('says what groups give, in its order', () => {
    const OIDC_ROLE_MAP =
      '{"students": {"allowance": "4000/month"}, "staff": {"role": "admin", "allowance": "50/day"}}';
    const [provider] = valid({ ...settingsOfOne, OIDC_ROLE_CLAIM, OIDC_ROLE_MAP }).providers;
    expect(provider).toMatchObject({ groupsClaim: 'groups' });
    expect(provider?.rights).toEqual([
      { group: 'students', allowance: { amount: 4000, every: 'month' } },
      { group: 'staff', role: 'admin', allowance: { amount: 50, every: 'day' } },
    ]);
  });

  test.each([
    ['no JSON', 'staff=admin', 'is not valid JSON'],
    ['an unknown key', '{"staff": {"roles": "admin"}}', 'staff.roles is not a known key'],
    ['an unknown role', '{"staff": {"role": "root"}}', 'staff.role must be user or admin'],
    [
      'an allowance without a period',
      '{"staff": {"allowance": "4000"}}',
      'staff.allowance must be an amount for each day, week or month, such as 4000/month',
    ],
    ['an allowance that is a number', '{"staff": {"allowance": 4000}}', 'staff.allowance must be a text'],
    ['a role in place of an object', '{"staff": "admin"}', 'staff must be an object'],
  ])('%s is explained', (_, map, problem) => {
    expect(read(map)).toEqual([
      `OIDC_ROLE_MAP must be JSON such as {"staff": {"role": "admin"}, "students": {"allowance": "4000/month"}}: ${problem}`,
    ]);
  });

  test('every problem is named at once', () => {
    const [problem] = read('{"staff": {"role": "root"}, "students": {"allowence": "4000/month"}}');
    expect(problem).toContain('staff.role must be user or admin, students.allowence is not a known key');
  });
});

describe('OIDC_FILE', () => {
  const secretFile = async (content: string) => {
    const path = join(await mkdtemp(join(folder, 'secret-')), 'secret');
    await writeFile(path, content);
    return path;
  };

  test('describes several providers, whose secrets are in variables or files', async () => {
    const whole = {
      ...{ id: 'google', name: 'Google', issuer: 'https://accounts.google.com', client_id: '1234' },
      ...{ client_secret_env: 'GOOGLE_SECRET', client_auth: 'client_secret_basic', scopes: 'openid' },
      ...{ role_claim: 'groups', role_map: { staff: { role: 'admin' } } },
    };
    const OIDC_FILE = await fileOf({ providers: [{ ...one, client_secret_env: 'SCHOOL_SECRET' }, whole] });
    const { providers } = valid({
      OIDC_FILE,
      SCHOOL_SECRET: 'secret of the school',
      GOOGLE_SECRET_FILE: await secretFile('secret of a file\n'),
    });
    expect(providers).toEqual([
      {
        ...{ id: 'school', name: 'School', issuer: 'https://login.example.org/', clientId: 'chat' },
        ...{ clientSecret: 'secret of the school', groupsClaim: null, rights: [] },
      },
      {
        ...{ id: 'google', name: 'Google', issuer: 'https://accounts.google.com', clientId: '1234' },
        ...{
          clientSecret: 'secret of a file',
          clientAuthentication: 'client_secret_basic',
          scopes: 'openid',
        },
        ...{ groupsClaim: 'groups', rights: [{ group: 'staff', role: 'admin' }] },
      },
    ]);
  });

  test.each([
    ['no JSON', '{', ['OIDC_FILE: is not valid JSON']],
    ['no object', '[]', ['OIDC_FILE: providers is missing']],
    ['no list', { providers: {} }, ['OIDC_FILE: providers must be a list']],
    [
      'an unknown key',
      { providers: [{ ...one, client_secret: 'x' }] },
      ['OIDC_FILE: providers[0].client_secret is not a known key'],
    ],
    [
      'an unknown key beside the list',
      { providers: [one], version: 1 },
      ['OIDC_FILE: version is not a known key'],
    ],
    [
      'a missing key',
      { providers: [{ id: 'a', name: 'A', issuer: 'https://a.example.org' }] },
      ['OIDC_FILE: providers[0].client_id is missing'],
    ],
    [
      'an id that is no part of a path',
      { providers: [{ ...one, id: 'My School' }] },
      ['OIDC_FILE: providers[0].id must have 1 to 40 lower-case letters, digits and hyphens'],
    ],
    [
      'an unsafe issuer',
      { providers: [{ ...one, issuer: 'http://login.example.org' }] },
      ['OIDC_FILE: providers[0].issuer must be an https URL without a query, or an http URL of this machine'],
    ],
    [
      'an unknown way to send the secret',
      { providers: [{ ...one, client_auth: 'none' }] },
      ['OIDC_FILE: providers[0].client_auth must be client_secret_post or client_secret_basic'],
    ],
    [
      'an unknown right of a group',
      { providers: [{ ...one, role_claim: 'groups', role_map: { staff: { admin: true } } }] },
      ['OIDC_FILE: providers[0].role_map.staff.admin is not a known key'],
    ],
    [
      'a map without a claim',
      { providers: [{ ...one, role_map: { staff: { role: 'admin' } } }] },
      ['OIDC_FILE: school requires role_claim, because it has role_map'],
    ],
    [
      'two providers of one id, name and issuer, which differ by a slash',
      { providers: [one, { ...one, issuer: 'https://login.example.org' }] },
      [
        'OIDC_FILE: each provider must have an id of its own',
        'OIDC_FILE: each provider must have a name of its own',
        'OIDC_FILE: each provider must have an issuer of its own',
      ],
    ],
  ])('%s is explained', async (_, content, expected) => {
    expect(problems({ OIDC_FILE: await fileOf(content) })).toEqual(expected);
  });

  test('a file that cannot be read is explained', () => {
    expect(problems({ OIDC_FILE: join(folder, 'none.json') })).toEqual([
      'OIDC_FILE: cannot be read (ENOENT)',
    ]);
  });

  test('a missing secret is explained by the variable that should have it, and a wrong one is not repeated', async () => {
    const OIDC_FILE = await fileOf({ providers: [{ ...one, client_secret_env: 'SCHOOL_SECRET' }] });
    expect(problems({ OIDC_FILE })).toEqual([
      'OIDC_FILE: school requires the variable SCHOOL_SECRET, which is not set',
    ]);
    expect(problems({ OIDC_FILE, SCHOOL_SECRET_FILE: join(folder, 'none') })).toEqual([
      'OIDC_FILE: SCHOOL_SECRET_FILE names a file that does not exist',
    ]);
    const both = { SCHOOL_SECRET: 'abc-secret', SCHOOL_SECRET_FILE: await secretFile('abc-secret') };
    const found = problems({ OIDC_FILE, ...both });
    expect(found).toEqual(['OIDC_FILE: SCHOOL_SECRET and SCHOOL_SECRET_FILE are both set; remove one']);
    expect(found.join()).not.toContain('abc-secret');
  });

  test('the settings of one provider cannot be set beside it', async () => {
    const OIDC_FILE = await fileOf({ providers: [one] });
    expect(problems({ ...settingsOfOne, OIDC_FILE })).toEqual([
      'OIDC_ISSUER and OIDC_FILE are both set; remove one',
      'OIDC_CLIENT_ID and OIDC_FILE are both set; remove one',
    ]);
  });

  test('it is enough where passwords are off', async () => {
    const OIDC_FILE = await fileOf({ providers: [one] });
    expect(problems({ OIDC_FILE, PASSWORD_SIGN_IN: 'off' })).toEqual([]);
    expect(problems({ OIDC_FILE: await fileOf({ providers: [] }), PASSWORD_SIGN_IN: 'off' })).toHaveLength(1);
  });
});
