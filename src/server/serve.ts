import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { httpApp, startingApp } from '../adapters/http/app.js';
import { readPages } from '../adapters/http/pages/pages.js';
import { startHttpServer, type Fetch } from '../adapters/http/server/server.js';
import { writeProbe } from '../adapters/postgres/write-probe.js';
import type { ReadSettings, Settings } from '../config/read-settings.js';
import { startInstrumentation } from '../observability/instrumentation.js';
import { composeCore, composeMailer, composePayments, connectModels } from './compose.js';
import { openDatabase } from './database.js';
import { startPeriodicWork } from './periodic-work.js';
import { servedModels } from './served-models.js';
import { shutDown } from './shutdown.js';
import type { StopHandler, StopReason } from './signals.js';
import { firstAdminText, welcomeText } from './startup-text.js';
import type { ServerWorker } from './worker.js';

/** The same folder from `src` and from `dist`. */
const pagesFolder = new URL('../../dist/web/', import.meta.url);

/**
 * Serves until a signal or an uncaught exception. Listens at once, and responds that it is starting until the database is
 * open. The data folder is locked.
 *
 * @param options.soleOwner True if no other process uses the database.
 * @param options.print Prints a line for the operator.
 * @param options.readSettingsAgain Reads the settings of the process, and the files that they name, as they are now.
 * @param options.worker This process as one of several workers; null if it is alone.
 * @returns The exit code: 1 after an exception, otherwise 0.
 */
export async function serve(
  settings: Settings,
  options: {
    soleOwner: boolean;
    print: (line: string) => void;
    stopHandler: StopHandler;
    readSettingsAgain: () => ReadSettings;
    worker: ServerWorker | null;
  },
): Promise<number> {
  const { worker } = options;
  const isFirst = worker === null || worker.isFirst;
  const print = isFirst ? options.print : () => undefined;
  const instrumentation = await startInstrumentation(settings);
  const { log } = instrumentation;
  const models = servedModels(settings.models, {
    connect: (descriptions) => connectModels(descriptions, instrumentation.decorators),
    readAgain: options.readSettingsAgain,
    log,
  });
  // Without a models file there is nothing to read, and a closed terminal ends the process as before.
  if (settings.MODELS_FILE !== null) {
    if (worker === null) process.on('SIGHUP', models.readAgain);
    else worker.onReload(models.readAgain);
  }
  const listen = (fetch: Fetch) =>
    startHttpServer({
      port: settings.PORT,
      host: settings.HOST,
      fetch,
      writeTimeoutMs: settings.WRITE_TIMEOUT,
    });
  // A worker beside others must get no request before it can serve it.
  const startingServer = isFirst ? await listen(startingApp(log, randomUUID, instrumentation).fetch) : null;
  const warn = (line: string) => {
    log.warn({}, line);
  };
  const database = instrumentation.database(await openDatabase(settings, { info: print, warn }));
  const mailer = composeMailer(settings, log);
  const port = startingServer === null ? settings.PORT : new URL(startingServer.url).port || '80';
  const publicUrl = `http://localhost:${port}`;
  const { payments, demoCheckout } = composePayments(settings);
  const core = instrumentation.core(
    composeCore(
      settings,
      database,
      { mailer, publicUrl, log, models: models.current, payments },
      instrumentation.decorators,
    ),
  );
  const stopPeriodicWork = await startPeriodicWork(
    settings,
    { core, database, log, metrics: instrumentation.metrics },
    options,
  );
  const lifecycle: { state: 'ready' | 'draining' } = { state: 'ready' };
  const stopping = new AbortController();
  // Every reply in progress listens to it.
  setMaxListeners(0, stopping.signal);
  const pages = readPages(pagesFolder);
  if (pages === null) warn('the pages are not built, so only the API is served; run npm run build');
  const app = httpApp({
    core,
    log,
    requestHook: instrumentation.requestHook,
    onResponse: instrumentation.onResponse,
    newRequestId: randomUUID,
    ping: writeProbe(database),
    lifecycle,
    stopping: stopping.signal,
    corsOrigins: settings.CORS_ORIGINS,
    trustedProxies: settings.TRUSTED_PROXIES ?? [],
    publicUrl: settings.PUBLIC_URL,
    streamKeepAliveMs: settings.STREAM_KEEP_ALIVE,
    maxChatBodyBytes: settings.MAX_BODY,
    metrics: worker?.allMetrics(instrumentation.metrics.registry) ?? instrumentation.metricsReader,
    metricsSecret: settings.METRICS_TOKEN,
    demoCheckout,
    pages,
    identify: null,
  });
  // Until now there was nothing to finish: a signal ended the process at once.
  const stopRequested = options.stopHandler.waitForStop((exception) => {
    log.error({ error: stackOf(exception) }, 'uncaught exception; the server stops');
  });
  const server = startingServer ?? (await listen(app.fetch));
  server.serve(app.fetch);
  print(welcomeText(server.url, settings.PUBLIC_URL));
  worker?.reportReady();
  const adminText = isFirst ? await firstAdminText(core, log) : null;
  if (adminText !== null) print(adminText);

  const reason = await stopRequested;
  print(`Stopping ${describe(reason)}, once the requests in progress have ended.`);
  lifecycle.state = 'draining';
  await shutDown(settings, {
    server,
    mailer,
    log,
    abortReplies: () => {
      stopping.abort();
    },
    stopPeriodicWork,
    close: () => Promise.all([instrumentation.finish(), database.close()]),
  });
  return 'exception' in reason ? 1 : 0;
}

function describe(reason: StopReason): string {
  return 'signal' in reason ? `on ${reason.signal}` : 'after an uncaught exception';
}

function stackOf(exception: unknown): string {
  return exception instanceof Error ? (exception.stack ?? exception.message) : String(exception);
}
