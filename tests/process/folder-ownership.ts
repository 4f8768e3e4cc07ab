import { hostname } from 'node:os';
import { readdir } from 'node:fs/promises';
import { awaitUntil } from '../../src/testing/await-until.js';
import {
  runProgram,
  waitUntilReady,
  type Exit,
  type ProgramRun,
  type ServerProcess,
} from './server-process.js';

const exitTimeoutMs = 60_000;
const filesTimeoutMs = 120_000;

/** The result of starting several servers at the same time on one data folder. */
export interface Contest {
  /** The one that is still running, ready or not. */
  owner: ProgramRun;
  /** One line for each server that did not exit as expected. */
  errors: string[];
  /** The longest time from the start of another server to its exit. */
  slowestExitMs: number;
  /** The same of servers that were started with them and exit because of an invalid setting: what starting takes by itself. */
  slowestStartMs: number;
}

/** Servers that are started with the others to measure what starting takes on a busy machine. */
const measuringServers = 4;

/** Starts servers at the same time on different ports, and waits until all but one have exited. */
export async function runContest(folder: string, contenders: number): Promise<Contest> {
  const runs = Array.from({ length: contenders }, () =>
    runProgram(['serve'], { DATA_DIR: folder, PORT: '0' }),
  );
  const starts = Array.from({ length: measuringServers }, () => runProgram(['serve'], { PORT: 'none' }));
  const owner = await awaitUntil('all but one have exited', exitTimeoutMs, () => {
    const remaining = runs.filter((run) => !run.hasExited());
    if (remaining.length === 0)
      throw new Error(`All servers have exited:\n${runs.map((run) => run.output()).join('\n')}`);
    return Promise.resolve(remaining.length === 1 ? (remaining[0] ?? null) : null);
  });
  const others = runs.filter((run) => run !== owner);
  const exits = await Promise.all(others.map((run) => run.exited));
  const errors = others.flatMap((run, index) => {
    const namesOwner = run.output().includes(`in use by process ${owner.pid} on ${hostname()};`);
    return exits[index]?.code === 1 && namesOwner
      ? []
      : [
          `ended with ${exits[index]?.code ?? exits[index]?.signal}, the owner being ${owner.pid}: ${run.output()}`,
        ];
  });
  const slowestOf = (all: readonly Exit[]) => Math.max(...all.map(({ afterMs }) => afterMs));
  return {
    owner,
    errors,
    slowestExitMs: slowestOf(exits),
    slowestStartMs: slowestOf(await Promise.all(starts.map(({ exited }) => exited))),
  };
}

/** Starts a server on a folder, and kills it and its children once it has written `count` files of about a thousand. */
export async function killAfterFiles(folder: string, count: number): Promise<void> {
  const run = runProgram(['serve'], { DATA_DIR: folder, PORT: '0' }, { startsProcessGroup: true });
  await awaitUntil(`there are ${count} files`, filesTimeoutMs, async () => {
    // A temporary file may be removed while the folder is listed.
    const names = await readdir(folder, { recursive: true }).catch(() => []);
    return names.length >= count || null;
  });
  process.kill(-run.pid, 'SIGKILL');
  await run.exited;
}

/** The results of a series of contests. */
export interface OwnershipReport {
  /** The number of contests that exactly one server has won and then become ready. */
  won: number;
  errors: string[];
  slowestExitMs: number;
}

/**
 * Runs contests on one folder, and kills the owner before the next one. The last owner stays running. It is an error if a server
 * exits after `maxExitMs`, unless the machine is so busy that starting takes half of the time by itself.
 */
export async function runContests(
  folder: string,
  options: { contenders: number; rounds: number; maxExitMs: number },
): Promise<OwnershipReport & { owner: ServerProcess }> {
  const report: OwnershipReport = { won: 0, errors: [], slowestExitMs: 0 };
  let owner: ServerProcess | null = null;
  while (owner === null || report.won < options.rounds) {
    await owner?.kill();
    const contest = await runContest(folder, options.contenders);
    const { slowestExitMs, slowestStartMs } = contest;
    owner = await waitUntilReady(contest.owner);
    report.won += 1;
    report.errors.push(...contest.errors);
    if (slowestExitMs >= Math.max(options.maxExitMs, 2 * slowestStartMs))
      report.errors.push(`exited after ${slowestExitMs} ms, where starting takes ${slowestStartMs} ms`);
    report.slowestExitMs = Math.max(report.slowestExitMs, slowestExitMs);
  }
  return { ...report, owner };
}
