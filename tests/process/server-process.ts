import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { awaitUntil } from '../../src/testing/await-until.js';

const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const readyTimeoutMs = 90_000;

export type Environment = Record<string, string>;

export interface RunOptions {
  /** What the program reads on standard input. */
  input?: string;
  workingDirectory?: string;
  /** Starts a process group, so that the children can be killed together with the program. */
  startsProcessGroup?: boolean;
  /** The id of the user that it runs as. Only root can set it. */
  userId?: number;
  /** A module that is loaded before the program. */
  preload?: string;
  /** Whether the test provokes an uncaught exception, which otherwise fails the test. */
  expectsUncaught?: boolean;
}

/** How a process ended. Either `code` or `signal` is null. `afterMs` counts from its start, or from SIGTERM. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  afterMs: number;
}

/** A run of the built program, with its output so far. */
export interface ProgramRun {
  pid: number;
  startedAtMs: number;
  /** Standard output and standard error in the order of arrival. */
  output(): string;
  standardOutput(): string;
  send(signal: NodeJS.Signals): void;
  exited: Promise<Exit>;
  hasExited(): boolean;
}

/** A server that has been ready. */
export interface ServerProcess extends ProgramRun {
  url: string;
  /** Sends SIGKILL. Resolves when the process has ended. */
  kill(): Promise<void>;
  /** Sends SIGTERM. Resolves when the process has ended. */
  terminate(): Promise<Exit>;
}

const running = new Set<ChildProcess>();
/** What the server, or Node itself, prints at an uncaught exception. */
const uncaughtPattern = /uncaught exception|^Node\.js v\d/im;
/** The outputs of programs with an uncaught exception. */
let uncaughtOutputs: string[] = [];

/** Starts `node dist/main.js …` with the given environment variables only, fast password hashing and no rate limits. */
export function runProgram(
  args: readonly string[],
  environment: Environment,
  options: RunOptions = {},
): ProgramRun {
  const startedAtMs = Date.now();
  const preload =
    options.preload === undefined
      ? []
      : ['--import', `data:text/javascript,${encodeURIComponent(options.preload)}`];
  const child = spawn(process.execPath, [...preload, program, ...args], {
    cwd: options.workingDirectory ?? tmpdir(),
    detached: options.startsProcessGroup ?? false,
    ...(options.userId === undefined ? {} : { uid: options.userId }),
    env: {
      PATH: process.env['PATH'],
      BCRYPT_COST: '10',
      LOG_LEVEL: 'warn',
      RATE_LIMIT: 'off',
      ...environment,
    },
  });
  running.add(child);
  let output = '';
  let standardOutput = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    standardOutput += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const exited = new Promise<Exit>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child);
      if (options.expectsUncaught !== true && uncaughtPattern.test(output)) uncaughtOutputs.push(output);
      resolve({ code, signal, afterMs: Date.now() - startedAtMs });
    });
  });
  return {
    pid: child.pid ?? 0,
    startedAtMs,
    output: () => output,
    standardOutput: () => standardOutput,
    send: (signal) => child.kill(signal),
    exited,
    hasExited: () => !running.has(child),
  };
}

/** Runs a command to its end. */
export async function runCommand(
  args: readonly string[],
  environment: Environment,
  options: RunOptions = {},
): Promise<{ exitCode: number | null; output: string; standardOutput: string }> {
  const run = runProgram(args, environment, options);
  const { code } = await run.exited;
  return { exitCode: code, output: run.output(), standardOutput: run.standardOutput() };
}

/** Starts a server, by default on a free port, and waits until it is ready. */
export async function startServer(
  environment: Environment,
  options: RunOptions = {},
): Promise<ServerProcess> {
  return waitUntilReady(runProgram(['serve'], { PORT: '0', ...environment }, options));
}

/** Waits until a server is ready. Rejects with its output if it ends before that. */
export async function waitUntilReady(run: ProgramRun): Promise<ServerProcess> {
  const url = await awaitUntil('the server is ready', readyTimeoutMs, async () => {
    if (run.hasExited()) throw new Error(`The server ended before it was ready:\n${run.output()}`);
    const port = /(?:is ready at|listens on) http:\/\/localhost:(\d+)/.exec(run.output())?.[1];
    if (port === undefined) return null;
    const address = `http://127.0.0.1:${port}`;
    return (await statusOf(`${address}/health/ready`)) === 200 ? address : null;
  });
  return {
    ...run,
    url,
    kill: async () => {
      run.send('SIGKILL');
      await run.exited;
    },
    terminate: async () => {
      const sentAtMs = Date.now();
      run.send('SIGTERM');
      return { ...(await run.exited), afterMs: Date.now() - sentAtMs };
    },
  };
}

/** Returns the status of a GET request; null if the connection fails. */
export async function statusOf(url: string): Promise<number | null> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}

/** Waits until a health endpoint has a status; null if the server must not accept connections. */
export async function waitForStatus(
  { url }: { url: string },
  path: '/health/live' | '/health/ready',
  status: number | null,
  timeoutMs: number,
): Promise<void> {
  const expected = status === null ? 'accepts no connections' : `returns ${status}`;
  await awaitUntil(
    `${path} ${expected}`,
    timeoutMs,
    async () => (await statusOf(url + path)) === status || null,
  );
}

/** Kills the processes that a test has left. Throws if a program of the test had an uncaught exception. */
export async function killProcesses(): Promise<void> {
  const ended = [...running].map(async (child) => {
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
  });
  await Promise.all(ended);
  const [output] = uncaughtOutputs;
  uncaughtOutputs = [];
  if (output !== undefined) throw new Error(`A program had an uncaught exception:\n${output}`);
}
