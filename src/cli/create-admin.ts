import { password as askHidden, text as ask } from '@clack/prompts';
import { parseArgs } from 'node:util';
import { operatorCaller } from '../domain/auth/caller.js';
import type { Core } from '../domain/core.js';
import type { CommandResult, Terminal } from './terminal.js';
import { usageOf } from './usage.js';

export const createAdminUsage = usageOf(
  'create-admin',
  '[--username NAME] [--email ADDRESS] [--password-stdin]',
);

/**
 * Makes an administrator. Asks a person for what the arguments leave out; the password comes hidden or, for scripts,
 * as the first line of standard input, and never as an argument, which other processes could read.
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
  const username = values.username ?? (await answerTo(terminal, 'Username', ask));
  const email = values.email ?? (await answerTo(terminal, 'Email (may be left empty)', ask));
  const password =
    values['password-stdin'] === true
      ? await terminal.readLine()
      : await answerTo(terminal, 'Password', askHidden);
  if (username === null || email === null || password === null) {
    return {
      exitCode: 2,
      lines: [`Not everything is known, and there is nobody to ask. Usage: ${createAdminUsage}`],
    };
  }
  const user = await core.admin.createAdmin({
    caller: operatorCaller,
    username,
    email,
    password,
  });
  return { exitCode: 0, lines: [`The administrator ${user.username} is created.`] };
}

async function answerTo(
  terminal: Terminal,
  message: string,
  prompt: (options: { message: string }) => Promise<string | symbol | undefined>,
): Promise<string | null> {
  if (!terminal.isInteractive) return null;
  const response = await prompt({ message });
  return typeof response === 'symbol' ? null : (response ?? '');
}
