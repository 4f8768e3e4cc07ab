import { describe, expect, test } from 'vitest';
import { defaultLimits, noLimits } from '../../../../src/domain/limits/rate-limits.js';
import type { OpenedEngine } from '../api-suites.js';
import { ask, chat, freshName, goodPassword, idOf, newAccount, newAdmin } from '../requests.js';
import { testApi, type TestApi, type TestApiOptions } from '../test-api.js';

const dayMs = 24 * 60 * 60 * 1000;
const otherPassword = 'another Password 77';

const newEmail = () => `${freshName()}@Example.com`;

/** The secret in the link of the last mail to an address. */
function secretTo(api: TestApi, email: string): string {
  const texts = api.mails.filter(({ to }) => to === email).map(({ text }) => text);
  const secret = texts.map((text) => /\?token=(\S+)/.exec(text)?.[1]).findLast(Boolean);
  if (secret === undefined) throw new Error(`No link was sent to ${email}.`);
  api.engine.secrets.add(secret);
  return secret;
}

const verify = (api: TestApi, secret: string) =>
  ask(api, 'POST', '/api/email/verify/', { json: { token: secret } });
const cancel = (api: TestApi, secret: string) =>
  ask(api, 'POST', '/api/email/cancel/', { json: { token: secret } });
const me = (api: TestApi, auth: string) => ask(api, 'GET', '/api/me/', { auth });
const change = (api: TestApi, auth: string, email: string | null, more: object = {}) =>
  ask(api, 'PATCH', '/api/me/', { auth, json: { email, current_password: goodPassword, ...more } });
const signIn = (api: TestApi, email: string, password = goodPassword) =>
  ask(api, 'POST', '/api/login/', { json: { email, password } });
const forgot = (api: TestApi, email: string) =>
  ask(api, 'POST', '/api/password/forgot/', { json: { email } });
const reset = (api: TestApi, secret: string) =>
  ask(api, 'POST', '/api/password/reset/', { json: { token: secret, new_password: otherPassword } });

