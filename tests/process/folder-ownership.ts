import { hostname } from 'node:os';
import { readdir } from 'node:fs/promises';
import { awaitUntil } from '../../src/testing/await-until.js';
import { runProgram, untilReady, type ProgramRun, type ServerProcess } from './server-process.js';

const leaveTimeoutMs = 60_000;
const filesTimeoutMs = 120_000;

/** What happened when several servers were started at once on one data folder. */
export interface Contest {
  /** The one that is left, whether it is ready yet or not. */
  owner: ProgramRun;
  /** One line for each contender that did not do as it should. */
  faults: string[];
  /** How long the slowest of the others took from its start to its end. */
  slowestToLeaveMs: number;
}

/** Starts servers at once, each on a port of its own, and waits until all but one have left. */
export async function contest(folder: string, contenders: number): Promise<Contest> {
  const runs = Array.from({ length: contenders }, () =>
    runProgram(['serve'], { DATA_DIR: folder, PORT: '0' }),
  );
  const owner = await awaitUntil('all but one have left', leaveTimeoutMs, () => {
    const left = runs.filter((run) => !run.hasExited());
    if (left.length === 0) throw new Error(`Nobody is left:\n${runs.map((run) => run.output()).join('\n')}`);
    return Promise.resolve(left.length === 1 ? (left[0] ?? null) : null);
  });
  const others = runs.filter((run) => run !== owner);
  const exits = await Promise.all(others.map((run) => run.exited));
  const faults = others.flatMap((run, index) => {
    const namesOwner = run.output().includes(`in use by process ${owner.pid} on ${hostname()};`);
    return exits[index]?.code === 1 && namesOwner
      ? []
      : [
          `ended with ${exits[index]?.code ?? exits[index]?.signal}, the owner being ${owner.pid}: ${run.output()}`,
        ];
  });
  return { owner, faults, slowestToLeaveMs: Math.max(...exits.map(({ afterMs }) => afterMs)) };
}

/**
 * Starts a server on a folder and kills it, and whatever it has started, as soon as that many files are written. A
 * whole database has about a thousand.
 */
export async function killAfterFiles(folder: string, count: number): Promise<void> {
  const run = runProgram(['serve'], { DATA_DIR: folder, PORT: '0' }, { leadsGroup: true });
  await awaitUntil(`there are ${count} files`, filesTimeoutMs, async () => {
    // What is being written may be gone before it is looked at.
    const names = await readdir(folder, { recursive: true }).catch(() => []);
    return names.length >= count || null;
  });
  process.kill(-run.pid, 'SIGKILL');
  await run.exited;
}

/** What a series of contests has shown. */
export interface OwnershipReport {
  /** Contests, each after a kill -9 of the owner before, that one and only one server has won, and then served. */
  won: number;
  faults: string[];
  slowestToLeaveMs: number;
}

/** Holds contests on one folder, killing the owner of each before the next. The last owner is left running. */
export async function contestAgainAndAgain(
  folder: string,
  options: { contenders: number; rounds: number },
): Promise<OwnershipReport & { owner: ServerProcess }> {
  const report: OwnershipReport = { won: 0, faults: [], slowestToLeaveMs: 0 };
  let owner: ServerProcess | null = null;
  while (owner === null || report.won < options.rounds) {
    await owner?.kill();
    const { owner: winner, faults, slowestToLeaveMs } = await contest(folder, options.contenders);
    owner = await untilReady(winner);
    report.won += 1;
    report.faults.push(...faults);
    report.slowestToLeaveMs = Math.max(report.slowestToLeaveMs, slowestToLeaveMs);
  }
  return { ...report, owner };
}
