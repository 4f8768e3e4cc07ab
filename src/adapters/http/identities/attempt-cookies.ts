import type { Context } from 'hono';
import type { StartedSignIn } from '../../../domain/identities/sign-in-attempt.js';
import {
  apiCookie,
  putCookie,
  readCookie,
  type BrowserCookie,
  type CookieDeps,
} from '../kit/browser-cookies.js';

/** Each attempt has a cookie of its own, so that two tabs can sign in at the same time. */
function attemptCookie(state: string, deps: CookieDeps): BrowserCookie {
  return apiCookie(`sign_in_${state.slice(0, 16)}`, '/api/', deps);
}

/** Lets this browser finish a sign-in that it has begun. */
export function keepAttempt(
  c: Context,
  { state, browserSecret, expiresInMs }: StartedSignIn,
  deps: CookieDeps,
): void {
  const maxAge = Math.floor(expiresInMs / 1000);
  putCookie(c, attemptCookie(state, deps), deps, { value: browserSecret, maxAge });
}

/** Returns the secret of the attempt with a state, and deletes its cookie; empty if this browser has not begun it. */
export function takeAttempt(c: Context, state: string, deps: CookieDeps): string {
  if (!/^[0-9a-f]{64}$/.test(state)) return '';
  const cookie = attemptCookie(state, deps);
  const browserSecret = readCookie(c, cookie, deps);
  if (browserSecret === undefined) return '';
  putCookie(c, cookie, deps, { value: '', maxAge: 0 });
  return browserSecret;
}
