import { password as askHidden, text as ask } from '@clack/prompts';
import { parseArgs } from 'node:util';
import { operatorCaller } from '../domain/auth/caller.js';
import type { Core } from '../domain/core.js';
import type { Command, CommandResult } from './command.js';
import { processTerminal, type Terminal } from './terminal.js';
import { wrongUsage } from './usage.js';

export const createAdminCommand: Command = {
  name: 'create-admin',
  parameters: '[--username NAME] [--email ADDRESS] [--password-stdin]',
  summary: 'creates an administrator',
  createsDatabase: false,
  run: (core, args) => createAdmin(core, processTerminal(), args),
};

/**
 * Creates an administrator. Asks for what the arguments leave out. The password is typed hidden or, for scripts, is the
 * first line of standard input; it is never an argument, which other processes could read.
 */
export async function createAdmin(
  core: Core,
  terminal: Terminal,
  args: readonly string[],
): Promise<CommandResult> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      username: { type: 'string' },
      email: { type: 'string' },
      'password-stdin': { type: 'boolean' },
    },
  });
  const username = values.username ?? (await prompt(terminal, 'Username', ask));
  const email = values.email ?? (await prompt(terminal, 'Email (optional)', ask));
  const password =
    values['password-stdin'] === true
      ? await terminal.readLine()
      : await prompt(terminal, 'Password', askHidden);
  if (username === null || email === null || password === null) {
    return wrongUsage(createAdminCommand, 'Without a terminal every value is required. ');
  }
  const user = await core.admin.createAdmin({
    caller: operatorCaller,
    username,
    email,
    password,
  });
  return { exitCode: 0, lines: [`Created the administrator ${user.username}.`] };
}

async function prompt(
  terminal: Terminal,
  message: string,
  show: (options: { message: string }) => Promise<string | symbol | undefined>,
): Promise<string | null> {
  if (!terminal.isInteractive) return null;
  const input = await show({ message });
  return typeof input === 'symbol' ? null : (input ?? '');
}
