import { generateSync } from 'otplib';
import type { Page } from 'playwright-core';
import { awaitUntil } from '../../src/testing/await-until.js';
import { call } from '../process/api-client.js';
import { password, signIn } from './chat-steps.js';

const stepMs = 30_000;

/** The codes of one authenticator app, each of a later step than the one before, because a code is accepted once. */
export interface AuthenticatorApp {
  nextCode: () => Promise<string>;
}

export function authenticatorApp(secret: string): AuthenticatorApp {
  let usedStep = 0;
  return {
    nextCode: () =>
      awaitUntil('a code that was not used', 2 * stepMs, () => {
        const now = Date.now();
        const current = Math.floor(now / stepMs);
        // The code of the step before is accepted too, but not for much longer at the end of a step.
        const isLate = now % stepMs > stepMs - 8000;
        const step = Math.max(usedStep + 1, isLate ? current : current - 1);
        if (step > current) return Promise.resolve(null);
        usedStep = step;
        return Promise.resolve(generateSync({ secret, epoch: (step * stepMs) / 1000 }));
      }),
  };
}

/** A user with an authenticator app. */
export interface ProtectedUser {
  username: string;
  authToken: string;
  app: AuthenticatorApp;
  recoveryCodes: string[];
}

/** Sets up an authenticator app by the API. */
export async function protect(
  url: string,
  user: { username: string; authToken: string },
): Promise<ProtectedUser> {
  const { authToken } = user;
  const setUp = await call<{ secret: string }>(url, '/api/me/totp/', { authToken, method: 'POST' });
  const app = authenticatorApp(setUp.body.secret);
  const confirmed = await call<{ recovery_codes: string[] }>(url, '/api/me/totp/confirm/', {
    authToken,
    body: { code: await app.nextCode() },
  });
  if (confirmed.status !== 200) throw new Error(`No app was set up: ${JSON.stringify(confirmed.body)}`);
  return { ...user, app, recoveryCodes: confirmed.body.recovery_codes };
}

/** Signs in by the password, up to the step of the second factor. */
export async function signInToFactor(page: Page, username: string, typed = password): Promise<void> {
  await signIn(page, username, typed);
  await page.getByRole('heading', { name: 'Second factor' }).waitFor();
}

export async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code of the app').fill(code);
  await page.getByRole('button', { name: 'Go on' }).click();
}
