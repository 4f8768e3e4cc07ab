import { call } from './api-client.js';
import { startServer } from './server-process.js';
import type { Storage } from './storage.js';

/** How many people a class has. */
export const classSize = 50;

/** What came of a class that does something at the same moment. */
export interface AtOnce {
  /** How often each status was answered. */
  statuses: Record<string, number>;
  /** Until the last answer. */
  lastMs: number;
}

/** Starts a server with limits, behind a proxy; a class registers at once and then signs in at once. */
export async function registerAndSignIn(
  storage: Storage,
  settings: { BCRYPT_COST: string; SIGN_IN_QUEUE: string },
): Promise<{ registered: AtOnce; signedIn: AtOnce }> {
  const { url } = await startServer({
    ...storage.environment,
    ...settings,
    RATE_LIMIT: 'on',
    TRUSTED_PROXIES: '127.0.0.1',
  });
  const password = 'StrongPass123!';
  return {
    registered: await allAtOnce(url, '/api/register/', password),
    signedIn: await allAtOnce(url, '/api/login/', password),
  };
}

async function allAtOnce(url: string, path: string, password: string): Promise<AtOnce> {
  const startedAt = performance.now();
  const responses = await Promise.all(
    Array.from({ length: classSize }, (_, index) => {
      const headers = { 'X-Forwarded-For': `192.0.2.${index + 1}` };
      return call(url, path, { body: { username: `pupil_${index}`, password }, headers });
    }),
  );
  const statuses: Record<string, number> = {};
  for (const { status } of responses) statuses[status] = (statuses[status] ?? 0) + 1;
  return { statuses, lastMs: Math.round(performance.now() - startedAt) };
}
