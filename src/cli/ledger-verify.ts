import { operatorCaller } from '../domain/auth/caller.js';
import type { Core } from '../domain/core.js';
import { invariantStatements, isSound, type InvariantName } from '../domain/ledger/invariants.js';
import type { CommandResult } from './terminal.js';

/** Prints each invariant of the ledger with the number of rows that break it; ends with 1 when any does. */
export async function ledgerVerify(core: Core): Promise<CommandResult> {
  const report = await core.ledger.audit({ caller: operatorCaller });
  const names = Object.keys(invariantStatements) as InvariantName[];
  const lines = names.map((name, index) => {
    const count = report.broken[name];
    return `${count === 0 ? 'holds ' : 'BROKEN'} ${index + 1}. ${invariantStatements[name]}: ${count}`;
  });
  const overdue = `       Open holds past their deadline, given back at a server's next look: ${report.overdueHolds}`;
  const verdict = isSound(report) ? 'The ledger is sound.' : 'The ledger is BROKEN.';
  return { exitCode: isSound(report) ? 0 : 1, lines: [...lines, overdue, verdict] };
}
