import { operatorCaller } from '../domain/auth/caller.js';
import type { Core } from '../domain/core.js';
import { invariantStatements, isSound, type InvariantName } from '../domain/ledger/invariants.js';
import type { Command, CommandResult } from './command.js';

export const ledgerVerifyCommand: Command = {
  name: 'ledger-verify',
  parameters: '',
  summary: 'checks the invariants of the ledger',
  createsDatabase: false,
  run: ledgerVerify,
};

/** Lists each invariant with the number of rows that violate it. The exit code is 1 if there are any. */
async function ledgerVerify(core: Core): Promise<CommandResult> {
  const report = await core.ledger.audit({ caller: operatorCaller });
  const names = Object.keys(invariantStatements) as InvariantName[];
  const lines = names.map((name, index) => {
    const count = report.broken[name];
    return `${count === 0 ? 'holds ' : 'BROKEN'} ${index + 1}. ${invariantStatements[name]}: ${count}`;
  });
  const overdue = `       Open holds past their deadline, which a server will release: ${report.overdueHolds}`;
  const verdict = isSound(report) ? 'The ledger is sound.' : 'The ledger is BROKEN.';
  return { exitCode: isSound(report) ? 0 : 1, lines: [...lines, overdue, verdict] };
}
