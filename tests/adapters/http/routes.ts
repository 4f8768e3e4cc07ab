/** Every route that there is, with its methods. HEAD comes with GET. */
export const apiRoutes = [
  { path: '/api/register/', methods: ['POST'], needsAuth: false },
  { path: '/api/login/', methods: ['POST'], needsAuth: false },
  { path: '/api/logout/', methods: ['POST'], needsAuth: true },
  { path: '/api/me/', methods: ['GET'], needsAuth: true },
  { path: '/api/email/verification/', methods: ['POST'], needsAuth: true },
  { path: '/api/email/verify/', methods: ['POST'], needsAuth: false },
  { path: '/api/password/forgot/', methods: ['POST'], needsAuth: false },
  { path: '/api/password/reset/', methods: ['POST'], needsAuth: false },
  { path: '/api/chat/', methods: ['GET', 'POST'], needsAuth: true },
  { path: '/api/tokens/', methods: ['GET'], needsAuth: true },
  { path: '/api/tokens/entries/', methods: ['GET'], needsAuth: true },
  { path: '/health/live/', methods: ['GET'], needsAuth: false },
  { path: '/health/ready/', methods: ['GET'], needsAuth: false },
] as const;

export const authenticatedRoutes = apiRoutes.flatMap(({ path, methods, needsAuth }) =>
  needsAuth ? methods.map((method) => ({ path, method })) : [],
);
