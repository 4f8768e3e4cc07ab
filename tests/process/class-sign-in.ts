import { call } from './api-client.js';
import { startServer } from './server-process.js';
import type { Storage } from './storage.js';

/** The number of users. */
export const classSize = 50;

/** The results of simultaneous requests. */
export interface SimultaneousResult {
  /** The number of responses by status. */
  statuses: Record<string, number>;
  /** The time until the last response. */
  lastMs: number;
}

/** Starts a server with rate limits behind a proxy. All users register at the same time, and then sign in at the same time. */
export async function registerAndSignIn(
  storage: Storage,
  settings: { BCRYPT_COST: string; SIGN_IN_QUEUE: string },
): Promise<{ registered: SimultaneousResult; signedIn: SimultaneousResult }> {
  const { url } = await startServer({
    ...storage.environment,
    ...settings,
    RATE_LIMIT: 'on',
    TRUSTED_PROXIES: '127.0.0.1',
  });
  const password = 'StrongPass123!';
  return {
    registered: await sendSimultaneously(url, '/api/register/', password),
    signedIn: await sendSimultaneously(url, '/api/login/', password),
  };
}

async function sendSimultaneously(url: string, path: string, password: string): Promise<SimultaneousResult> {
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
