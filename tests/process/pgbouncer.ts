import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { awaitUntil } from '../../src/testing/await-until.js';
import { freePort } from '../setup/free-port.js';

const unprivilegedUser = 'daemon';
const startTimeoutMs = 10_000;

/** A PgBouncer in transaction mode in front of a PostgreSQL. */
export interface RunningPgBouncer {
  /** The URL of the same database through PgBouncer. */
  url: string;
  /** Sends SIGKILL. Resolves when the process has ended. */
  kill(): Promise<void>;
  /** Resolves once it accepts connections. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** Starts a PgBouncer with at most `poolSize` connections to the database of `url`. */
export async function pgBouncer(
  program: string,
  url: string,
  options: { poolSize: number },
): Promise<RunningPgBouncer> {
  const folder = await mkdtemp(join(tmpdir(), 'metered-chat-pgbouncer-'));
  const target = new URL(url);
  const port = await freePort();
  const file = join(folder, 'pgbouncer.ini');
  const { hostname, username, password } = target;
  await writeFile(
    file,
    `[databases]
* = host=${hostname} port=${target.port} user=${username} password=${password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${options.poolSize}
max_client_conn = 400
server_login_retry = 1
`,
  );
  // PgBouncer does not run as root.
  const userOptions = process.getuid?.() === 0 ? ['-u', unprivilegedUser] : [];
  await chmod(folder, 0o755);
  target.port = String(port);
  let child: ChildProcess | null = null;

  const start = async () => {
    child = spawn(program, ['--quiet', ...userOptions, file], { stdio: 'ignore' });
    await awaitUntil('PgBouncer accepts connections', startTimeoutMs, () => connects(target.href));
  };
  const kill = async () => {
    if (child === null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    child = null;
  };
  await start();
  return {
    url: target.href,
    start,
    kill,
    remove: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Returns true if a database accepts connections, otherwise null. */
export async function connects(url: string): Promise<true | null> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return null;
  }
}
