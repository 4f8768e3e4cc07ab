import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../tests/setup/free-port.js';

export interface BenchServer {
  url: string;
  processId: number;
  /** Resident memory, in megabytes. */
  memoryMb(): number;
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;

/** The options of Node.js in `npm start`. */
const nodeOptions = startScript().match(/--\S+/g) ?? [];

/** Starts the built server with the given settings, and waits until it is ready. */
export async function startServer(settings: Record<string, string>): Promise<BenchServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    process.execPath,
    [...nodeOptions, fileURLToPath(new URL('../dist/main.js', import.meta.url)), 'serve'],
    {
      env: {
        PATH: process.env['PATH'],
        PORT: String(port),
        STARTING_TOKENS: '1000000000000',
        RATE_LIMIT: 'off',
        ...settings,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  // If the benchmark fails, its servers end with it.
  process.once('exit', () => child.kill());
  const exited = once(child, 'exit');
  const endsAt = Date.now() + startTimeoutMs;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || Date.now() > endsAt) throw new Error('The server did not become ready.');
    await delay(100);
  }
  return {
    url,
    processId: child.pid ?? 0,
    memoryMb: () => Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)])) / 1024),
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}

function startScript(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { scripts: { start: string } }).scripts.start;
}
