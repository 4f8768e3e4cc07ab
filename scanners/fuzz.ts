import { runProgram } from './programs.js';
import type { Case, Verdict } from './verdict.js';

const requests = 50_000;

/** Random requests made from the API's document, on the engine that answers most of them in a minute. */
export async function runFuzz(given: Case): Promise<Verdict> {
  const suite = ['--config', 'vitest.long.config.ts', 'tests/adapters/http/fuzz.long.ts', '-t', 'memory'];
  const { output, exitCode } = await runProgram(
    'env',
    [`FUZZ_REQUESTS=${requests}`, 'npx', 'vitest', 'run', ...suite],
    given.endsAtMs,
  );
  const told = /^\d+ of \d+ random requests.*$/m.exec(output)?.[0] ?? 'nothing';
  if (exitCode === 0) return { findings: [], looked: told };
  return {
    findings: [{ rule: exitCode === null ? 'not judged' : 'failed', where: output.trim().slice(-400) }],
    looked: told,
  };
}
