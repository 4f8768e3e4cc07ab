import { createHash } from 'node:crypto';
import { hash as bcrypt } from '@node-rs/bcrypt';
import { describe, expect, test } from 'vitest';
import { cpuTimeMs } from '../../../cpu-time.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, freshName, goodPassword, newAccount, newAdmin, type TestResponse } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';

/** New accounts: what is refused, and what is kept of a password. */
export function registerSuite(engine: OpenedEngine): void {
  describe('register', () => {
    test('every field that is missing is named at once', async () => {
      expect(faultsOf(await register(testApi(engine()), {}))).toEqual({
        username: ['Is required.'],
        password: ['Is required.'],
      });
    });

    test('all errors of all fields are reported at once', async () => {
      const response = await register(testApi(engine()), {
        username: 'a@',
        password: '1234567',
        email: 'nowhere',
      });
      expect(response.status).toBe(400);
      expect(response.body).toEqual({
        type: 'urn:metered-chat:problem:invalid_input',
        title: 'Bad Request',
        status: 400,
        detail: 'Some fields are invalid.',
        code: 'invalid_input',
        errors: {
          username: [
            'Must have at least 3 characters.',
            'May contain only ASCII letters, digits and . + - _',
          ],
          email: ['Must be an email address.'],
          password: ['Must have at least 8 characters.', 'Must not be only digits.', 'Is too common.'],
        },
      });
    });

    test('wrong types and differing passwords are reported at once', async () => {
      const response = await register(testApi(engine()), { username: 7, password: 'one', password2: 'two' });
      expect(faultsOf(response)).toEqual({
        username: ['Must be a string.'],
        password2: ['Must equal the password.'],
      });
    });

    test.each([
      { password: goodPassword, password2: 'another' },
      { password1: goodPassword, password2: 'another' },
      { password: goodPassword, password1: 'another' },
    ])('passwords that differ are refused: %o', async (passwords) => {
      const response = await register(testApi(engine()), { username: freshName(), ...passwords });
      expect(faultsOf(response)).toEqual({ password2: ['Must equal the password.'] });
    });

    test.each([
      ['ab', false],
      ['abc', true],
      ['a'.repeat(150), true],
      ['b'.repeat(151), false],
      ['Jane.D+o_e-1', true],
      ['jane doe', false],
      ['jane@doe', false],
      ['ｊａｎｅ', false],
      ['jäne', false],
      ['jane\n', false],
      ['', false],
    ])('the username %j: %s', async (username, accepted) => {
      const response = await register(testApi(engine()), { username, password: goodPassword });
      expect(response.status).toBe(accepted ? 201 : 400);
      if (!accepted) expect(Object.keys(faultsOf(response))).toEqual(['username']);
    });

    test.each([
      ['jane@example.com', true],
      ['Jané@exämple.com', true],
      [`${'a'.repeat(64)}@${'b'.repeat(60)}.com`, true],
      [`${'a'.repeat(65)}@example.com`, false],
      [`a@${'b.'.repeat(126)}com`, false],
      ['jane@localhost', false],
      ['jane@@example.com', false],
      ['jane @example.com', false],
      ['jane@example..com', false],
      ['jane@.com', false],
      ['"jane"@example.com', false],
      ['jane@example.com\nbcc: all@example.com', false],
      ['jane@example.com, all@example.com', false],
      ['@example.com', false],
    ])('the email %j: %s', async (email, accepted) => {
      const response = await register(testApi(engine()), {
        username: freshName(),
        password: goodPassword,
        email,
      });
      expect(response.status).toBe(accepted ? 201 : 400);
      if (!accepted) expect(faultsOf(response)).toEqual({ email: ['Must be an email address.'] });
    });

    test('an empty email is none, and any number of accounts have none', async () => {
      const api = testApi(engine());
      for (const email of ['', null, undefined]) {
        const response = await register(api, { username: freshName(), password: goodPassword, email });
        const me = await ask(api, 'GET', '/api/me/', { auth: response.body['token'] as string });
        expect(me.body['email']).toBeNull();
      }
    });

    test('a taken username is 409 in whatever case, and names the field', async () => {
      const api = testApi(engine());
      await register(api, { username: 'Taken_Name', password: goodPassword });
      for (const username of ['Taken_Name', 'taken_name', 'TAKEN_NAME']) {
        const response = await register(api, { username, password: goodPassword });
        expect(response.status).toBe(409);
        expect(response.body).toMatchObject({ code: 'username_taken', errors: { username: ['Is taken.'] } });
      }
    });

    test('a taken email is 409 however its domain is written, and signs in however it is written', async () => {
      const api = testApi(engine());
      const mark = freshName().replaceAll('_', '-');
      const [unicode, ascii] = [`Bob@Bücher.${mark}.example`, `bob@xn--bcher-kva.${mark}.example`];
      const first = { username: freshName(), password: goodPassword, email: unicode };
      const { body } = await register(api, first);
      const me = await ask(api, 'GET', '/api/me/', { auth: body['token'] as string });
      expect(me.body).toMatchObject({ email: unicode });
      expect(api.mails.map(({ to }) => to)).toEqual([`Bob@xn--bcher-kva.${mark}.example`]);
      for (const email of [unicode, ascii, unicode.toUpperCase(), `bob@bücher。${mark}.example`]) {
        const response = await register(api, { username: freshName(), password: goodPassword, email });
        expect([response.status, response.body['code']]).toEqual([409, 'email_taken']);
        const signedIn = await ask(api, 'POST', '/api/login/', { json: { email, password: goodPassword } });
        expect(signedIn.status).toBe(200);
        await ask(api, 'POST', '/api/password/forgot/', { json: { email } });
      }
      expect(api.mails.map(({ to }) => to)).toEqual(new Array(5).fill(`Bob@xn--bcher-kva.${mark}.example`));
      const admin = await newAdmin(api);
      for (const q of [`büch`, `bücher.${mark}`, ascii, unicode, `xn--bcher-kva.${mark}`]) {
        const path = `/api/admin/users/?q=${encodeURIComponent(q)}`;
        const found = await ask(api, 'GET', path, { auth: admin.auth });
        const names = (found.body['results'] as { username: string }[]).map(({ username }) => username);
        expect(names, q).toContain(first.username);
      }
      for (const name of ['user', 'actor']) {
        const path = `/api/admin/${name === 'user' ? 'entries' : 'audit'}/?${name}=${encodeURIComponent(ascii)}`;
        expect((await ask(api, 'GET', path, { auth: admin.auth })).status).toBe(200);
      }
    });

    test('an email with an empty label or a dot at an end is 400', async () => {
      const api = testApi(engine());
      for (const email of ['zo..e@example.org', '.zoe@example.org', 'zoe.@example.org', 'zoe@example.org.']) {
        const response = await register(api, { username: freshName(), password: goodPassword, email });
        expect([response.status, response.body['errors']]).toEqual([
          400,
          { email: ['Must be an email address.'] },
        ]);
      }
    });

    test('a taken email is 409 in whatever case or composition, and names the field', async () => {
      const api = testApi(engine());
      await register(api, { username: freshName(), password: goodPassword, email: 'Zoë@Example.com' });
      for (const email of ['Zoë@Example.com', 'zoë@example.COM', 'Zoe\u0308@example.com']) {
        const response = await register(api, { username: freshName(), password: goodPassword, email });
        expect(response.status).toBe(409);
        expect(response.body).toMatchObject({ code: 'email_taken', errors: { email: ['Is taken.'] } });
      }
    });

    test('a refused email leaves the username free', async () => {
      const api = testApi(engine());
      const [username, email] = [freshName(), 'only-once@example.com'];
      await register(api, { username: freshName(), password: goodPassword, email });
      expect((await register(api, { username, password: goodPassword, email })).status).toBe(409);
      expect((await register(api, { username, password: goodPassword })).status).toBe(201);
    });

    test('of 20 who want one name at once, one gets it', async () => {
      const api = testApi(engine());
      const username = freshName();
      const responses = await Promise.all(
        Array.from({ length: 20 }, () => register(api, { username, password: goodPassword })),
      );
      const statuses = responses.map(({ status }) => status).sort();
      expect(statuses).toEqual([201, ...new Array<number>(19).fill(409)]);
    });

    test('a new account begins with the opening grant, as an entry of its ledger', async () => {
      const api = testApi(engine(), { policy: { startingCredits: 123 } });
      const { auth } = await newAccount(api);
      const { body } = await ask(api, 'GET', '/api/tokens/entries/', { auth });
      expect(body['results']).toMatchObject([
        { kind: 'grant', amount: 123, balance_after: 123, chat_id: null, reason: 'Opening grant' },
      ]);
    });

    test('a password is stored only as Django stores it with BCryptSHA256PasswordHasher', async () => {
      const api = testApi(engine());
      const { username } = await newAccount(api);
      const stored = await engine().stores.userStore.findByName({ usernameKey: username });
      expect(stored?.passwordHash).toMatch(/^bcrypt_sha256\$\$2b\$\d\d\$.{53}$/);
    });

    test('an account that was hashed by Django can sign in', async () => {
      const api = testApi(engine());
      const username = freshName();
      const hexDigest = createHash('sha256').update('Mövéd from Django 1').digest('hex');
      await engine().stores.userStore.create({
        id: '0190cafe-1111-7000-8000-000000000001',
        username,
        usernameKey: username,
        email: null,
        emailKey: null,
        passwordHash: `bcrypt_sha256$${await bcrypt(hexDigest, { cost: 4 })}`,
        role: 'user',
        openingGrant: { entryId: '0190cafe-1111-7000-8000-000000000002', amount: 0 },
      });
      expect((await signIn(api, username, 'Mövéd from Django 1')).status).toBe(200);
      expect((await signIn(api, username, 'Moved from Django 1')).status).toBe(401);
    });

    test('two passwords that are equal in their first 72 bytes are different passwords', async () => {
      const api = testApi(engine());
      const start = 'correct horse battery staple '.repeat(4);
      const { username } = await newAccount(api, { password: `${start}one` });
      expect((await signIn(api, username, `${start}two`)).status).toBe(401);
      expect((await signIn(api, username, start)).status).toBe(401);
      expect((await signIn(api, username, `${start}one`)).status).toBe(200);
    });

    test.each([
      ['8 characters', 'aB3$xyZ!'],
      ['1,024 characters', 'aB3$xyZ!'.repeat(128)],
      ['1,024 characters beyond the basic plane', '🦉🐍🦀🐢'.repeat(256)],
      ['8 characters of several bytes', 'пароль🔑é'],
      ['spaces at both ends', '  StrongPass123!  '],
    ])('a password of %s is kept whole', async (_, password) => {
      const api = testApi(engine());
      const { username } = await newAccount(api, { password });
      expect((await signIn(api, username, password)).status).toBe(200);
      expect((await signIn(api, username, password.replace(/.$/u, ''))).status).toBe(401);
      expect(
        (await signIn(api, username, password.trim() === password ? `${password} ` : password.trim())).status,
      ).toBe(401);
    });

    test('a password of 1,025 characters is refused, however it is written', async () => {
      const api = testApi(engine());
      for (const password of ['aB3$xyZ!'.repeat(128) + '1', '🦉'.repeat(1025)]) {
        const response = await register(api, { username: freshName(), password });
        expect(faultsOf(response)['password']).toContain('Must have at most 1024 characters.');
      }
    });

    test('the same password typed on another keyboard is the same password', async () => {
      const api = testApi(engine());
      const { username } = await newAccount(api, { password: 'Ångström ﬁve Ⅷ' });
      expect((await signIn(api, username, 'A\u030Angstro\u0308m five VIII')).status).toBe(200);
      expect((await signIn(api, username, 'Angstrom five VIII')).status).toBe(401);
    });

    test('a registration of the largest size costs no more than a moment, whatever is in it', async () => {
      const api = testApi(engine());
      const megabyte = 1_000_000;
      const bodies = [
        { username: 'a'.repeat(megabyte), password: 'b'.repeat(1024) },
        { username: 'abc.'.repeat(megabyte / 4), password: 'd'.repeat(1000) },
        { username: freshName(), password: 'b'.repeat(1024), email: 'c.'.repeat(megabyte / 2) },
        { username: freshName(), password: `a${'\u0300\u0316'.repeat(megabyte / 5)}` },
        {
          username: freshName(),
          password: '\uFDFA'.repeat(1024),
          email: `${'a.'.repeat(32)}@${'b.'.repeat(90)}com`,
        },
      ];
      for (const body of bodies) {
        expect(await cpuTimeMs(() => register(api, body))).toBeLessThan(1000);
      }
    });
  });
}

function register(api: TestApi, json: Record<string, unknown>): Promise<TestResponse> {
  return ask(api, 'POST', '/api/register/', { json });
}

function signIn(api: TestApi, username: string, password: string): Promise<TestResponse> {
  return ask(api, 'POST', '/api/login/', { json: { username, password } });
}

function faultsOf(response: TestResponse): Record<string, string[]> {
  expect(response.status).toBe(400);
  return response.body['errors'] as Record<string, string[]>;
}
