import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  describeProcess,
  lockFolder,
  type FolderLock,
} from '../../../src/adapters/data-folder/folder-lock.js';

const compiledLock = new URL('../../../dist/adapters/data-folder/folder-lock.js', import.meta.url).href;
const connectionsBeyondBacklog = 700;

let parent: string;
let folder: string;
let children: ChildProcess[];

beforeEach(async () => {
  parent = await realpath(await mkdtemp(join(tmpdir(), 'metered-chat-lock-')));
  folder = join(parent, 'data');
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(parent, { recursive: true, force: true });
});

function lockConcurrently(count: number): Promise<FolderLock[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => lockFolder(folder, `number ${index}`)));
}

function holders(locks: FolderLock[]) {
  return locks.flatMap((lock, index) =>
    lock.outcome === 'locked' ? [{ lock, name: `number ${index}` }] : [],
  );
}

/** Starts a process that locks the folder. */
async function holderProcess(): Promise<ChildProcess> {
  const script = `
    const { lockFolder } = await import(${JSON.stringify(compiledLock)});
    const { outcome } = await lockFolder(${JSON.stringify(folder)}, 'process ' + process.pid);
    process.stdout.write(outcome);
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [output] = (await once(child.stdout, 'data')) as [Buffer];
  expect(output.toString()).toBe('locked');
  return child;
}

/** Connects to the socket of the holder, or fails, and stays connected. */
async function connectAndStay(): Promise<Socket> {
  const socket = connect({ path: join(folder, 'lock-1.sock'), allowHalfOpen: true });
  await new Promise((resolve) => {
    socket.once('connect', resolve);
    socket.once('error', resolve);
  });
  return socket;
}

test('of concurrent attempts one gets the lock, and the others get its description', async () => {
  const locks = await lockConcurrently(50);
  const [holder, ...surplus] = holders(locks);
  expect(surplus).toEqual([]);
  const rejected = locks.filter((lock) => lock !== holder?.lock);
  expect(rejected).toEqual(rejected.map(() => ({ outcome: 'held', holder: holder?.name })));
  await holder?.lock.release();
});

test('a released lock is acquired by one of many, 100 times', async () => {
  for (let round = 0; round < 100; round += 1) {
    const winners = holders(await lockConcurrently(8));
    expect(winners).toHaveLength(1);
    await winners[0]?.lock.release();
  }
});

test('the sockets of dead holders are replaced by a higher number', async () => {
  await mkdir(folder);
  for (const number of [2, 9, 10]) await writeFile(join(folder, `lock-${number}.sock`), '');
  const winners = holders(await lockConcurrently(20));
  expect(winners).toHaveLength(1);
  expect((await readdir(folder)).sort()).toEqual(['lock-11.holder', 'lock-11.sock']);
  await winners[0]?.lock.release();
});

test('a folder with a path that is too long for a socket can be locked', async () => {
  folder = join(parent, 'x'.repeat(200));
  const lock = await lockFolder(folder, 'the first');
  expect(lock.outcome).toBe('locked');
  expect(await lockFolder(folder, 'the second')).toEqual({ outcome: 'held', holder: 'the first' });
  if (lock.outcome === 'locked') await lock.release();
  const next = await lockFolder(folder, 'the third');
  expect(next.outcome).toBe('locked');
  if (next.outcome === 'locked') await next.release();
});

test('a holder that does not respond keeps its lock, and its description is known', async () => {
  const holder = await holderProcess();
  holder.kill('SIGSTOP');
  const first = await lockFolder(folder, 'this one');
  expect(first).toEqual({ outcome: 'held', holder: `process ${holder.pid ?? 0}` });
  const sockets = await Promise.all(Array.from({ length: connectionsBeyondBacklog }, connectAndStay));
  expect((await lockFolder(folder, 'this one')).outcome).toBe('held');
  for (const socket of sockets) socket.destroy();
  holder.kill('SIGCONT');
  expect((await lockFolder(folder, 'this one')).outcome).toBe('held');
});

test('a lock ends when its holder is killed', async () => {
  const holder = await holderProcess();
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const winners = holders(await lockConcurrently(20));
  expect(winners).toHaveLength(1);
  await winners[0]?.lock.release();
});

test('a lock can be released while a client keeps its connection open', async () => {
  const lock = await lockFolder(folder, 'this one');
  const socket = await connectAndStay();
  socket.resume();
  await once(socket, 'end');
  if (lock.outcome === 'locked') await lock.release();
  expect((await lockFolder(folder, 'the next one')).outcome).toBe('locked');
  socket.destroy();
});

test('the description of a process contains its host name', () => {
  expect(describeProcess()).toBe(`process ${process.pid} on ${hostname()}`);
});
