import { describe, expect, test } from 'vitest';
import { noLimits } from '../../../../src/domain/limits/rate-limits.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, chat, freshName, newAccount, newAdmin, type TestResponse } from '../requests.js';
import { testApi, type TestApi, type TestApiOptions } from '../test-api.js';

const newPassword = 'another Password 77';

const hourMs = 60 * 60 * 1000;

/** The routes that accept a one-time token: how it is sent, and the response to an invalid one. */
const entryPoints = {
  authorization: (api: TestApi, secret: string) => ask(api, 'GET', '/api/me/', { auth: secret }),
  refresh: (api: TestApi, secret: string) =>
    ask(api, 'POST', '/api/session/refresh/', { json: { refresh_token: secret } }),
  verify: (api: TestApi, secret: string) => verify(api, secret),
  reset: (api: TestApi, secret: string) => reset(api, secret),
  cancel: (api: TestApi, secret: string) =>
    ask(api, 'POST', '/api/email/cancel/', { json: { token: secret } }),
};

const opens = {
  access: ['authorization'],
  refresh: ['refresh'],
  api_key: ['authorization'],
  email_confirmation: ['verify'],
  password_reset: ['reset'],
  email_cancellation: ['cancel'],
} as const;

function verify(api: TestApi, secret: string): Promise<TestResponse> {
  return ask(api, 'POST', '/api/email/verify/', { json: { token: secret } });
}

function reset(api: TestApi, secret: string, password = newPassword): Promise<TestResponse> {
  return ask(api, 'POST', '/api/password/reset/', { json: { token: secret, new_password: password } });
}

function forgot(api: TestApi, email: string, headers: Record<string, string> = {}): Promise<TestResponse> {
  return ask(api, 'POST', '/api/password/forgot/', { json: { email }, headers });
}

/** The secret in the link of the last mail that has one. */
function lastSecret(api: TestApi): string {
  const secret = api.mails.map(({ text }) => /\?token=(\S+)/.exec(text)?.[1]).findLast(Boolean);
  if (secret === undefined) throw new Error('No mail with a link was posted.');
  api.engine.secrets.add(secret);
  return secret;
}

/** Requests another email; returns the secret that cancels the change. */
async function cancellation(api: TestApi, auth: string): Promise<string> {
  const before = api.mails.length;
  const json = { email: `${freshName()}@example.com`, current_password: 'StrongPass123!' };
  expect((await ask(api, 'PATCH', '/api/me/', { auth, json })).status).toBe(200);
  const secret = /cancel-email-change\?token=(\S+)/.exec(api.mails[before]?.text ?? '')?.[1];
  if (secret === undefined) throw new Error('The email in force was sent no link.');
  api.engine.secrets.add(secret);
  return secret;
}