/** Another email of an account: pending, confirmed, cancelled. */
export function emailChangesSuite(engine: OpenedEngine): void {
  /** An account whose email is confirmed. */
  async function accountWithEmail(options: TestApiOptions = {}) {
    const api = testApi(engine(), options);
    const email = newEmail();
    const account = await newAccount(api, { email });
    expect((await verify(api, secretTo(api, email))).status).toBe(204);
    return { api, email, ...account };
  }

  const actionsOf = async (userId: string) => {
    const { results } = await engine().stores.auditLog.events(userId, { limit: 50, before: null });
    return results.map(({ action }) => action).reverse();
  };

  describe('a change of an email', () => {
    test('waits for its confirmation: until then the old one signs in, is sent resets, and shows', async () => {
      const { api, email, auth } = await accountWithEmail();
      const wanted = newEmail();
      const changed = await change(api, auth, wanted);
      expect(changed.status).toBe(200);
      const pending = { email, email_verified: true, pending_email: wanted };
      expect(changed.body).toMatchObject(pending);
      expect((await me(api, auth)).body).toMatchObject(pending);
      expect((await signIn(api, email)).status).toBe(200);
      expect((await signIn(api, wanted)).status).toBe(401);
      const sent = api.mails.length;
      await forgot(api, wanted);
      expect(api.mails).toHaveLength(sent);
      await forgot(api, email);
      expect(api.mails.at(-1)?.to).toBe(email);
      expect((await verify(api, secretTo(api, wanted))).status).toBe(204);
      expect((await me(api, auth)).body).toMatchObject({
        ...{ email: wanted, email_verified: true, pending_email: null },
      });
      expect((await signIn(api, wanted)).status).toBe(200);
      expect((await signIn(api, email)).status).toBe(401);
    });

    test('is announced to the old address, with the new email and a link that cancels the change', async () => {
      const { api, email, auth } = await accountWithEmail();
      const wanted = newEmail();
      const sent = api.mails.length;
      await change(api, auth, wanted);
      const [notice, asked] = api.mails.slice(sent);
      expect([notice?.to, asked?.to]).toEqual([email, wanted]);
      expect(notice?.text).toContain(wanted);
      expect(notice?.text).toMatch(/https:\/\/chat\.example\.test\/cancel-email-change\?token=mcu_\S+/);
      expect(asked?.text).toMatch(/\/verify-email\?token=mce_\S+/);
      expect(api.mails).toHaveLength(sent + 2);
    });

    test('to a mistyped address gives its holder nothing while it is not confirmed', async () => {
      const { api, email, auth } = await accountWithEmail();
      const mistyped = newEmail();
      await change(api, auth, mistyped);
      await forgot(api, mistyped);
      expect(api.mails.filter(({ to }) => to === mistyped)).toHaveLength(1);
      // Its owner can register with it: no account has it yet.
      await newAccount(api, { email: mistyped });
      expect((await verify(api, secretTo(api, mistyped))).status).toBe(204);
      expect((await me(api, auth)).body).toMatchObject({ email, pending_email: mistyped });
      const right = newEmail();
      await change(api, auth, right);
      expect((await verify(api, secretTo(api, right))).status).toBe(204);
      expect((await me(api, auth)).body).toMatchObject({ email: right });
    });

    test('that is cancelled before it is confirmed never happens', async () => {
      const { api, email, auth } = await accountWithEmail();
      const wanted = newEmail();
      await change(api, auth, wanted);
      const confirmation = secretTo(api, wanted);
      const secret = secretTo(api, email);
      expect(await cancel(api, secret)).toMatchObject({ status: 204, text: '' });
      expect((await verify(api, confirmation)).body['code']).toBe('invalid_token');
      expect((await cancel(api, secret)).body['code']).toBe('invalid_token');
      expect((await me(api, auth)).body).toMatchObject({ email, email_verified: true, pending_email: null });
    });

    test('that is cancelled after it is confirmed is undone, and every session has ended', async () => {
      const { api, email, auth } = await accountWithEmail();
      const wanted = newEmail();
      await change(api, auth, wanted);
      await verify(api, secretTo(api, wanted));
      const second = (await signIn(api, wanted)).body['token'] as string;
      const secret = secretTo(api, email);
      expect((await cancel(api, secret)).status).toBe(204);
      for (const dead of [auth, second]) expect((await me(api, dead)).status).toBe(401);
      expect((await signIn(api, wanted)).status).toBe(401);
      const back = (await signIn(api, email)).body['token'] as string;
      expect((await me(api, back)).body).toMatchObject({ email, email_verified: true, pending_email: null });
      expect(api.mails.at(-1)).toMatchObject({
        to: wanted,
        subject: 'The change of your email address was undone',
      });
      expect((await cancel(api, secret)).body['code']).toBe('invalid_token');
    });

    test('can be cancelled for 7 days after it was confirmed, and for as long as it is not', async () => {
      const { api, email, auth } = await accountWithEmail();
      await change(api, auth, newEmail());
      await engine().ageOneTimeTokens(30 * dayMs);
      expect((await cancel(api, secretTo(api, email))).status).toBe(204);
      const wanted = newEmail();
      await change(api, auth, wanted);
      await verify(api, secretTo(api, wanted));
      await engine().ageOneTimeTokens(6.9 * dayMs);
      expect((await cancel(api, secretTo(api, email))).status).toBe(204);
      const back = (await signIn(api, email)).body['token'] as string;
      await change(api, back, wanted);
      await verify(api, secretTo(api, wanted));
      await engine().ageOneTimeTokens(7 * dayMs);
      expect((await cancel(api, secretTo(api, email))).body['code']).toBe('invalid_token');
      expect((await me(api, back)).body).toMatchObject({ email: wanted });
    });

    test('cannot be undone once another account has confirmed the old address', async () => {
      const { api, email, auth } = await accountWithEmail();
      const wanted = newEmail();
      await change(api, auth, wanted);
      const secret = secretTo(api, email);
      await verify(api, secretTo(api, wanted));
      await newAccount(api, { email });
      expect((await verify(api, secretTo(api, email))).status).toBe(204);
      const rejected = await cancel(api, secret);
      expect([rejected.status, rejected.body['code']]).toEqual([409, 'email_taken']);
      expect((await me(api, auth)).body).toMatchObject({ email: wanted });
    });

    test('by an attacker, and a second one after it, are both undone by the first address', async () => {
      const { api, email, auth } = await accountWithEmail();
      const strangers = [newEmail(), newEmail()] as const;
      await change(api, auth, strangers[0]);
      const owners = secretTo(api, email);
      await verify(api, secretTo(api, strangers[0]));
      await change(api, auth, strangers[1]);
      const theirs = secretTo(api, strangers[0]);
      await verify(api, secretTo(api, strangers[1]));
      expect((await cancel(api, owners)).status).toBe(204);
      expect((await cancel(api, theirs)).body['code']).toBe('invalid_token');
      // The owner has a password that only the owner knows.
      await forgot(api, email);
      expect((await reset(api, secretTo(api, email))).status).toBe(204);
      expect((await signIn(api, email)).status).toBe(401);
      expect((await signIn(api, email, otherPassword)).status).toBe(200);
    });

    test('that waits is dropped when the owner resets the password by the old address', async () => {
      const { api, email, auth } = await accountWithEmail();
      const wanted = newEmail();
      await change(api, auth, wanted);
      const confirmation = secretTo(api, wanted);
      await forgot(api, email);
      expect((await reset(api, secretTo(api, email))).status).toBe(204);
      expect((await verify(api, confirmation)).body['code']).toBe('invalid_token');
      const back = (await signIn(api, email, otherPassword)).body['token'] as string;
      expect((await me(api, back)).body).toMatchObject({ email, pending_email: null });
    });

    test('is asked again to be confirmed at the new address, and the older link stops working', async () => {
      const { api, email, auth } = await accountWithEmail();
      const wanted = newEmail();
      await change(api, auth, wanted);
      const older = secretTo(api, wanted);
      const response = await ask(api, 'POST', '/api/email/verification/', { auth });
      expect([response.status, api.mails.at(-1)?.to]).toEqual([202, wanted]);
      expect((await verify(api, older)).body['code']).toBe('invalid_token');
      await engine().ageOneTimeTokens(dayMs);
      expect((await verify(api, secretTo(api, wanted))).body['code']).toBe('invalid_token');
      await ask(api, 'POST', '/api/email/verification/', { auth });
      expect((await verify(api, secretTo(api, wanted))).status).toBe(204);
      expect((await me(api, auth)).body).toMatchObject({ email: wanted });
      expect(email).not.toBe(wanted);
    });

    test('to the first email waits too, and the chat that asks for a confirmed one with it', async () => {
      const api = testApi(engine(), { policy: { requireVerifiedEmail: true } });
      const { auth } = await newAccount(api);
      const wanted = newEmail();
      const changed = await change(api, auth, wanted);
      expect(changed.body).toMatchObject({ email: null, email_verified: false, pending_email: wanted });
      expect(api.mails.map(({ to }) => to)).toEqual([wanted]);
      expect((await chat(api, auth, 'Hello')).body['code']).toBe('email_not_verified');
      expect((await verify(api, secretTo(api, wanted))).status).toBe(204);
      expect((await chat(api, auth, 'Hello')).status).toBe(200);
    });

    test('that waits keeps the chat open to who has confirmed the old one', async () => {
      const { api, auth } = await accountWithEmail({ policy: { requireVerifiedEmail: true } });
      await change(api, auth, newEmail());
      expect((await chat(api, auth, 'Hello')).status).toBe(200);
    });

    test('to none is at once, and the old address can put it back', async () => {
      const { api, email, auth } = await accountWithEmail();
      expect((await change(api, auth, null)).body).toMatchObject({ email: null, pending_email: null });
      expect((await signIn(api, email)).status).toBe(401);
      expect((await cancel(api, secretTo(api, email))).status).toBe(204);
      expect((await signIn(api, email)).status).toBe(200);
    });

    test('back to the email in force drops the one that waits, without a password or a mail', async () => {
      const { api, email, auth } = await accountWithEmail();
      const wanted = newEmail();
      await change(api, auth, wanted);
      const sent = api.mails.length;
      const dropped = await ask(api, 'PATCH', '/api/me/', { auth, json: { email } });
      expect(dropped.body).toMatchObject({ email, email_verified: true, pending_email: null });
      expect(api.mails).toHaveLength(sent);
      expect((await verify(api, secretTo(api, wanted))).body['code']).toBe('invalid_token');
    });

    test('to what another account has is refused, also when it has it only since', async () => {
      const { api, email, auth } = await accountWithEmail();
      const other = await accountWithEmail();
      expect((await change(api, auth, other.email.toUpperCase())).body).toMatchObject({
        ...{ code: 'email_taken', errors: { email: ['Is taken.'] } },
      });
      const wanted = newEmail();
      await change(api, auth, wanted);
      const mine = secretTo(api, wanted);
      await change(other.api, other.auth, wanted);
      expect((await verify(api, secretTo(other.api, wanted))).status).toBe(204);
      const refused = await verify(api, mine);
      expect([refused.status, refused.body['code']]).toEqual([409, 'email_taken']);
      expect((await me(api, auth)).body).toMatchObject({ email, pending_email: wanted });
    });

    test('that is confirmed and cancelled at once leaves the old email in force, and one of the links dead', async () => {
      for (let round = 0; round < 5; round += 1) {
        const { api, email, auth } = await accountWithEmail();
        const wanted = newEmail();
        await change(api, auth, wanted);
        const [confirmed, cancelled] = await Promise.all([
          verify(api, secretTo(api, wanted)),
          cancel(api, secretTo(api, email)),
        ]);
        expect(cancelled.status).toBe(204);
        expect([204, 400]).toContain(confirmed.status);
        const back = (await signIn(api, email)).body['token'] as string;
        expect((await me(api, back)).body).toMatchObject({ email, pending_email: null });
      }
    });

    test('sends no more mails than the limit, whatever the address', async () => {
      const { forgottenByEmail } = defaultLimits;
      const { api, auth } = await accountWithEmail({ policy: { limits: { ...noLimits, forgottenByEmail } } });
      const statuses = [];
      for (let time = 0; time < 7; time += 1) statuses.push((await change(api, auth, newEmail())).status);
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    });

    test('is in the export, with the old address for as long as that can cancel it', async () => {
      const { api, email, auth } = await accountWithEmail();
      const wanted = newEmail();
      await change(api, auth, wanted);
      const exported = async () => (await ask(api, 'GET', '/api/me/export/', { auth })).body;
      expect(await exported()).toMatchObject({
        account: { email, pending_email: wanted },
        email_changes: [{ former_email: email, email: wanted, took_effect_at: null }],
      });
      await verify(api, secretTo(api, wanted));
      expect((await exported())['email_changes']).toMatchObject([{ former_email: email, email: wanted }]);
      await engine().ageOneTimeTokens(7 * dayMs);
      expect(await exported()).toMatchObject({ account: { email: wanted }, email_changes: [] });
      await engine().stores.emailChangeStore.purgeExpired();
      expect(await engine().dump()).not.toContain(email);
    });

    test('is gone with the account that is erased, and its links with it', async () => {
      const { api, email, auth, password } = await accountWithEmail();
      const wanted = newEmail();
      await change(api, auth, wanted);
      const [confirmation, cancellation] = [secretTo(api, wanted), secretTo(api, email)];
      expect(
        (await ask(api, 'DELETE', '/api/me/', { auth, json: { current_password: password } })).status,
      ).toBe(204);
      for (const response of [await verify(api, confirmation), await cancel(api, cancellation)]) {
        expect([response.status, response.body['code']]).toEqual([400, 'invalid_token']);
      }
      const dump = await engine().dump();
      for (const address of [email, wanted]) expect(dump).not.toContain(address);
    });

    test('of a disabled account is neither confirmed nor cancelled', async () => {
      const { api, email, auth, username } = await accountWithEmail();
      const wanted = newEmail();
      await change(api, auth, wanted);
      await engine().disable(username);
      for (const response of [
        await verify(api, secretTo(api, wanted)),
        await cancel(api, secretTo(api, email)),
      ]) {
        expect(response.body['code']).toBe('invalid_token');
      }
    });

    test('is in the audit log, step by step, and each step can be looked for', async () => {
      const { api, email, auth } = await accountWithEmail();
      const id = await idOf(api, auth);
      await change(api, auth, newEmail());
      await cancel(api, secretTo(api, email));
      const wanted = newEmail();
      await change(api, auth, wanted);
      await verify(api, secretTo(api, wanted));
      await cancel(api, secretTo(api, email));
      expect(await actionsOf(id)).toEqual([
        ...['registered', 'email_verified', 'email_change_requested', 'email_change_cancelled'],
        ...['email_change_requested', 'email_changed', 'email_verified', 'email_restored'],
      ]);
      const admin = await newAdmin(api);
      for (const action of ['email_change_requested', 'email_change_cancelled', 'email_restored']) {
        const target = `/api/admin/audit/?action=${action}&subject=${id}`;
        const { body } = await ask(api, 'GET', target, { auth: admin.auth });
        expect(body['results'], action).not.toEqual([]);
      }
    });
  });

  describe('a change of an email by an administrator', () => {
    test('waits for its confirmation as well; the old address is notified, and cannot cancel it', async () => {
      const { api, email, auth } = await accountWithEmail();
      const [admin, id] = [await newAdmin(api), await idOf(api, auth)];
      const path = `/api/admin/users/${id}/`;
      const patch = (json: object) => ask(api, 'PATCH', path, { auth: admin.auth, json });
      const [own, wanted] = [newEmail(), newEmail()];
      await change(api, auth, own);
      const cancellation = secretTo(api, email);
      await verify(api, secretTo(api, own));
      const sent = api.mails.length;
      expect((await patch({ email: wanted })).body).toMatchObject({ email: own, pending_email: wanted });
      expect((await me(api, auth)).body).toMatchObject({ email: own, pending_email: wanted });
      const [notice, asked] = api.mails.slice(sent);
      expect([notice?.to, asked?.to]).toEqual([own, wanted]);
      expect(notice?.text).not.toContain('token=');
      expect((await verify(api, secretTo(api, wanted))).status).toBe(204);
      // What the administrator decided is not undone by a link from before.
      expect((await cancel(api, cancellation)).body['code']).toBe('invalid_token');
      const listed = await ask(api, 'GET', `/api/admin/users/?q=${wanted}`, { auth: admin.auth });
      expect(listed.body['results']).toMatchObject([{ id, email: wanted, pending_email: null }]);
      expect((await patch({ email: null })).body).toMatchObject({ email: null, pending_email: null });
      expect(api.mails.at(-1)).toMatchObject({ to: wanted });
    });
  });
}
