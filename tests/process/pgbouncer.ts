import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { awaitUntil } from '../../src/testing/await-until.js';
import { freePort } from './server-process.js';

const startTimeoutMs = 10_000;

/** A PgBouncer in transaction mode between a test and a PostgreSQL. */
export interface RunningPgBouncer {
  /** The same database, through it. */
  url: string;
  /** kill -9; resolves when it is gone. */
  kill(): Promise<void>;
  /** Resolves once it lets connections through. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** Starts a PgBouncer whose `poolSize` connections to the database of `url` are fewer than its clients. */
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
  // It refuses to run as root.
  const asWhom = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  await chmod(folder, 0o755);
  target.port = String(port);
  let child: ChildProcess | null = null;

  const start = async () => {
    child = spawn(program, ['--quiet', ...asWhom, file], { stdio: 'ignore' });
    await awaitUntil('PgBouncer lets connections through', startTimeoutMs, () => connects(target.href));
  };
  const kill = async () => {
    if (child === null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
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

/** Whether somebody accepts connections there. */
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
