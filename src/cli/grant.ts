import { parseArgs } from 'node:util';
import { operatorCaller } from '../domain/auth/caller.js';
import type { Core } from '../domain/core.js';
import type { Command, CommandResult } from './command.js';
import { wrongUsage } from './usage.js';

export const grantCommand: Command = {
  name: 'grant',
  parameters: 'USERNAME AMOUNT --reason TEXT',
  summary: 'adds tokens to a balance, or removes them if the amount is negative',
  createsDatabase: false,
  run: grant,
};

async function grant(core: Core, args: readonly string[]): Promise<CommandResult> {
  // parseArgs takes a negative amount for an option.
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
    return wrongUsage(grantCommand);
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
