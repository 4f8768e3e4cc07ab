import type { Context } from 'hono';
import * as v from 'valibot';
import type { OpenedSession } from '../../../domain/auth/session.js';
import { boolean } from '../kit/body-fields.js';
import type { HttpDeps } from '../kit/context.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { invalidInput } from '../kit/problem.js';
import { time } from '../kit/response-fields.js';
import { isSameOrigin } from '../kit/same-origin.js';
import { setSessionCookies } from '../kit/session-cookies.js';

/** A session that was opened or refreshed. Its tokens are absent if they are in cookies. */
export const openedSessionResponse = namedSchema(
  'OpenedSession',
  v.object({
    token: v.optional(v.string()),
    expires_at: time,
    refresh_token: v.optional(v.string()),
    refresh_expires_at: time,
  }),
);

/** `"cookie": true` in a body: the tokens are put into cookies, and not into the response. Only pages of this server may ask for it. */
export const cookieField = v.nullish(boolean);

/** Throws `invalid_input` if a client that is not a page of this server asks for cookies. */
export function rejectForeignCookies(
  c: Context,
  cookie: boolean | null | undefined,
  { publicUrl }: Pick<HttpDeps, 'publicUrl'>,
): void {
  if (cookie === true && !isSameOrigin(c, publicUrl))
    throw invalidInput({
      cookie: ['Only pages of this server can use cookies. Leave it out to get the tokens.'],
    });
}

/** Returns a session as the API shows it, and sets its cookies if `inCookies`. */
export function presentOpenedSession(
  c: Context,
  session: OpenedSession,
  { deps, inCookies }: { deps: Pick<HttpDeps, 'publicUrl' | 'core'>; inCookies: boolean },
): v.InferOutput<typeof openedSessionResponse> {
  const expiresAt = session.accessExpiresAt.toISOString();
  const refreshExpiresAt = session.refreshExpiresAt.toISOString();
  if (inCookies) {
    setSessionCookies(c, session, deps);
    return { expires_at: expiresAt, refresh_expires_at: refreshExpiresAt };
  }
  return {
    token: session.accessSecret,
    expires_at: expiresAt,
    refresh_token: session.refreshSecret,
    refresh_expires_at: refreshExpiresAt,
  };
}
