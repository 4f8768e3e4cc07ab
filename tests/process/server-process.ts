import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
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
  /** Makes it the leader of a process group, so that its children can be killed with it. */
  leadsGroup?: boolean;
  /** The user that it runs as, by number; only a process of root may choose. */
  userId?: number;
  /** A module that is loaded before the program. */
  preload?: string;
  /** Whether an uncaught exception is part of the test; otherwise it fails the test. */
  expectsUncaught?: boolean;
}

/** How a process ended: one of `code` and `signal` is null; `afterMs` since it was started, or told to end. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  afterMs: number;
}

/** One run of the built program, with what it has said so far. */
export interface ProgramRun {
  pid: number;
  startedAtMs: number;
  /** Standard output and standard error, in the order of their arrival. */
  output(): string;
  standardOutput(): string;
  send(signal: NodeJS.Signals): void;
  exited: Promise<Exit>;
  hasExited(): boolean;
}

/** A server that was ready once. */
export interface ServerProcess extends ProgramRun {
  url: string;
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with how the process ended. */
  terminate(): Promise<Exit>;
}

const running = new Set<ChildProcess>();
/** Printed by the server, or by Node if nothing handles the exception. */
const signsOfUncaught = /uncaught exception|^Node\.js v\d/im;
/** The output of the programs that had an uncaught exception. */
let withUncaught: string[] = [];

/** Starts `node dist/main.js …` in an environment of nothing but what is given, quick passwords and no limits. */
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
    detached: options.leadsGroup ?? false,
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
      if (options.expectsUncaught !== true && signsOfUncaught.test(output)) withUncaught.push(output);
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

/** Runs one of the shell commands to its end. */
export async function runCommand(
  args: readonly string[],
  environment: Environment,
  options: RunOptions = {},
): Promise<{ exitCode: number | null; output: string; standardOutput: string }> {
  const run = runProgram(args, environment, options);
  const { code } = await run.exited;
  return { exitCode: code, output: run.output(), standardOutput: run.standardOutput() };
}

/** Starts a server, on a free port unless the environment names one, and waits until it is ready. */
export async function startServer(
  environment: Environment,
  options: RunOptions = {},
): Promise<ServerProcess> {
  return untilReady(runProgram(['serve'], { PORT: '0', ...environment }, options));
}

/** Waits until a server that was started is ready; rejects with what it said when it ends instead. */
export async function untilReady(run: ProgramRun): Promise<ServerProcess> {
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

/** The status of a GET, or null when nobody answers. */
export async function statusOf(url: string): Promise<number | null> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Ends the programs that a test left running. Throws if one of them had an uncaught exception. */
export async function killLeftovers(): Promise<void> {
  const gone = [...running].map(async (child) => {
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
  });
  await Promise.all(gone);
  const [output] = withUncaught;
  withUncaught = [];
  if (output !== undefined) throw new Error(`Nothing caught an exception in a program:\n${output}`);
}
