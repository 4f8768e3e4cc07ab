import { parseArgs } from 'node:util';
import { operatorCaller } from '../domain/auth/caller.js';
import type { Core } from '../domain/core.js';
import type { CommandResult } from './terminal.js';
import { usageOf } from './usage.js';

export const grantUsage = usageOf('grant', 'USERNAME AMOUNT --reason TEXT');

/** Adds to a balance, or with a negative amount takes away, with an entry that says why. */
export async function grant(core: Core, args: readonly string[]): Promise<CommandResult> {
  const negative = args.filter((arg) => /^-\d+$/.test(arg));
  const others = args.filter((arg) => !negative.includes(arg));
  const { values, positionals } = parseArgs({
    args: [...others, '--', ...negative],
    options: { reason: { type: 'string' } },
    allowPositionals: true,
  });
  const [username, amount, ...surplus] = positionals;
  const isComplete = username !== undefined && amount !== undefined && surplus.length === 0;
  if (!isComplete || values.reason === undefined || !/^[+-]?\d{1,16}$/.test(amount)) {
    return { exitCode: 2, lines: [`Usage: ${grantUsage}`] };
  }
  const user = await core.users.find({ caller: operatorCaller, username });
  const { entry } = await core.ledger.grant({
    caller: operatorCaller,
    userId: user.id,
    amount: Number(amount),
    reason: values.reason,
    idempotencyKey: null,
  });
  return {
    exitCode: 0,
    lines: [`${user.username} now has ${entry.balanceAfter} tokens (${entry.kind} ${amount}).`],
  };
}
