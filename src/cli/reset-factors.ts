import { unknownOrigin } from '../domain/audit/audit-event.js';
import { operatorCaller } from '../domain/auth/caller.js';
import type { Core } from '../domain/core.js';
import type { Command, CommandResult } from './command.js';
import { wrongUsage } from './usage.js';

export const resetFactorsCommand: Command = {
  name: 'reset-factors',
  parameters: 'USERNAME',
  summary: 'removes every second factor of an account that has lost them, and ends its sessions',
  createsDatabase: false,
  run: resetFactors,
};

async function resetFactors(core: Core, args: readonly string[]): Promise<CommandResult> {
  const [username, ...surplus] = args;
  if (username === undefined || username.startsWith('-') || surplus.length > 0) {
    return wrongUsage(resetFactorsCommand);
  }
  const user = await core.users.find({ caller: operatorCaller, username });
  const { removedFactors } = await core.admin.resetFactors({
    caller: operatorCaller,
    userId: user.id,
    origin: unknownOrigin,
  });
  return {
    exitCode: 0,
    lines: [`${user.username} has no second factor any more (removed: ${removedFactors}).`],
  };
}
