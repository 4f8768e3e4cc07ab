import { createHash } from 'node:crypto';
import { link, mkdir, mkdtemp, readdir, realpath, rm, symlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

async function lockSocketFile(folder: string, description: string): Promise<FolderLock> {
  // Paths of sockets are cut at about 100 bytes, so a short link stands in for the folder.
  const temporary = await mkdtemp(join(tmpdir(), 'mc-'));
  const short = join(temporary, 'd');
  await symlink(folder, short);
  const candidate = `lock-${process.pid}-${createHash('sha256').update(temporary).digest('hex').slice(0, 12)}`;
  const server = await listen(join(short, candidate), description);
  try {
    const outcome = await claim(short, candidate);
    if (outcome.outcome === 'held') {
      await close(server);
      return outcome;
    }
    return { outcome: 'locked', release: () => close(server) };
  } finally {
    await rm(join(short, candidate), { force: true });
    await rm(temporary, { recursive: true, force: true });
  }
}

async function claim(
  folder: string,
  candidate: string,
): Promise<{ outcome: 'claimed' } | { outcome: 'held'; holder: string }> {
  for (;;) {
    const highest = Math.max(0, ...(await claimNumbers(folder)));
    const holder = highest === 0 ? null : await askHolder(join(folder, claimName(highest)));
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
    await Promise.all(outnumbered.map((number) => rm(join(folder, claimName(number)), { force: true })));
    return { outcome: 'claimed' };
  }
}

function claimName(number: number): string {
  return `lock-${number}.sock`;
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

async function lockPipe(folder: string, description: string): Promise<FolderLock> {
  const name = createHash('sha256').update(folder.toLowerCase()).digest('hex').slice(0, 32);
  const pipe = `\\\\.\\pipe\\metered-chat-${name}`;
  try {
    const server = await listen(pipe, description);
    return { outcome: 'locked', release: () => close(server) };
  } catch (error) {
    const holder = await askHolder(pipe);
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
    });
    server.once('error', reject);
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

/** Who listens there, or null when nobody does. A holder too busy to answer still holds. */
function askHolder(path: string): Promise<string | null> {
  return new Promise((resolve) => {
    let said = '';
    let connected = false;
    const answer = () => {
      resolve(connected ? said || 'another process' : null);
    };
    const socket = connect(path);
    socket.setTimeout(1000, () => {
      socket.destroy();
    });
    socket.on('connect', () => (connected = true));
    socket.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // A full backlog is a living holder: only a socket that nobody listens on refuses, only a gone one is missing.
      if (error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT') connected = true;
    });
    socket.on('close', answer);
  });
}
