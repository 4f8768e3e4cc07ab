import { basename } from 'node:path';
import type { Command } from './command.js';

/** npm scripts that are not named like their command. */
const scripts: Record<string, string> = {
  serve: 'start',
  'ledger-verify': 'ledger:verify',
  'import-django': 'import:django',
  'move-schema': 'move:schema',
};

/**
 * Returns how to run a command: `metered-chat grant …` if the process runs by that name, as in the image; otherwise the npm
 * script of a checkout.
 */
export function usageOf({ name, parameters }: Pick<Command, 'name' | 'parameters'>): string {
  const isInstalled = basename(process.argv[1] ?? '') === 'metered-chat';
  const script = scripts[name] ?? name;
  const words = isInstalled
    ? ['metered-chat', name, parameters]
    : [script === 'start' ? 'npm start' : `npm run ${script}`, parameters === '' ? '' : `-- ${parameters}`];
  return words.filter((word) => word !== '').join(' ');
}

/** Returns the result of a command that was used wrongly. */
export function wrongUsage(command: Pick<Command, 'name' | 'parameters'>, problem = '') {
  return { exitCode: 2, lines: [`${problem}Usage: ${usageOf(command)}`] };
}
