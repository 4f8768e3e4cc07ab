import { fileURLToPath } from 'node:url';

/** The folder of the migrations. */
export const migrationsDirectory = fileURLToPath(new URL('../../migrations', import.meta.url));
