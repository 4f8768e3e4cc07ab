import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { awaitUntil } from '../../src/testing/await-until.js';
import { connects } from './pgbouncer.js';
import { freePort } from '../setup/free-port.js';

const run = promisify(execFile);
const startTimeoutMs = 30_000;

/** Starts a PostgreSQL from the folder `programs`, because pg_dump rejects a server that is newer than itself. */
export async function installedPostgres(
  programs: string,
): Promise<{ url: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'metered-chat-installed-'));
  const processUser = await unprivilegedUser();
  if (processUser !== null) await chown(folder, processUser.uid, processUser.gid);
  const [data, password, port] = [join(folder, 'data'), join(folder, 'password'), await freePort()];
  await writeFile(password, 'postgres');
  const flags = ['--username=postgres', `--pwfile=${password}`, '--auth=scram-sha-256', '--no-sync'];
  await run(join(programs, 'initdb'), ['-D', data, '--encoding=UTF8', '--no-locale', ...flags], {
    ...processUser,
  });
  const settings = ['fsync=off', 'unix_socket_directories=', 'listen_addresses=127.0.0.1', `port=${port}`];
  const child = spawn(
    join(programs, 'postgres'),
    ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    { ...processUser, stdio: 'ignore' },
  );
  const exited = once(child, 'exit');
  const url = `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`;
  await awaitUntil('the installed PostgreSQL accepts connections', startTimeoutMs, () => connects(url));
  return {
    url,
    remove: async () => {
      child.kill('SIGINT');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL does not run as root; its package creates the user `postgres`. */
async function unprivilegedUser(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)),
  );
  return uid === undefined || gid === undefined ? null : { uid, gid };
}
