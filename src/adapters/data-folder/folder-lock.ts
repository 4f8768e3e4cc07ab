import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Systems cut the paths of sockets at 104 or 108 bytes. */
const longestSocketPathBytes = 100;

/** Either the folder is ours until `release` or until this process dies, or somebody living holds it. */
export type FolderLock =
  { outcome: 'locked'; release: () => Promise<void> } | { outcome: 'held'; holder: string };

/**
 * Makes this process the only owner of a folder, which it creates if need be. The lock is a listening socket, so it
 * ends with its process, however that dies, and it never expires. `description` is what the others are told.
 *
 * The sockets of successive owners are numbered, and the numbers only rise. The owner is whoever listens on the highest
 * one; a dead one is never removed to be taken again but outnumbered, which only one of many can do: a hard link is
 * made once. So the last socket's file stays behind when its owner ends.
 */
export async function lockFolder(folder: string, description: string): Promise<FolderLock> {
  await mkdir(folder, { recursive: true });
  const path = await realpath(folder);
  return process.platform === 'win32' ? lockPipe(path, description) : lockSocketFile(path, description);
}

/** Returns how other processes name this one: in each container the server is process 1, on a host of its own name. */
export function describeProcess(): string {
  return `process ${process.pid} on ${hostname()}`;
}

/** Returns the holder of a folder at this moment, or null if it has none. Changes nothing. */
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
    // Whoever finds us listening reads it here, and need not wait until we have time to answer.
    await writeFile(join(path, noteName(outcome.number)), description);
    return { outcome: 'locked', release: () => close(server) };
  } finally {
    await rm(join(path, candidate), { force: true });
    await remove();
  }
}

/** A path to the folder by which its sockets can be named: a link stands in for one that is too long. */
async function shortPath(
  folder: string,
  candidate: string,
): Promise<{ path: string; remove: () => Promise<void> }> {
  if (Buffer.byteLength(join(folder, candidate)) <= longestSocketPathBytes) {
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
      // Ours had been taken and outnumbered before we looked; the higher one decides.
      await rm(join(folder, name), { force: true });
      continue;
    }
    const outnumbered = numbers.filter((number) => number <= highest);
    const leftovers = outnumbered.flatMap((number) => [claimName(number), noteName(number)]);
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

/** Empty as long as the note is not written. */
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

/** Listens on a socket that tells whoever connects who holds it, and keeps no process alive. */
function listen(path: string, description: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(description);
      // An asker that never closes its side must not keep us from ending.
      socket.destroySoon();
    });
    // It stays when we listen: a connection that cannot be accepted must not end the process.
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
 * Who listens there, by their note or else their own word, or null when nobody does. One too busy to answer still
 * holds.
 * Rejects if this user may not ask.
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
      // Whether another user's process listens there cannot be asked.
      if (error.code === 'EACCES' || error.code === 'EPERM') reject(error);
      // A full backlog is a living holder: only a socket that nobody listens on refuses, only a gone one is missing.
      if (error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT') listens = true;
    });
    socket.on('close', () => {
      resolve(listens ? description || 'another process' : null);
    });
  });
}
