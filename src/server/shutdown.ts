import { setTimeout as delay } from 'node:timers/promises';
import type { HttpServer } from '../adapters/http/server/server.js';
import type { Outbox } from '../adapters/mail/outbox.js';
import type { Settings } from '../config/read-settings.js';
import type { Log } from '../ports/log.js';

/** The least time that mails in progress get, however long the requests took. */
const lastMailsMs = 500;
/** The time reserved to send streams their end, and again to release the holds of requests that were cut off. */
const reservedMs = 1000;

export interface ShutdownDeps {
  server: HttpServer;
  mailer: Outbox;
  log: Log;
  /** Aborts every reply in progress. */
  abortReplies: () => void;
  stopPeriodicWork: () => void;
  /** Closes the database and sends what instrumentation still has. */
  close: () => Promise<unknown>;
}

/**
 * Stops the server in order. For `DRAIN_DELAY` it still accepts requests, so that load balancers can notice; then, within
 * `SHUTDOWN_TIMEOUT`, it ends the requests in progress, sends the mails, and closes the database.
 */
export async function shutDown(
  settings: Pick<Settings, 'DRAIN_DELAY' | 'SHUTDOWN_TIMEOUT'>,
  { server, mailer, log, abortReplies, stopPeriodicWork, close }: ShutdownDeps,
): Promise<void> {
  const { DRAIN_DELAY: drainDelayMs, SHUTDOWN_TIMEOUT: timeoutMs } = settings;
  server.drain();
  await delay(drainDelayMs);
  const lastMs = Math.min(reservedMs, timeoutMs / 4);
  const abortTimer = setTimeout(abortReplies, timeoutMs - 2 * lastMs);
  const deadline = performance.now() + timeoutMs - lastMs;
  await server.stop(timeoutMs - lastMs);
  clearTimeout(abortTimer);
  const unsentMails = await mailer.finish(Math.max(deadline - performance.now(), lastMailsMs));
  if (unsentMails > 0) log.error({ unsentMails }, 'stopped before every mail was sent');
  stopPeriodicWork();
  const end = async () => {
    await server.idle();
    await close();
  };
  await Promise.race([end(), delay(lastMs)]);
}
