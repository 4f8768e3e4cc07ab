import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { constants, createBrotliCompress } from 'node:zlib';
import { create } from 'tar';

/**
 * @typedef {typeof import('../src/adapters/data-folder/create-database.js') &
 *   typeof import('../src/adapters/data-folder/packed-database.js') &
 *   typeof import('../src/adapters/data-folder/database-identity.js') &
 *   typeof import('../src/adapters/postgres/pglite-database.js')} Program
 */

/** A window of 16 MiB, because the three databases of PostgreSQL are nearly equal. */
const compression = {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 9,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
  },
};

/**
 * Packs a migrated embedded database without data into `dist/packed-database`, for the first start of an installation. The
 * program must be built.
 *
 * @param {string} root The folder of the repository.
 */
export async function buildDatabase(root) {
  const { createDatabase, pgliteDatabase, installedPgliteVersion, packedName, walFile } =
    await programOf(root);
  const packedFolder = join(root, 'dist/packed-database');
  await rm(packedFolder, { recursive: true, force: true });
  const folder = await mkdtemp(join(root, 'dist/.build/database-'));
  try {
    const directory = join(folder, 'database');
    await createDatabase(directory);
    const database = await pgliteDatabase(directory);
    await database.migrate(join(root, 'migrations'));
    // Then one file of the write-ahead log, almost empty, is all that the next start reads.
    await database.query({ text: 'select pg_switch_wal()' });
    await database.query({ text: 'checkpoint' });
    /** @type {{ name: string }[]} */
    const [current] = await database.query({ text: 'select pg_walfile_name(pg_current_wal_lsn()) as name' });
    await database.close();
    const unfinished = join(folder, packedName(await installedPgliteVersion()));
    /** @param {string} path */
    const isKept = (path) => !walFile.test(basename(path)) || basename(path) === current?.name;
    const archive = join(folder, 'database.tar');
    await create({ file: archive, cwd: directory, portable: true, noMtime: true, filter: isKept }, ['.']);
    await pipeline(
      createReadStream(archive),
      createBrotliCompress(compression),
      createWriteStream(unfinished),
    );
    await mkdir(packedFolder, { recursive: true });
    await rename(unfinished, join(packedFolder, basename(unfinished)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} root
 * @returns {Promise<Program>}
 */
async function programOf(root) {
  const paths = [
    ...['data-folder/create-database.js', 'data-folder/packed-database.js'],
    ...['data-folder/database-identity.js', 'postgres/pglite-database.js'],
  ];
  /** @type {unknown[]} */
  const modules = await Promise.all(
    paths.map((path) => import(pathToFileURL(join(root, 'dist/adapters', path)).href)),
  );
  /** @type {unknown} */
  const program = Object.assign({}, ...modules);
  return /** @type {Program} */ (program);
}
