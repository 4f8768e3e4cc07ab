import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { httpApp, startingApp } from '../adapters/http/app.js';
import { readPages } from '../adapters/http/pages/pages.js';
import { startHttpServer, type HttpServer } from '../adapters/http/server/server.js';
import { monitorLedger } from '../observability/metrics/monitor-ledger.js';
import { postgresLedgerAudit } from '../adapters/postgres/ledger-audit.js';
import { writeProbe } from '../adapters/postgres/write-probe.js';
import { systemClock } from '../adapters/time/clock.js';
import { composeCore, composeMailer, openDatabase } from './compose.js';
import { operatorCaller } from '../domain/auth/caller.js';
import type { Core } from '../domain/core.js';
import type { Log } from '../ports/log.js';
import { observe } from '../observability/observe.js';
import type { Settings } from '../config/settings.js';
import type { StopRequest, StopRequests } from './stop-requests.js';

/** The same place from `src` and from `dist`. */
const pagesFolder = new URL('../../dist/web/', import.meta.url);
const expiryIntervalMs = 5000;
/** What mails under way get at least, however long the requests took. */
const lastMailsMs = 500;
const purgeIntervalMs = 60 * 60 * 1000;
/**
 * What of a stop's time is kept for telling streams that they end before their reply does, and as much for giving back
 * what is held for requests that were cut off.
 */
const lastMomentsMs = 1000;

/**
 * Serves until the process is told to stop, or until an exception that nothing caught. The data has been claimed;
 * `soleOwner` when no other process can be working on it. Answers from the first moment, though only that it is starting
 * until the database is there. Returns the code to exit with: 1 after an exception.
 */
export async function serve(
  settings: Settings,
  options: { soleOwner: boolean; tell: (line: string) => void; stopRequests: StopRequests },
): Promise<number> {
  const observation = await observe(settings);
  const { log, requestHook, onResponse } = observation;
  const starting = startingApp(log, randomUUID, observation);
  const server = await startHttpServer({
    port: settings.PORT,
    host: settings.HOST,
    fetch: starting.fetch,
    writeTimeoutMs: settings.WRITE_TIMEOUT,
  });
  const opened = await openDatabase(settings, {
    tell: options.tell,
    warn: (line) => {
      log.warn({}, line);
    },
  });
  const database = observation.database(opened);
  const mailer = composeMailer(settings, log);
  const publicUrl = `http://localhost:${new URL(server.url).port || '80'}`;
  const core = observation.core(composeCore(settings, database, { mailer, publicUrl }, observation.between));
  const stopLooking = await lookAfterHolds(core, log, options.soleOwner);
  const stopPurging = repeat(log, 'forgetting expired sessions', purgeIntervalMs, () =>
    core.auth.purgeExpired({ caller: operatorCaller }),
  );
  const stopWatching = monitorLedger(
    { ledgerAudit: postgresLedgerAudit(database), clock: systemClock(), log, meters: observation.meters },
    { intervalMs: settings.LEDGER_CHECK_INTERVAL },
  );
  const lifecycle: { state: 'ready' | 'draining' } = { state: 'ready' };
  const stopping = new AbortController();
  // Every reply under way listens to it.
  setMaxListeners(0, stopping.signal);
  const pages = readPages(pagesFolder);
  if (pages === null)
    log.warn({}, 'the pages are not built, so that only the API is served: npm run build makes them');
  const app = httpApp({
    core,
    log,
    requestHook,
    onResponse,
    newRequestId: randomUUID,
    ping: writeProbe(database),
    lifecycle,
    stopping: stopping.signal,
    corsOrigins: settings.CORS_ORIGINS,
    trustedProxies: settings.TRUSTED_PROXIES ?? [],
    publicUrl: settings.PUBLIC_URL,
    streamKeepAliveMs: settings.STREAM_KEEP_ALIVE,
    maxChatBodyBytes: settings.MAX_BODY,
    metrics: observation.metrics,
    metricsSecret: settings.METRICS_TOKEN,
    pages,
  });
  // Until now nothing is under way that is worth the wait.
  const stopRequest = options.stopRequests.first((exception) => {
    log.error({ error: describe(exception) }, 'an exception that nothing caught; the server stops');
  });
  server.serve(app.fetch);
  options.tell(welcome(settings.PUBLIC_URL, server));
  await tellFirstAdminLink(core, log, options.tell);

  const request = await stopRequest;
  options.tell(`Stopping ${reasonOf(request)}, once the requests under way have ended.`);
  lifecycle.state = 'draining';
  server.drain();
  await delay(settings.DRAIN_DELAY);
  const lastMs = Math.min(lastMomentsMs, settings.SHUTDOWN_TIMEOUT / 4);
  const endReplies = setTimeout(
    () => {
      stopping.abort();
    },
    settings.SHUTDOWN_TIMEOUT - 2 * lastMs,
  );
  const stopsBefore = performance.now() + settings.SHUTDOWN_TIMEOUT - lastMs;
  await server.stop(settings.SHUTDOWN_TIMEOUT - lastMs);
  clearTimeout(endReplies);
  const mailsLeft = await mailer.finish(Math.max(stopsBefore - performance.now(), lastMailsMs));
  if (mailsLeft > 0) log.error({ mailsLeft }, 'stopped before every mail had left');
  stopLooking();
  stopPurging();
  stopWatching();
  const end = async () => {
    await server.idle();
    await Promise.all([observation.finish(), database.close()]);
  };
  await Promise.race([end(), delay(lastMs)]);
  return 'exception' in request ? 1 : 0;
}

