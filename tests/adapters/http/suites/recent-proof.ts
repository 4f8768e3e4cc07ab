import { generateSync } from 'otplib';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../../src/adapters/system/system.js';
import { proofTtlMs } from '../../../../src/domain/auth/confirm-identity.js';
import { fakeProvider } from '../../../domain/identities/fake-provider.js';
import { openBrowser, type Browser } from '../../oidc/browser.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, freshName, newAccount } from '../requests.js';
import { testApi, type TestApi } from '../test-api.js';

interface Change {
  method: 'POST' | 'PATCH' | 'DELETE';
  path: string;
  json?: Record<string, unknown>;
  status: number;
}

const stepMs = 30_000;
const newPassword = 'EvenStronger456!';

/** Every change that requires a recent proof, with the status of its success. Those after it still find what they change. */
function sensitiveChanges({ keyId, identityId }: { keyId: string; identityId: string }): Change[] {
  return [
    { method: 'POST', path: '/api/keys/', json: { name: 'second' }, status: 201 },
    { method: 'DELETE', path: `/api/keys/${keyId}/`, status: 204 },
    { method: 'PATCH', path: '/api/me/', json: { email: `${freshName()}@example.org` }, status: 200 },
    { method: 'POST', path: '/api/me/identities/', json: { provider: 'school' }, status: 200 },
    { method: 'DELETE', path: `/api/me/identities/${identityId}/`, status: 204 },
    { method: 'POST', path: '/api/me/passkey/options/', status: 200 },
    { method: 'POST', path: '/api/me/totp/', status: 200 },
    { method: 'DELETE', path: '/api/me/totp/', status: 204 },
    { method: 'POST', path: '/api/me/password/', json: { new_password: newPassword }, status: 204 },
    { method: 'DELETE', path: '/api/me/', json: {}, status: 204 },
  ];
}

/** Signs in with an identity of the provider `school`. */
async function signIn(browser: Browser, subject: string) {
  const state = new URL(await browser.start('school')).searchParams.get('state') ?? '';
  return browser.finish({ state, code: JSON.stringify({ subject }) }, 'school');
}

/** An account with a password, an API key and an identity. */
async function newRichAccount(api: TestApi) {
  const account = await newAccount(api);
  const created = await ask(api, 'POST', '/api/keys/', { auth: account.auth, json: { name: 'first' } });
  const browser = openBrowser(api);
  const json = { username: account.username, password: account.password, cookie: true };
  await browser.send('POST', '/api/login/', { json });
  const started = await browser.send('POST', '/api/me/identities/', { json: { provider: 'school' } });
  const state = new URL(String(started.body['url'])).searchParams.get('state') ?? '';
  const parameters = { state, code: JSON.stringify({ subject: freshName() }) };
  await browser.send('POST', '/api/me/identity/finish/', { json: { provider: 'school', parameters } });
  const { body } = await browser.send('GET', '/api/me/identities/');
  const [identity] = body['results'] as { id: string }[];
  return {
    ...account,
    keyId: String(created.body['id']),
    apiKey: String(created.body['key']),
    identityId: identity?.id ?? '',
  };
}