/** The flows that go by mail. */
export function accountMailsSuite(engine: OpenedEngine): void {
  async function accountWithEmail(options: TestApiOptions = {}) {
    const api = testApi(engine(), options);
    const email = `${freshName()}@Example.com`;
    const registered = await ask(api, 'POST', '/api/register/', {
      json: { username: freshName(), password: 'StrongPass123!', email },
    });
    expect(registered.status).toBe(201);
    const auth = registered.body['token'] as string;
    const refreshSecret = registered.body['refresh_token'] as string;
    return { api, email, auth, refreshSecret };
  }

  const isVerified = async (api: TestApi, auth: string) =>
    (await ask(api, 'GET', '/api/me/', { auth })).body['email_verified'];

  const login = (api: TestApi, email: string, password: string) =>
    ask(api, 'POST', '/api/login/', { json: { email, password } });

  describe('confirming an email', () => {
    test('registering sends a mail to the address, and its link confirms it once', async () => {
      const { api, email, auth } = await accountWithEmail();
      expect(api.mails.map(({ to }) => to)).toEqual([email]);
      expect(await isVerified(api, auth)).toBe(false);
      const secret = lastSecret(api);
      expect(secret).toMatch(/^mce_/);
      expect(await verify(api, secret)).toMatchObject({ status: 204, text: '' });
      expect(await isVerified(api, auth)).toBe(true);
      const again = await verify(api, secret);
      expect([again.status, again.body['code']]).toEqual([400, 'invalid_token']);
    });

    test('registering without an email sends nothing', async () => {
      const api = testApi(engine());
      await newAccount(api);
      expect(api.mails).toEqual([]);
    });

    test('an email that is not confirmed is as good to log in with as one that is', async () => {
      const { api, email } = await accountWithEmail();
      expect((await login(api, email, 'StrongPass123!')).status).toBe(200);
    });

    test('asking again sends another link, and the older one stops working', async () => {
      const { api, auth } = await accountWithEmail();
      const older = lastSecret(api);
      const asked = await ask(api, 'POST', '/api/email/verification/', { auth });
      expect(asked.status).toBe(202);
      expect(api.mails).toHaveLength(2);
      expect((await verify(api, older)).body['code']).toBe('invalid_token');
      expect((await verify(api, lastSecret(api))).status).toBe(204);
      const harmless = await ask(api, 'POST', '/api/email/verification/', { auth });
      expect([harmless.status, harmless.body]).toEqual([202, asked.body]);
      expect(api.mails).toHaveLength(2);
    });

    test('asking again is for people who are signed in', async () => {
      const { api, auth } = await accountWithEmail();
      const key = (await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'Key' } })).body[
        'key'
      ] as string;
      const before = api.mails.length;
      const responses = [
        await ask(api, 'POST', '/api/email/verification/'),
        await ask(api, 'POST', '/api/email/verification/', { auth: key }),
      ];
      expect(responses.map(({ status, body }) => [status, body['code']])).toEqual([
        [401, 'unauthenticated'],
        [403, 'session_required'],
      ]);
      expect(api.mails).toHaveLength(before);
    });

    test('of 50 confirmations at once one works', async () => {
      const { api } = await accountWithEmail();
      const secret = lastSecret(api);
      const responses = await Promise.all(Array.from({ length: 50 }, () => verify(api, secret)));
      const statuses = responses.map(({ status }) => status).sort();
      expect(statuses).toEqual([204, ...new Array<number>(49).fill(400)]);
    });

    test('a link is good for 24 hours', async () => {
      const { api, auth } = await accountWithEmail();
      const secret = lastSecret(api);
      await engine().ageOneTimeTokens(24 * hourMs);
      expect((await verify(api, secret)).body['code']).toBe('invalid_token');
      await ask(api, 'POST', '/api/email/verification/', { auth });
      await engine().ageOneTimeTokens(23.9 * hourMs);
      expect((await verify(api, lastSecret(api))).status).toBe(204);
    });

    test('a link is worth nothing once the account has another email', async () => {
      const { api, auth } = await accountWithEmail();
      const secret = lastSecret(api);
      const changed = await ask(api, 'PATCH', '/api/me/', {
        auth,
        json: { email: `${freshName()}@example.com`, current_password: 'StrongPass123!' },
      });
      expect(changed.status).toBe(200);
      expect((await verify(api, secret)).body['code']).toBe('invalid_token');
      expect(await isVerified(api, auth)).toBe(false);
      expect((await verify(api, lastSecret(api))).status).toBe(204);
      expect((await verify(api, secret)).body['code']).toBe('invalid_token');
    });

    test('with REQUIRE_VERIFIED_EMAIL only who has confirmed may chat, keys included', async () => {
      const { api, auth } = await accountWithEmail({ policy: { requireVerifiedEmail: true } });
      const secret = lastSecret(api);
      const key = (await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'Key' } })).body[
        'key'
      ] as string;
      const nameless = await newAccount(api);
      for (const caller of [auth, key, nameless.auth]) {
        const refused = await chat(api, caller, 'Hello');
        expect([refused.status, refused.body['code']]).toEqual([403, 'email_not_verified']);
      }
      expect((await ask(api, 'GET', '/api/tokens/', { auth })).body).toMatchObject({ tokens: 4000 });
      expect((await verify(api, secret)).status).toBe(204);
      for (const caller of [auth, key]) expect((await chat(api, caller, 'Hello')).status).toBe(200);
    });

    test('without REQUIRE_VERIFIED_EMAIL an unverified account may chat', async () => {
      const { api, auth } = await accountWithEmail();
      expect((await chat(api, auth, 'Hello')).status).toBe(200);
    });
  });

  describe('the language of mails', () => {
    const registered = async (acceptLanguage: string | null) => {
      const api = testApi(engine());
      const email = `${freshName()}@example.com`;
      const headers: Record<string, string> =
        acceptLanguage === null ? {} : { 'Accept-Language': acceptLanguage };
      const json = { username: freshName(), password: 'StrongPass123!', email };
      await ask(api, 'POST', '/api/register/', { json, headers });
      return { api, email, subject: api.mails[0]?.subject };
    };

    test.each([
      ['de', 'Bestätigen Sie Ihre E-Mail-Adresse'],
      ['de-AT', 'Bestätigen Sie Ihre E-Mail-Adresse'],
      ['fr, de;q=0.5', 'Bestätigen Sie Ihre E-Mail-Adresse'],
      ['en;q=0.8, DE-de;q=0.9', 'Bestätigen Sie Ihre E-Mail-Adresse'],
      ['en-GB, de;q=0.5', 'Confirm your email address'],
      ['de;q=0, fr', 'Confirm your email address'],
      ['*', 'Confirm your email address'],
      ['debian', 'Confirm your email address'],
      [';;,=,"', 'Confirm your email address'],
      [null, 'Confirm your email address'],
    ])('is that which the client prefers: %s', async (acceptLanguage, subject) => {
      expect((await registered(acceptLanguage)).subject).toBe(subject);
    });

    test('is that of the request which causes the mail, not that of an earlier one', async () => {
      const { api, email } = await registered('de');
      await forgot(api, email);
      expect(api.mails.at(-1)?.subject).toBe('Choose a new password');
      await forgot(api, email, { 'Accept-Language': 'de-CH' });
      const { subject, text, html } = api.mails.at(-1) ?? {};
      expect(subject).toBe('Wählen Sie ein neues Passwort');
      expect(text).toMatch(/^Guten Tag .*,\n/);
      expect(html).toContain('<html lang="de">');
      const reset = { token: lastSecret(api), new_password: newPassword };
      await ask(api, 'POST', '/api/password/reset/', { json: reset, headers: { 'Accept-Language': 'de' } });
      expect(api.mails.at(-1)?.subject).toBe('Ihr Passwort wurde geändert');
    });

    test('is not that of an administrator for mails to another person', async () => {
      const api = testApi(engine());
      const { auth } = await newAdmin(api);
      const headers = { 'Accept-Language': 'de' };
      const json = {
        ...{ username: freshName(), password: 'StrongPass123!', email: `${freshName()}@example.com` },
        ...{ role: 'user' },
      };
      const created = await ask(api, 'POST', '/api/admin/users/', { auth, headers, json });
      expect(created.status).toBe(201);
      const path = `/api/admin/users/${String(created.body['id'])}/`;
      await ask(api, 'POST', `${path}password/`, { auth, headers, json: { new_password: newPassword } });
      await ask(api, 'PATCH', path, { auth, headers, json: { email: `${freshName()}@example.com` } });
      expect(api.mails.map(({ subject }) => subject)).toEqual([
        'Confirm your email address',
        'Your password was changed',
        'Your email address is about to change',
        'Confirm your email address',
      ]);
    });
  });

  describe('a forgotten password', () => {
    test('is replaced by the link: the old one, every session and every API key are dead', async () => {
      const { api, email, auth, refreshSecret } = await accountWithEmail();
      const second = (await login(api, email, 'StrongPass123!')).body['token'] as string;
      const key = (await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'Key' } })).body[
        'key'
      ] as string;
      expect((await forgot(api, email.toUpperCase())).status).toBe(202);
      expect(api.mails.at(-1)?.to).toBe(email);
      const secret = lastSecret(api);
      expect(secret).toMatch(/^mcp_/);
      expect(await reset(api, secret)).toMatchObject({ status: 204, text: '' });
      for (const dead of [auth, second]) {
        expect((await ask(api, 'GET', '/api/me/', { auth: dead })).status).toBe(401);
      }
      expect((await entryPoints.refresh(api, refreshSecret)).status).toBe(401);
      expect((await ask(api, 'GET', '/api/me/', { auth: key })).status).toBe(401);
      expect((await login(api, email, 'StrongPass123!')).status).toBe(401);
      const signedIn = await login(api, email, newPassword);
      expect(signedIn.status).toBe(200);
      expect(await isVerified(api, signedIn.body['token'] as string)).toBe(true);
      expect((await reset(api, secret)).body['code']).toBe('invalid_token');
    });

    test('of an account that a stranger made is the end of what the stranger holds: their key neither reads nor spends', async () => {
      const { api, email, auth, refreshSecret } = await accountWithEmail();
      const made = [1, 2].map(() => ask(api, 'POST', '/api/keys/', { auth, json: { name: 'theirs' } }));
      const keys = (await Promise.all(made)).map(({ body }) => body['key'] as string);
      for (const key of keys) expect((await chat(api, key, 'Hello')).status).toBe(200);
      await forgot(api, email);
      const { text } = api.mails.at(-1) ?? { text: '' };
      expect(text).toContain('removes every API key');
      const secret = lastSecret(api);
      // While the owner resets, the stranger goes on making keys.
      const [response, ...late] = await Promise.all([
        reset(api, secret),
        ...Array.from({ length: 10 }, () => ask(api, 'POST', '/api/keys/', { auth, json: { name: 'late' } })),
      ]);
      expect(response.status).toBe(204);
      keys.push(...late.flatMap(({ status, body }) => (status === 201 ? [body['key'] as string] : [])));
      const owner = (await login(api, email, newPassword)).body['token'] as string;
      const before = (await ask(api, 'GET', '/api/tokens/', { auth: owner })).body;
      for (const dead of [...keys, auth]) {
        for (const path of ['/api/me/', '/api/tokens/', '/api/chat/', '/v1/models']) {
          expect((await ask(api, 'GET', path, { auth: dead })).status, path).toBe(401);
        }
        expect((await chat(api, dead, 'Hello')).status).toBe(401);
        const completion = { model: 'echo', messages: [{ role: 'user', content: 'Hello' }] };
        const spent = await ask(api, 'POST', '/v1/chat/completions', { auth: dead, json: completion });
        expect(spent.status).toBe(401);
        expect((await ask(api, 'POST', '/api/keys/', { auth: dead, json: { name: 'more' } })).status).toBe(
          401,
        );
      }
      expect((await entryPoints.refresh(api, refreshSecret)).status).toBe(401);
      expect((await ask(api, 'GET', '/api/tokens/', { auth: owner })).body).toEqual(before);
      expect((await ask(api, 'GET', '/api/keys/', { auth: owner })).body['results']).toEqual([]);
      expect((await chat(api, owner, 'Mine again')).status).toBe(200);
    });

    test('that was replaced is not what a change under way at that moment goes by', async () => {
      const { api, email, auth } = await accountWithEmail();
      await forgot(api, email);
      const json = { current_password: 'StrongPass123!', new_password: 'the Strangers 88' };
      const [done] = await Promise.all([
        reset(api, lastSecret(api)),
        ...Array.from({ length: 5 }, () => ask(api, 'POST', '/api/me/password/', { auth, json })),
      ]);
      // Whichever came first, no two of them can both have replaced the same password.
      if (done.status === 204) expect((await login(api, email, newPassword)).status).toBe(200);
      else expect(done.body['code']).toBe('invalid_token');
    });

    test('that is replaced opens the chat where only confirmed emails may: the link has confirmed it', async () => {
      const { api, email, auth } = await accountWithEmail({ policy: { requireVerifiedEmail: true } });
      expect((await chat(api, auth, 'Hello')).body['code']).toBe('email_not_verified');
      await forgot(api, email);
      expect((await reset(api, lastSecret(api))).status).toBe(204);
      const signedIn = (await login(api, email, newPassword)).body['token'] as string;
      expect((await chat(api, signedIn, 'Hello')).status).toBe(200);
    });

    test('has the same response whether an account has the email or not: body, headers and statements', async () => {
      const { api, email } = await accountWithEmail();
      const asked: Record<string, unknown>[] = [];
      for (const each of [email, `unknown-${freshName()}@example.com`, email]) {
        const [before, comparisons] = [engine().statements.length, api.comparisons.length];
        const response = await forgot(api, each, { 'X-Request-Id': 'the-same-for-all' });
        asked.push({
          status: response.status,
          body: response.body,
          headers: [...response.headers],
          statements: engine().statements.slice(before),
          comparisons: api.comparisons.length - comparisons,
        });
      }
      expect(asked[1]).toEqual(asked[0]);
      expect(asked[2]).toEqual(asked[0]);
      expect(asked[0]?.['status']).toBe(202);
      expect(api.mails).toHaveLength(3);
    });

    test('is asked for alike when the account is disabled, and no mail leaves', async () => {
      const api = testApi(engine());
      const email = `${freshName()}@example.com`;
      const { username } = await newAccount(api, { email });
      await engine().disable(username);
      expect((await forgot(api, email)).status).toBe(202);
      expect(api.mails).toHaveLength(1);
    });

    test('links begin with PUBLIC_URL, whatever the Host says', async () => {
      const { api, email } = await accountWithEmail();
      await forgot(api, email, { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example' });
      expect(api.mails).toHaveLength(2);
      for (const { text, html } of api.mails) {
        const links = [...`${text}${html}`.matchAll(/https?:\/\/[^\s"<]+/g)].map(([link]) => link);
        expect(links).toHaveLength(3);
        for (const link of links) {
          expect(link).toMatch(/^https:\/\/chat\.example\.test\/(verify-email|reset-password)\?token=mc/);
        }
      }
    });

    test('a bad new password is refused with every reason, and the link still works', async () => {
      const { api, email } = await accountWithEmail();
      await forgot(api, email);
      const secret = lastSecret(api);
      const refused = await reset(api, secret, '1234567');
      expect([refused.status, refused.body['code']]).toEqual([400, 'invalid_input']);
      expect(refused.body['errors']).toEqual({
        new_password: ['Must have at least 8 characters.', 'Must not be only digits.', 'Is too common.'],
      });
      expect((await reset(api, secret, email)).body['errors']).toEqual({
        new_password: ['Is too similar to the email.'],
      });
      expect((await reset(api, secret)).status).toBe(204);
    });

    test('a newer link replaces the older, and one is good for an hour', async () => {
      const { api, email } = await accountWithEmail();
      await forgot(api, email);
      const older = lastSecret(api);
      await forgot(api, email);
      expect((await reset(api, older)).body['code']).toBe('invalid_token');
      const expired = lastSecret(api);
      await engine().ageOneTimeTokens(hourMs);
      expect((await reset(api, expired)).body['code']).toBe('invalid_token');
      await forgot(api, email);
      await engine().ageOneTimeTokens(0.9 * hourMs);
      expect((await reset(api, lastSecret(api))).status).toBe(204);
    });

    test('of 20 resets at once one works, and its password is the one', async () => {
      const { api, email } = await accountWithEmail();
      await forgot(api, email);
      const secret = lastSecret(api);
      const passwords = Array.from({ length: 20 }, (_, index) => `Racing-Horse-${index}-Wins`);
      const responses = await Promise.all(passwords.map((password) => reset(api, secret, password)));
      const winners = passwords.filter((_, index) => responses[index]?.status === 204);
      expect(winners).toHaveLength(1);
      expect((await login(api, email, winners[0] ?? '')).status).toBe(200);
    });

    test.each([
      ['/api/password/forgot/', {}, { email: ['Is required.'] }],
      ['/api/password/forgot/', { email: 'a'.repeat(600) }, { email: ['Must be an email address.'] }],
      ['/api/password/reset/', {}, { token: ['Is required.'], new_password: ['Is required.'] }],
      ['/api/email/verify/', { token: 5 }, { token: ['Must be a string.'] }],
      ['/api/email/cancel/', {}, { token: ['Is required.'] }],
    ])('%s names what is wrong with %j', async (path, json, errors) => {
      const response = await ask(testApi(engine()), 'POST', path, { json });
      expect([response.status, response.body['errors']]).toEqual([400, errors]);
    });
  });

  describe('the kinds of auth tokens', () => {
    test('each is accepted by its own route only', async () => {
      const results: string[] = [];
      const wanted: string[] = [];
      for (const kind of Object.keys(opens) as (keyof typeof opens)[]) {
        for (const entryPoint of Object.keys(entryPoints) as (keyof typeof entryPoints)[]) {
          const { api, email, auth, refreshSecret } = await accountWithEmail();
          const confirmation = lastSecret(api);
          await forgot(api, email);
          const key = await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'Key' } });
          const secrets = {
            access: auth,
            refresh: refreshSecret,
            api_key: key.body['key'] as string,
            email_confirmation: confirmation,
            password_reset: lastSecret(api),
            email_cancellation: kind === 'email_cancellation' ? await cancellation(api, auth) : '',
          };
          const response = await entryPoints[entryPoint](api, secrets[kind]);
          results.push(`${kind} at ${entryPoint}: ${response.status < 300 ? 'opens' : response.status}`);
          const refusal = entryPoint === 'authorization' || entryPoint === 'refresh' ? 401 : 400;
          const isOpen = (opens[kind] as readonly string[]).includes(entryPoint);
          wanted.push(`${kind} at ${entryPoint}: ${isOpen ? 'opens' : refusal}`);
          if (response.status === 400) expect(response.body['code']).toBe('invalid_token');
        }
      }
      expect(results).toEqual(wanted);
      expect(results).toHaveLength(30);
    });

    test('a secret whose prefix or user was changed is worth nothing', async () => {
      const { api, email, auth } = await accountWithEmail();
      const confirmation = lastSecret(api);
      await forgot(api, email);
      const resetting = lastSecret(api);
      const stranger = await accountWithEmail();
      const strangers = lastSecret(stranger.api);
      const otherUser = (secret: string) => secret.replace(/_.{32}_/, /_.{32}_/.exec(strangers)?.[0] ?? '');
      for (const secret of [confirmation.replace('mce', 'mcp'), otherUser(resetting), `${resetting} `, '']) {
        expect((await reset(api, secret)).body['code'], secret).toBe('invalid_token');
      }
      for (const secret of [resetting.replace('mcp', 'mce'), otherUser(confirmation), 'x'.repeat(10_000)]) {
        expect((await verify(api, secret)).body['code'], secret).toBe('invalid_token');
      }
      expect(await isVerified(api, auth)).toBe(false);
      expect((await reset(api, resetting)).status).toBe(204);
    });
  });

  describe('mails about what happened', () => {
    test('are sent for a new key, a changed password and a reset, to the email in force', async () => {
      const { api, email, auth } = await accountWithEmail();
      await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'nightly <job>' } });
      const mail = api.mails.at(-1);
      expect(mail).toMatchObject({ to: email, subject: 'A new API key for your account' });
      expect(mail?.text).toContain('nightly <job>');
      expect(mail?.html).toContain('nightly &lt;job&gt;');
      const change = { current_password: 'StrongPass123!', new_password: newPassword };
      await ask(api, 'POST', '/api/me/password/', { auth, json: change });
      expect(api.mails.at(-1)).toMatchObject({ to: email, subject: 'Your password was changed' });
      expect(api.mails.at(-1)?.text).toContain('Removed API keys: 1.');
      await forgot(api, email);
      await reset(api, lastSecret(api), 'yet another Pass 9');
      expect(api.mails.at(-1)).toMatchObject({ to: email, subject: 'Your password was changed' });
      expect(api.mails).toHaveLength(5);
      for (const { text } of api.mails) expect(text).not.toMatch(/another|StrongPass/);
    });

    test('are not sent to an account without an email, and nothing fails for it', async () => {
      const api = testApi(engine());
      const { auth, password } = await newAccount(api);
      expect((await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'Key' } })).status).toBe(201);
      const change = { current_password: password, new_password: newPassword };
      expect((await ask(api, 'POST', '/api/me/password/', { auth, json: change })).status).toBe(204);
      expect(api.mails).toEqual([]);
    });

    test('are limited for an address that an account only claims', async () => {
      const noticesByEmail = { max: 3, windowMs: hourMs };
      const { api, auth } = await accountWithEmail({ policy: { limits: { ...noLimits, noticesByEmail } } });
      for (let made = 0; made < 6; made += 1) {
        expect((await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'Key' } })).status).toBe(201);
      }
      expect(api.mails).toHaveLength(4);
    });
  });

  test('what happens by mail is in the audit log', async () => {
    const { api, email, auth } = await accountWithEmail();
    const { body } = await ask(api, 'GET', '/api/me/', { auth });
    await ask(api, 'POST', '/api/email/verification/', { auth });
    await verify(api, lastSecret(api));
    await forgot(api, email);
    await reset(api, lastSecret(api));
    const page = { limit: 20, before: null };
    const { results } = await engine().stores.auditLog.events(body['id'] as string, page);
    expect(results.map(({ action }) => action).reverse()).toEqual([
      'registered',
      'verification_requested',
      'email_verified',
      'password_reset_requested',
      'password_reset',
    ]);
  });
}