function reasonOf(request: StopRequest): string {
  return 'signal' in request ? `on ${request.signal}` : 'after an exception that nothing caught';
}

function describe(exception: unknown): string {
  return exception instanceof Error ? (exception.stack ?? exception.message) : String(exception);
}

/** To whoever started the server and nobody else: never to the log, which others read. */
async function tellFirstAdminLink(core: Core, log: Log, tell: (line: string) => void): Promise<void> {
  try {
    const link = await core.admin.issueFirstAdminLink({ caller: operatorCaller });
    if (link === null) return;
    tell(
      `There is no administrator yet. Whoever opens this within an hour becomes the first one:\n\n  ${link}\n`,
    );
  } catch (error) {
    log.warn(
      { error: error instanceof Error ? error.message : String(error) },
      'no link for the first administrator',
    );
  }
}

/** Ends the holds that a dead server left, now and then regularly. */
async function lookAfterHolds(core: Core, log: Log, soleOwner: boolean): Promise<() => void> {
  const look = async (everyOpen: boolean) => {
    const expired = await core.chat.expireHolds({ caller: operatorCaller, everyOpen });
    if (expired > 0) log.info({ expired }, 'gave back the holds of unfinished chats');
  };
  await look(soleOwner);
  return repeat(log, 'looking after holds', expiryIntervalMs, () => look(false));
}

/** Runs something every `intervalMs`, never twice at once; a failure is logged and the next turn tries again. */
function repeat(log: Log, what: string, intervalMs: number, run: () => Promise<unknown>): () => void {
  let running = false;
  const timer = setInterval(() => {
    if (running) return;
    running = true;
    run()
      .catch((error: unknown) => {
        log.warn({ error: error instanceof Error ? error.message : String(error) }, `${what} failed`);
      })
      .finally(() => {
        running = false;
      });
  }, intervalMs);
  return () => {
    clearInterval(timer);
  };
}

/** What a person reads once the server is ready: where others reach it, and where it listens if that is another address. */
function welcome(publicUrl: string | null, server: HttpServer): string {
  const url = publicUrl ?? server.url;
  const listens = url === server.url ? '' : ` It listens on ${server.url}.`;
  return `
metered-chat is ready at ${url}.${listens} Open it in a browser, or register, and send a message with the "token" of the answer:

  curl ${url}/api/register/ -H 'Content-Type: application/json' \\
    -d '{"username": "jane_doe", "password": "StrongPass123!"}'

  curl ${url}/api/chat/ -H 'Content-Type: application/json' -H 'Authorization: Token …' \\
    -d '{"message": "Hello, AI!"}'
`;
}
