import { call } from './api-client.js';
import { startServer, type ServerProcess } from './server-process.js';
import type { Storage } from './storage.js';
import { timeWithoutWaiting } from './waiting-for-cores.js';

/** The number of users. */
export const classSize = 50;

/** The results of simultaneous requests. */
export interface SimultaneousResult {
  /** The number of responses by status. */
  statuses: Record<string, number>;
  /** The time until the last response. */
  lastMs: number;
  /** What that would have been if no other process had used the machine. */
  idleMachineMs: number;
}

/** Starts a server with rate limits behind a proxy. All users register at the same time, and then sign in at the same time. */
export async function registerAndSignIn(
  storage: Storage,
  settings: { BCRYPT_COST: string; SIGN_IN_QUEUE: string },
): Promise<{ registered: SimultaneousResult; signedIn: SimultaneousResult }> {
  const server = await startServer({
    ...storage.environment,
    ...settings,
    RATE_LIMIT: 'on',
    TRUSTED_PROXIES: '127.0.0.1',
  });
  const password = 'StrongPass123!';
  return {
    registered: await sendSimultaneously(server, '/api/register/', password),
    signedIn: await sendSimultaneously(server, '/api/login/', password),
  };
}

async function sendSimultaneously(
  { url, pid }: ServerProcess,
  path: string,
  password: string,
): Promise<SimultaneousResult> {
  const elapsed = timeWithoutWaiting(pid);
  const responses = await Promise.all(
    Array.from({ length: classSize }, (_, index) => {
      const headers = { 'X-Forwarded-For': `192.0.2.${index + 1}` };
      return call(url, path, { body: { username: `pupil_${index}`, password }, headers });
    }),
  );
  const { passedMs, idleMachineMs } = elapsed();
  const statuses: Record<string, number> = {};
  for (const { status } of responses) statuses[status] = (statuses[status] ?? 0) + 1;
  return { statuses, lastMs: Math.round(passedMs), idleMachineMs: Math.round(idleMachineMs) };
}
