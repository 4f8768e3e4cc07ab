import { availableParallelism } from 'node:os';
import proxyAddress from 'proxy-addr';
import * as v from 'valibot';
import { httpDefaults } from '../../adapters/http/http-defaults.js';
import { optionalSetting, setting } from '../setting.js';
import { commaSeparated } from '../values/choices.js';
import { formatDuration } from '../../domain/duration.js';
import { timeout, timeoutOr } from '../values/durations.js';
import { byteSize, formatBytes, wholeNumber } from '../values/numbers.js';

const publicUrl = v.pipe(
  v.string(),
  v.check(isPublicUrl, 'must be a URL such as https://chat.example.com'),
  v.transform((text) => text.replace(/\/+$/, '')),
);

function isPublicUrl(text: string): boolean {
  // A cookie's path cannot contain a semicolon.
  if (!/^https?:\/\/[^\s?#@;]+$/.test(text) || !URL.canParse(text)) return false;
  return new URL(text).href.replace(/\/$/, '') === text.replace(/\/+$/, '');
}

const proxies = v.pipe(
  v.string(),
  v.transform((text) => text.split(',').map((proxy) => proxy.trim())),
  v.check(areProxies, 'must be addresses or networks such as 10.0.0.0/8, separated by commas'),
);

function areProxies(proxies: string[]): boolean {
  try {
    proxyAddress.compile(proxies);
    return true;
  } catch {
    return false;
  }
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

const mostWorkers = 256;

const workers = v.pipe(
  v.string(),
  v.transform((text) =>
    text === 'auto' ? availableParallelism() : /^\d{1,3}$/.test(text) ? Number(text) : 0,
  ),
  v.check(
    (count) => count >= 1 && count <= mostWorkers,
    `must be auto or a whole number from 1 to ${mostWorkers}`,
  ),
);

export const serverSettings = {
  PORT: setting(wholeNumber(0, 65_535), {
    default: '8000',
    help: 'The port to listen on; 0 chooses a free one.',
  }),
  HOST: setting(v.string(), {
    default: '127.0.0.1',
    help: 'The address to listen on; 0.0.0.0 listens on all.',
  }),
  WORKERS: setting(workers, {
    default: '1',
    help: 'How many processes serve the port, or auto for one a core; more than 1 requires DATABASE_URL, and each has its own DATABASE_POOL_SIZE.',
  }),
  PUBLIC_URL: optionalSetting(publicUrl, {
    help: 'The URL under which browsers reach the server, with its path if it has one; by default http://localhost:$PORT.',
  }),
  TRUSTED_PROXIES: optionalSetting(proxies, {
    help: 'Addresses or networks whose X-Forwarded-For header is trusted, separated by commas.',
  }),
  CORS_ORIGINS: optionalSetting(
    commaSeparated(isOrigin, 'must be origins such as https://app.example.com, separated by commas'),
    { help: 'Origins whose pages may call the API, separated by commas.' },
  ),
  MAX_BODY: setting(byteSize('1KiB', '64MiB'), {
    default: formatBytes(httpDefaults.maxChatBodyBytes),
    help: 'The largest body of a chat request, in B, KiB or MiB; all other bodies are limited to 1MiB.',
  }),
  STREAM_KEEP_ALIVE: setting(timeout(), {
    default: formatDuration(httpDefaults.streamKeepAliveMs),
    help: 'After this time without data, headers included, a stream sends a comment.',
  }),
  WRITE_TIMEOUT: setting(timeout(), {
    default: '30s',
    help: 'How long a client may leave a response unread before its connection is closed.',
  }),
  DRAIN_DELAY: setting(timeoutOr('0s', 0), {
    default: '0s',
    help: 'How long a stopping server still accepts requests, while it reports that it is not ready; SHUTDOWN_TIMEOUT begins afterwards.',
  }),
  SHUTDOWN_TIMEOUT: setting(timeout(), {
    default: '10s',
    help: 'How long a stopping server waits for the requests in progress.',
  }),
};

/** What is wrong with the number of workers. */
export function workerProblems(settings: {
  WORKERS: number;
  PORT: number;
  DATABASE_URL: string | null;
}): string[] {
  if (settings.WORKERS === 1) return [];
  const problems = [];
  if (settings.DATABASE_URL === null)
    problems.push(
      'WORKERS above 1 requires DATABASE_URL: the embedded database serves one process at a time',
    );
  if (settings.PORT === 0)
    problems.push('WORKERS above 1 requires a PORT: each process would choose another');
  return problems;
}
