import { basename } from 'node:path';

/** Names of npm scripts that differ from those of their commands. */
const scripts: Record<string, string> = {
  'ledger-verify': 'ledger:verify',
  'import-django': 'import:django',
};

/**
 * Returns how a person runs a command here, with what follows its name: `metered-chat grant …` where this process runs by
 * that name, as in the image, and otherwise the npm script of a checkout.
 */
export function usageOf(command: string, parameters = ''): string {
  const isInstalled = basename(process.argv[1] ?? '') === 'metered-chat';
  const words = isInstalled
    ? ['metered-chat', command, parameters]
    : ['npm run', scripts[command] ?? command, parameters === '' ? '' : `-- ${parameters}`];
  return words.filter((word) => word !== '').join(' ');
}
