import { PGlite } from '@electric-sql/pglite';

// Run as a program of its own: making a database takes three times the memory of serving one, and gives none back.
const [, , directory] = process.argv;
if (directory === undefined) throw new TypeError('Usage: initialise-pglite DIRECTORY');
const pglite = await PGlite.create({ dataDir: directory });
await pglite.close();
