import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Operating systems limit the paths of sockets to 104 or 108 bytes. */
const maxSocketPathBytes = 100;

/** The lock of a folder, until `release` or the end of this process; or the description of the living holder. */
export type FolderLock =
  | { outcome: 'locked'; release: () => Promise<void> }
  | { outcome: 'held'; holder: string };

/**
 * Locks a folder for this process. Creates the folder if it is missing. The lock is a listening socket, so it ends with the
 * process even after a crash, and never expires. Other processes get `description`.
 *
 * The sockets of successive holders have ascending numbers, and the holder is the process that listens on the highest one.
 * A dead socket is not reused: the next holder creates the next number as a hard link, which only one process can do. So
 * the file of the last socket stays when its holder ends.
 */
export async function lockFolder(folder: string, description: string): Promise<FolderLock> {
  await mkdir(folder, { recursive: true });
  const path = await realpath(folder);
  return process.platform === 'win32' ? lockPipe(path, description) : lockSocketFile(path, description);
}

/** Describes this process for others. It contains the host name, because in each container the server is process 1. */
export function describeProcess(): string {
  return `process ${process.pid} on ${hostname()}`;
}

/** Returns the description of the current holder of a folder, or null if it is not locked. Changes nothing. */
export async function findHolder(folder: string): Promise<string | null> {
  if (process.platform === 'win32')
    return askHolder(pipeName(await realpath(folder)), () => Promise.resolve(''));
  const highest = Math.max(0, ...(await claimNumbers(folder)));
  if (highest === 0) return null;
  const { path, remove } = await shortPath(await realpath(folder), claimName(highest));
  try {
    return await askHolder(join(path, claimName(highest)), () => readNote(path, highest));
  } finally {
    await remove();
  }
}

async function lockSocketFile(folder: string, description: string): Promise<FolderLock> {
  const candidate = `lock-${process.pid}-${randomBytes(6).toString('hex')}`;
  const { path, remove } = await shortPath(folder, candidate);
  const server = await listen(join(path, candidate), description);
  try {
    const outcome = await claim(path, candidate);
    if (outcome.outcome === 'held') {
      await close(server);
      return outcome;
    }
    // Other processes read the description here, because this process may be too busy to respond.
    await writeFile(join(path, noteName(outcome.number)), description);
    return { outcome: 'locked', release: () => close(server) };
  } finally {
    await rm(join(path, candidate), { force: true });
    await remove();
  }
}

/** A path of the folder that is short enough for sockets: the path itself, or a temporary link. */
async function shortPath(
  folder: string,
  candidate: string,
): Promise<{ path: string; remove: () => Promise<void> }> {
  if (Buffer.byteLength(join(folder, candidate)) <= maxSocketPathBytes) {
    return { path: folder, remove: () => Promise.resolve() };
  }
  const temporary = await mkdtemp(join(tmpdir(), 'mc-'));
  const path = join(temporary, 'd');
  await symlink(folder, path);
  return { path, remove: () => rm(temporary, { recursive: true, force: true }) };
}

async function claim(
  folder: string,
  candidate: string,
): Promise<{ outcome: 'claimed'; number: number } | { outcome: 'held'; holder: string }> {
  for (;;) {
    const highest = Math.max(0, ...(await claimNumbers(folder)));
    const socketPath = join(folder, claimName(highest));
    const holder = highest === 0 ? null : await askHolder(socketPath, () => readNote(folder, highest));
    if (holder !== null) return { outcome: 'held', holder };
    const name = claimName(highest + 1);
    if (!(await linked(join(folder, candidate), join(folder, name)))) continue;
    const numbers = await claimNumbers(folder);
    if (Math.max(...numbers) > highest + 1) {
      // Another process acquired a higher number meanwhile, and its number counts.
      await rm(join(folder, name), { force: true });
      continue;
    }
    const lower = numbers.filter((number) => number <= highest);
    const leftovers = lower.flatMap((number) => [claimName(number), noteName(number)]);
    await Promise.all(leftovers.map((name) => rm(join(folder, name), { force: true })));
    return { outcome: 'claimed', number: highest + 1 };
  }
}

function claimName(number: number): string {
  return `lock-${number}.sock`;
}

function noteName(number: number): string {
  return `lock-${number}.holder`;
}

/** Returns an empty string if the note is not written yet. */
async function readNote(folder: string, number: number): Promise<string> {
  return readFile(join(folder, noteName(number)), 'utf8').catch(() => '');
}

async function claimNumbers(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names.flatMap((name) => {
    const number = /^lock-(\d+)\.sock$/.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function pipeName(folder: string): string {
  const name = createHash('sha256').update(folder.toLowerCase()).digest('hex').slice(0, 32);
  return `\\\\.\\pipe\\metered-chat-${name}`;
}

async function lockPipe(folder: string, description: string): Promise<FolderLock> {
  const pipe = pipeName(folder);
  try {
    const server = await listen(pipe, description);
    return { outcome: 'locked', release: () => close(server) };
  } catch (error) {
    const holder = await askHolder(pipe, () => Promise.resolve(''));
    if (holder === null) throw error;
    return { outcome: 'held', holder };
  }
}

/** Listens on a socket that sends the description to each client. It does not keep the process alive. */
function listen(path: string, description: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(description);
      // A client that does not close its side must not delay `close`.
      socket.destroySoon();
    });
    // This listener stays: an error in accepting a connection must not end the process.
    server.on('error', reject);
    server.listen(path, () => {
      server.unref();
      resolve(server);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

/**
 * Returns the description of the process that listens on a socket, from its note or its response, or null if none listens.
 * A process that is too busy to respond still holds the lock. Rejects if this user must not connect.
 */
function askHolder(path: string, readNote: () => Promise<string>): Promise<string | null> {
  return new Promise((resolve, reject) => {
    let description = '';
    let listens = false;
    const socket = connect(path);
    socket.setTimeout(1000, () => {
      socket.destroy();
    });
    socket.on('connect', () => {
      listens = true;
      void readNote().then((note) => {
        if (note === '') return;
        description = note;
        socket.destroy();
      });
    });
    socket.on('data', (chunk: Buffer) => (description += chunk.toString('utf8')));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // Unknown whether a process of another user listens.
      if (error.code === 'EACCES' || error.code === 'EPERM') reject(error);
      // Without a listener, the connection is refused or the file is missing. Any other error, such as a full backlog, means
      // that a process listens.
      if (error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT') listens = true;
    });
    socket.on('close', () => {
      resolve(listens ? description || 'another process' : null);
    });
  });
}
