import { PGlite } from '@electric-sql/pglite';

// Runs in a separate process, because creating a database takes three times the memory of serving it.
const [, , directory] = process.argv;
if (directory === undefined) throw new TypeError('Usage: create-database-process DIRECTORY');

// Without its parent, the database would never be used.
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
