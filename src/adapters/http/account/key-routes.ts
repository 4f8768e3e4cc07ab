import * as v from 'valibot';
import type { ApiKey } from '../../../domain/auth/api-key.js';
import { id, time } from '../kit/response-fields.js';
import { authenticate } from '../kit/authenticate.js';
import type { HttpApp, HttpDeps } from '../kit/context.js';
import { idParameter } from '../kit/id-parameter.js';
import { originOf } from '../kit/origin.js';
import { noQuery } from '../kit/query-fields.js';
import { readJson } from '../kit/read-json.js';
import { readQuery } from '../kit/read-query.js';
import { route } from '../kit/route.js';
import { timestamp } from '../kit/timestamp.js';
import { keyName } from '../kit/body-fields.js';

export const keyResponse = v.object({
  id,
  name: v.string(),
  last_characters: v.string(),
  created_at: time,
  expires_at: v.nullable(time),
  last_used_at: v.nullable(time),
});

/** The one time that the key itself is told. */
export const createdKeyResponse = v.object({ ...keyResponse.entries, key: v.string() });

export const newKey = v.object({ name: keyName, expires_at: v.nullish(timestamp) }, 'Must be a JSON object.');

/** The keys of programs. */
export function keyRoutes(app: HttpApp, deps: HttpDeps): void {
  const { core } = deps;

  route(app, '/api/keys/', [authenticate(deps)], {
    POST: async (c) => {
      const body = await readJson(c, newKey);
      const { key, secret } = await core.auth.createKey({
        caller: c.get('caller'),
        name: body.name,
        expiresAt: body.expires_at ?? null,
        origin: originOf(c),
      });
      return c.json({ ...presentKey(key), key: secret }, 201);
    },
    GET: async (c) => {
      readQuery(c, noQuery);
      const keys = await core.auth.keys(c.get('caller'));
      return c.json({ results: keys.map(presentKey), next: null });
    },
  });

  route(app, '/api/keys/:id/', [authenticate(deps)], {
    DELETE: async (c) => {
      await core.auth.removeKey({ caller: c.get('caller'), keyId: idParameter(c), origin: originOf(c) });
      return c.body(null, 204);
    },
  });
}

/** As the API shows it. */
export function presentKey(key: ApiKey): v.InferOutput<typeof keyResponse> {
  return {
    id: key.id,
    name: key.name,
    last_characters: key.lastCharacters,
    created_at: key.createdAt.toISOString(),
    expires_at: key.expiresAt?.toISOString() ?? null,
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
  };
}
