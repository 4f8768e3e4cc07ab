import { PGlite } from '@electric-sql/pglite';

// Run as a program of its own: making a database takes three times the memory of serving one, and gives none back.
const [, , directory] = process.argv;
if (directory === undefined) throw new TypeError('Usage: create-pglite-process DIRECTORY');

// Nobody would use the database of a parent that is gone.
const endWithParent = () => process.exit(1);
process.once('disconnect', endWithParent);
try {
  const pglite = await PGlite.create({ dataDir: directory });
  await pglite.close();
} catch (error) {
  process.exitCode = 1;
  process.send?.(error instanceof Error ? error.message : String(error));
}
process.off('disconnect', endWithParent);
