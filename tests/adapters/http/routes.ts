/** The id of nothing. */
const unknownId = '01900000-0000-7000-8000-000000000000';

/** Every route that there is, with its methods. HEAD comes with GET. */
export const apiRoutes = [
  { path: '/api/register/', methods: ['POST'], needsAuth: false },
  { path: '/api/login/', methods: ['POST'], needsAuth: false },
  { path: '/api/logout/', methods: ['POST'], needsAuth: true },
  { path: '/api/session/refresh/', methods: ['POST'], needsAuth: false },
  { path: '/api/sessions/', methods: ['GET', 'DELETE'], needsAuth: true },
  { path: `/api/sessions/${unknownId}/`, methods: ['DELETE'], needsAuth: true },
  { path: '/api/keys/', methods: ['GET', 'POST'], needsAuth: true },
  { path: `/api/keys/${unknownId}/`, methods: ['DELETE'], needsAuth: true },
  { path: '/api/me/', methods: ['GET', 'PATCH', 'DELETE'], needsAuth: true },
  { path: '/api/me/password/', methods: ['POST'], needsAuth: true },
  { path: '/api/me/export/', methods: ['GET'], needsAuth: true },
  { path: '/api/email/verification/', methods: ['POST'], needsAuth: true },
  { path: '/api/email/verify/', methods: ['POST'], needsAuth: false },
  { path: '/api/email/cancel/', methods: ['POST'], needsAuth: false },
  { path: '/api/password/forgot/', methods: ['POST'], needsAuth: false },
  { path: '/api/password/reset/', methods: ['POST'], needsAuth: false },
  { path: '/api/chat/', methods: ['GET', 'POST'], needsAuth: true },
  { path: '/api/models/', methods: ['GET'], needsAuth: true },
  { path: '/api/conversations/', methods: ['GET'], needsAuth: true },
  { path: `/api/conversations/${unknownId}/`, methods: ['GET', 'PATCH', 'DELETE'], needsAuth: true },
  { path: '/api/tokens/', methods: ['GET'], needsAuth: true },
  { path: '/api/tokens/entries/', methods: ['GET'], needsAuth: true },
  { path: '/api/admin/first/', methods: ['POST'], needsAuth: false },
  { path: '/api/admin/users/', methods: ['GET', 'POST'], needsAuth: true },
  { path: `/api/admin/users/${unknownId}/`, methods: ['GET', 'PATCH', 'DELETE'], needsAuth: true },
  { path: `/api/admin/users/${unknownId}/password/`, methods: ['POST'], needsAuth: true },
  { path: `/api/admin/users/${unknownId}/sessions/`, methods: ['GET', 'DELETE'], needsAuth: true },
  { path: `/api/admin/users/${unknownId}/sessions/${unknownId}/`, methods: ['DELETE'], needsAuth: true },
  { path: `/api/admin/users/${unknownId}/keys/`, methods: ['GET', 'DELETE'], needsAuth: true },
  { path: `/api/admin/users/${unknownId}/keys/${unknownId}/`, methods: ['DELETE'], needsAuth: true },
  { path: `/api/admin/users/${unknownId}/tokens/`, methods: ['POST'], needsAuth: true },
  { path: '/api/admin/chats/', methods: ['GET'], needsAuth: true },
  { path: `/api/admin/chats/${unknownId}/`, methods: ['GET'], needsAuth: true },
  { path: '/api/admin/entries/', methods: ['GET'], needsAuth: true },
  { path: '/api/admin/audit/', methods: ['GET'], needsAuth: true },
  { path: '/api/admin/stats/', methods: ['GET'], needsAuth: true },
  { path: '/api/admin/invariants/', methods: ['GET'], needsAuth: true },
  { path: '/v1/chat/completions/', methods: ['POST'], needsAuth: true },
  { path: '/v1/models/', methods: ['GET'], needsAuth: true },
  { path: '/v1/models/echo/', methods: ['GET'], needsAuth: true },
  { path: '/api/openapi.json/', methods: ['GET'], needsAuth: false },
  { path: '/metrics/', methods: ['GET'], needsAuth: false },
  { path: '/health/live/', methods: ['GET'], needsAuth: false },
  { path: '/health/ready/', methods: ['GET'], needsAuth: false },
] as const;

export const authenticatedRoutes = apiRoutes.flatMap(({ path, methods, needsAuth }) =>
  needsAuth ? methods.map((method) => ({ path, method })) : [],
);

export const adminRoutes = authenticatedRoutes.filter(({ path }) => path.startsWith('/api/admin/'));

/** A path of these as the document has it: with names in place of ids. */
export function templateOf(path: string): string {
  return path
    .replaceAll(new RegExp(`/(session|key)s/${unknownId}`, 'g'), (found, kind: string) =>
      path.startsWith('/api/admin/') ? `/${kind}s/{${kind}_id}` : found,
    )
    .replace(unknownId, '{id}')
    .replace('echo', '{name}');
}

/** Whether errors at a path are told as OpenAI's API tells them, and not as problem documents. */
export function isLikeOpenAi(path: string): boolean {
  return /^\/v1(\/|$)/.test(path);
}
