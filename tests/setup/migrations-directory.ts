import { fileURLToPath } from 'node:url';

/** Where the project's migrations are. */
export const migrationsDirectory = fileURLToPath(new URL('../../migrations', import.meta.url));
