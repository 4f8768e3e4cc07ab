import { runProgram } from './programs.js';
import type { ScanTarget, ScanResult } from './scanner.js';

const requests = 50_000;

/** Sends random requests generated from the OpenAPI document, in memory, the fastest engine. */
export async function runFuzz(target: ScanTarget): Promise<ScanResult> {
  const suite = ['--config', 'vitest.long.config.ts', 'tests/adapters/http/fuzz.long.ts', '-t', 'memory'];
  const { output, exitCode } = await runProgram(
    'env',
    [`FUZZ_REQUESTS=${requests}`, 'npx', 'vitest', 'run', ...suite],
    target.endsAtMs,
  );
  const summary = /^\d+ of \d+ random requests.*$/m.exec(output)?.[0] ?? 'nothing';
  if (exitCode === 0) return { findings: [], coverage: summary };
  return {
    findings: [{ rule: exitCode === null ? 'not scanned' : 'failed', where: output.trim().slice(-400) }],
    coverage: summary,
  };
}
