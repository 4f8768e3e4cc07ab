import { join } from 'node:path';

/** The folder of the embedded database in a data folder. */
export function pgliteDirectory(dataFolder: string): string {
  return join(dataFolder, 'database');
}
