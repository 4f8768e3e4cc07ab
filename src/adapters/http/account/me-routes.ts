import * as v from 'valibot';
import { roles, type User } from '../../../domain/users/user.js';
import { count, id, time } from '../kit/response-fields.js';
import { authenticate } from '../kit/authenticate.js';
import type { HttpApp, HttpDeps } from '../kit/context.js';
import { exportDocument, exportedRecords } from './export-document.js';
import { originOf } from '../kit/origin.js';
import { readJson } from '../kit/read-json.js';
import { route } from '../kit/route.js';
import { clearCookies } from './session-cookies.js';
import { email, keepKeys, newPassword, username } from '../kit/body-fields.js';

const text = v.string('Must be a text.');

export const userResponse = v.object({
  id,
  username: v.string(),
  email: v.nullable(v.string()),
  email_verified: v.boolean(),
  /** The email that takes effect once it is confirmed. */
  pending_email: v.nullable(v.string()),
  role: v.picklist(roles),
  tokens: count,
  created_at: time,
});

export const exportResponse = v.object({ account: userResponse, ...exportedRecords });

export const profile = v.object(
  {
    username: v.optional(username),
    email: v.optional(v.nullable(email)),
    current_password: v.optional(text),
  },
  'Must be a JSON object.',
);

export const passwords = v.object(
  { current_password: text, new_password: newPassword, keep_keys: v.optional(keepKeys, false) },
  'Must be a JSON object.',
);

export const erasure = v.object({ current_password: text }, 'Must be a JSON object.');

/** The caller's own account. */
export function meRoutes(app: HttpApp, deps: HttpDeps): void {
  const { core } = deps;
  const shown = async (user: User) => {
    const { balance } = await core.ledger.balance(user.id);
    return presentUser(user, { balance, pendingEmail: await core.users.pendingEmail(user.id) });
  };

  route(app, '/api/me/', [authenticate(deps)], {
    GET: async (c) => c.json(await shown(c.get('caller').user)),
    PATCH: async (c) => {
      const body = await readJson(c, profile);
      const user = await core.users.changeProfile({
        caller: c.get('caller'),
        username: body.username,
        email: body.email,
        currentPassword: body.current_password,
        origin: originOf(c),
      });
      return c.json(await shown(user));
    },
    DELETE: async (c) => {
      const body = await readJson(c, erasure);
      await core.users.erase({
        caller: c.get('caller'),
        currentPassword: body.current_password,
        origin: originOf(c),
      });
      clearCookies(c, deps);
      return c.body(null, 204);
    },
  });

  route(app, '/api/me/password/', [authenticate(deps)], {
    POST: async (c) => {
      const body = await readJson(c, passwords);
      await core.auth.changePassword({
        caller: c.get('caller'),
        currentPassword: body.current_password,
        newPassword: body.new_password,
        keepsKeys: body.keep_keys,
        origin: originOf(c),
      });
      return c.body(null, 204);
    },
  });

  route(app, '/api/me/export/', [authenticate(deps)], {
    GET: async (c) => {
      const account = await core.users.exportAccount(c.get('caller').user);
      c.header('Content-Type', 'application/json');
      c.header('Content-Disposition', 'attachment; filename="metered-chat-export.json"');
      // A stream that fails breaks the connection: a document that merely ended would look whole.
      const chunks = exportDocument(account, presentUser);
      return c.body(ReadableStream.from(chunks).pipeThrough(new TextEncoderStream()));
    },
  });
}

function presentUser(
  user: User,
  { balance, pendingEmail }: { balance: number; pendingEmail: string | null },
): v.InferOutput<typeof userResponse> {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    email_verified: user.emailVerified,
    pending_email: pendingEmail,
    role: user.role,
    tokens: balance,
    created_at: user.createdAt.toISOString(),
  };
}