/** Sensitive changes, which require a proof of the last 10 minutes. */
export function recentProofSuite(engine: OpenedEngine): void {
  const now = new Date();
  const open = () =>
    testApi(engine(), {
      identityProviders: [fakeProvider()],
      clock: { ...systemClock(), now: () => now },
    });
  const prove = (api: TestApi, auth: string, json: object) =>
    ask(api, 'POST', '/api/me/proof/', { auth, json });

  describe('recent proof of identity', () => {
    test('every sensitive change is refused without a recent proof and changes nothing, and a proof allows all', async () => {
      const api = open();
      const account = await newRichAccount(api);
      const { auth } = account;
      const send = ({ method, path, json }: Change) => ask(api, method, path, { auth, json });
      await engine().ageProofs(proofTtlMs);
      const before = await ask(api, 'GET', '/api/me/export/', { auth });
      for (const change of sensitiveChanges(account)) {
        const { status, body } = await send(change);
        expect([change.path, status, body['code']]).toEqual([change.path, 403, 'proof_required']);
      }
      const after = await ask(api, 'GET', '/api/me/export/', { auth });
      expect(after.body['keys']).toEqual(before.body['keys']);
      expect(after.body['account']).toEqual(before.body['account']);
      expect(after.body['identities']).toEqual(before.body['identities']);
      expect((await prove(api, auth, { password: account.password })).status).toBe(200);
      for (const change of sensitiveChanges(account))
        expect([change.path, (await send(change)).status]).toEqual([change.path, change.status]);
      expect((await ask(api, 'GET', '/api/me/', { auth })).status).toBe(401);
    });

    test('an API key can do none of them, with the password neither', async () => {
      const api = open();
      const account = await newRichAccount(api);
      for (const { method, path, json } of sensitiveChanges(account)) {
        for (const proof of [{}, { current_password: account.password }]) {
          const parts = { auth: account.apiKey, ...(json && { json: { ...json, ...proof } }) };
          const { status, body } = await ask(api, method, path, parts);
          expect([path, status, body['code']]).toEqual([path, 403, 'session_required']);
        }
      }
      const refused = await prove(api, account.apiKey, { password: account.password });
      expect(refused.body['code']).toBe('session_required');
    });

    test('the password in the request counts as the proof, and a wrong one is refused in spite of a recent proof', async () => {
      const api = open();
      const account = await newRichAccount(api);
      const { auth, password } = account;
      const withPassword = sensitiveChanges(account).filter(
        ({ path, method }) => path === '/api/keys/' || path === '/api/me/password/' || method === 'PATCH',
      );
      expect(withPassword).toHaveLength(3);
      for (const { method, path, json, status } of withPassword) {
        const wrong = await ask(api, method, path, {
          auth,
          json: { ...json, current_password: 'Wrong-987' },
        });
        expect([path, wrong.body['code']]).toEqual([path, 'wrong_password']);
        await engine().ageProofs(proofTtlMs);
        const right = await ask(api, method, path, { auth, json: { ...json, current_password: password } });
        expect([path, right.status]).toEqual([path, status]);
      }
      await engine().ageProofs(proofTtlMs);
      const erase = (current_password: string) =>
        ask(api, 'DELETE', '/api/me/', { auth, json: { current_password } });
      expect((await erase(password)).body['code']).toBe('wrong_password');
      expect((await erase(newPassword)).status).toBe(204);
    });

    test('a proof counts for its own session only', async () => {
      const api = open();
      const account = await newAccount(api);
      const json = { username: account.username, password: account.password };
      const other = String((await ask(api, 'POST', '/api/login/', { json })).body['token']);
      await engine().ageProofs(proofTtlMs);
      await prove(api, account.auth, { password: account.password });
      const create = (auth: string) => ask(api, 'POST', '/api/keys/', { auth, json: { name: 'a key' } });
      expect((await create(other)).body['code']).toBe('proof_required');
      expect((await create(account.auth)).status).toBe(201);
    });

    test('a wrong password proves nothing', async () => {
      const api = open();
      const { auth } = await newAccount(api);
      await engine().ageProofs(proofTtlMs);
      expect((await prove(api, auth, { password: 'Wrong-987' })).body['code']).toBe('wrong_password');
      const refused = await ask(api, 'POST', '/api/keys/', { auth, json: { name: 'a key' } });
      expect(refused.body['code']).toBe('proof_required');
    });

    test('a change of the username requires no proof', async () => {
      const api = open();
      const { auth } = await newAccount(api);
      await engine().ageProofs(proofTtlMs);
      const json = { username: freshName() };
      expect((await ask(api, 'PATCH', '/api/me/', { auth, json })).status).toBe(200);
    });

    test('an account without a password proves itself by its provider, changes its email and erases itself', async () => {
      const api = open();
      const subject = freshName();
      const first = openBrowser(api);
      expect((await signIn(first, subject)).status).toBe(200);
      await engine().ageProofs(proofTtlMs);
      const email = `${freshName()}@example.org`;
      const change = (browser: Browser) => browser.send('PATCH', '/api/me/', { json: { email } });
      const erase = (browser: Browser) => browser.send('DELETE', '/api/me/', { json: {} });
      expect((await change(first)).body['code']).toBe('proof_required');
      expect((await erase(first)).body['code']).toBe('proof_required');
      expect((await signIn(first, subject)).status).toBe(200);
      expect((await change(first)).body).toMatchObject({ pending_email: email });
      expect((await erase(first)).status).toBe(204);
      expect((await first.send('GET', '/api/me/')).status).toBe(401);
    });

    test('an account without a password proves itself by a code, once', async () => {
      const api = open();
      const browser = openBrowser(api);
      await signIn(browser, freshName());
      const { body } = await browser.send('POST', '/api/me/totp/');
      const codeAt = (steps: number) =>
        generateSync({
          secret: String(body['secret']),
          epoch: Math.floor((now.getTime() + steps * stepMs) / 1000),
        });
      const confirmed = await browser.send('POST', '/api/me/totp/confirm/', { json: { code: codeAt(-1) } });
      const [recoveryCode] = confirmed.body['recovery_codes'] as string[];
      const proofs = [{ code: codeAt(0) }, { recovery_code: recoveryCode }];
      for (const json of proofs) {
        await engine().ageProofs(proofTtlMs);
        const create = () => browser.send('POST', '/api/keys/', { json: { name: 'a key' } });
        expect((await create()).body['code']).toBe('proof_required');
        expect((await browser.send('POST', '/api/me/proof/', { json })).status).toBe(200);
        expect((await create()).status).toBe(201);
        const again = await browser.send('POST', '/api/me/proof/', { json });
        expect(again.body['code']).toBe('wrong_code');
      }
    });
  });
}
