import * as v from 'valibot';
import type { ApiKey } from '../../domain/auth/api-key.js';
import { id, time } from './answer-fields.js';
import { authenticate } from './authenticate.js';
import type { HttpApp, HttpDeps } from './context.js';
import { idParameter } from './id-parameter.js';
import { originOf } from './origin.js';
import { noQuery } from './query-fields.js';
import { readJson } from './read-json.js';
import { readQuery } from './read-query.js';
import { route } from './route.js';
import { timestamp } from './timestamp.js';
import { keyName } from './told-fields.js';

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
