import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** What the threads of a process have done so far, in milliseconds. */
interface ThreadTimes {
  runMs: number;
  /** How long threads that could run had no core, because other processes or threads used them. */
  waitMs: number;
}

/**
 * Starts to measure a process that keeps all cores busy. The returned function returns what the time since then would have
 * been on an otherwise idle machine: the time, without the part for which its threads had no core, but never less than its work
 * takes on all cores. Without Linux's `/proc`, that is the time itself.
 */
export function timeWithoutWaiting(pid: number): () => { passedMs: number; idleMachineMs: number } {
  const cores = availableParallelism();
  const startedAt = performance.now();
  const before = threadTimes(pid);
  return () => {
    const passedMs = performance.now() - startedAt;
    const after = threadTimes(pid);
    const workMs = (after.runMs - before.runMs) / cores;
    const waitMs = (after.waitMs - before.waitMs) / cores;
    return { passedMs, idleMachineMs: Math.max(passedMs - waitMs, workMs) };
  };
}

function threadTimes(pid: number): ThreadTimes {
  const folder = `/proc/${pid}/task`;
  const times = { runMs: 0, waitMs: 0 };
  for (const thread of readIfThere(() => readdirSync(folder)) ?? []) {
    const schedstat = readIfThere(() => readFileSync(`${folder}/${thread}/schedstat`, 'utf8')) ?? '0 0';
    const [runNs = 0, waitNs = 0] = schedstat.split(' ').map(Number);
    times.runMs += runNs / 1e6;
    times.waitMs += waitNs / 1e6;
  }
  return times;
}

/** A thread may end while it is read, and only Linux has `/proc`. */
function readIfThere<Content>(read: () => Content): Content | null {
  try {
    return read();
  } catch {
    return null;
  }
}
