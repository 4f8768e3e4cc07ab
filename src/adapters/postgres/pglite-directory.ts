import { join } from 'node:path';

/** Where a data folder keeps the embedded database's files, whether they are there yet or not. */
export function pgliteDirectory(dataFolder: string): string {
  return join(dataFolder, 'database');
}
