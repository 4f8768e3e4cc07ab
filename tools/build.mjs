// Builds the program, the pages and a database without data into `dist`, each only when its sources have changed since the last build.
// `--clean` empties `dist` and builds all. It runs before every command, so it loads only modules of Node unless something
// has changed.

import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative, sep } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, URL } from 'node:url';

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {readonly string[]} inputs The files and folders that the build depends on, relative to the root.
 * @property {(path: string) => boolean} owns Whether a path relative to `dist` is an output of this step.
 * @property {(last: { isWhole: boolean }) => Promise<boolean>} run Builds; `isWhole` is true if all outputs of the last build
 *   exist. Returns false after printing the errors of the sources.
 */

/**
 * @typedef {object} Stamp Written when a build has finished.
 * @property {string} inputs The digest of the inputs.
 * @property {Record<string, string>} outputs The size and modification time of each output.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
/** The stamps, the lock and the state of the compiler. */
const stateFolder = join(dist, '.build');
const compilerState = join(stateFolder, 'tsbuildinfo');
/** The pages contain parts of packages. */
const installed = 'node_modules/.package-lock.json';
const packages = ['package.json', 'package-lock.json'];
/** What creates and migrates the embedded database. */
const databaseSources = [
  ...['migrations', 'tools/build-database.mjs', 'src/adapters/data-folder'],
  ...['src/adapters/postgres/migrations.ts', 'src/adapters/postgres/pglite-database.ts'],
];
const otherBuildIntervalMs = 50;

/** @type {readonly Step[]} */
const steps = [
  {
    name: 'program',
    inputs: ['src', 'tsconfig.json', 'tsconfig.build.json', 'tools/build.mjs', ...packages],
    owns: (path) => !/^(web|packed-database)\//.test(path),
    run: buildProgram,
  },
  {
    name: 'pages',
    inputs: ['web', 'tsconfig.json', 'tools/build.mjs', 'tools/build-api-docs.mjs', ...packages, installed],
    owns: (path) => path.startsWith('web/'),
    run: buildPages,
  },
  {
    name: 'database',
    inputs: [...databaseSources, ...packages, installed],
    owns: (path) => path.startsWith('packed-database/'),
    run: packDatabase,
  },
];

process.exitCode = await build(process.argv.includes('--clean'));

/**
 * @param {boolean} clean
 * @returns {Promise<number>} The code to exit with.
 */
async function build(clean) {
  if (!clean && steps.every(isBuilt)) return 0;
  await lockBuilds();
  if (clean) {
    const entries = readdirSync(dist).filter((name) => join(dist, name) !== stateFolder);
    for (const path of [...entries.map((name) => join(dist, name)), compilerState, ...steps.map(stampPath)]) {
      rmSync(path, { recursive: true, force: true });
    }
  }
  // Another process may have finished the build while this one waited.
  const due = steps.filter((step) => !isBuilt(step));
  for (const step of due) {
    print(`Building the ${step.name}; this takes a few seconds.`);
    const digest = digestOf(step.inputs);
    const isWhole = hasOutputs(step);
    rmSync(stampPath(step), { force: true });
    if (!(await step.run({ isWhole }))) return 1;
    // If sources changed meanwhile, it is unknown which version was built.
    if (digestOf(step.inputs) === digest) writeStamp(step, { inputs: digest, outputs: outputsOf(step) });
  }
  return 0;
}

/** Waits until no other process builds. The lock is released when this process ends. */
async function lockBuilds() {
  const { tsImport } = await import('tsx/esm/api');
  /** @type {unknown} */
  const source = await tsImport('../src/adapters/data-folder/folder-lock.ts', import.meta.url);
  const { lockFolder } = /** @type {typeof import('../src/adapters/data-folder/folder-lock.js')} */ (source);
  for (let attempt = 0; ; attempt += 1) {
    const lock = await lockFolder(stateFolder, `process ${process.pid}`);
    if (lock.outcome === 'locked') return;
    if (attempt === 0) print(`Waiting for the build by ${lock.holder}.`);
    await delay(otherBuildIntervalMs);
  }
}

/**
 * Prints to standard error: standard output belongs to the command that runs after the build.
 *
 * @param {string} line
 */
function print(line) {
  process.stderr.write(`${line}\n`);
}

/** @param {Step} step */
function isBuilt(step) {
  return readStamp(step)?.inputs === digestOf(step.inputs) && hasOutputs(step);
}

/**
 * Whether the outputs are exactly those of the last build.
 *
 * @param {Step} step
 */
function hasOutputs(step) {
  const stamp = readStamp(step);
  return stamp !== null && JSON.stringify(stamp.outputs) === JSON.stringify(outputsOf(step));
}

/** @param {Step} step */
function outputsOf(step) {
  const paths = filesIn(dist).filter((path) => !path.startsWith('.build/') && step.owns(path));
  return Object.fromEntries(
    paths.map((path) => {
      const { size, mtimeMs } = lstatSync(join(dist, path));
      return [path, `${size} ${mtimeMs}`];
    }),
  );
}

/**
 * Digests the content: modification times are not reliable after a checkout of older files.
 *
 * @param {readonly string[]} inputs
 */
function digestOf(inputs) {
  const hash = createHash('sha256');
  for (const input of inputs) {
    const path = join(root, input);
    if (!existsSync(path)) continue;
    const files = lstatSync(path).isDirectory() ? filesIn(path).map((file) => `${input}/${file}`) : [input];
    for (const file of files) {
      const content = readFileSync(join(root, file));
      hash.update(`${file}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex');
}

/**
 * @param {string} folder
 * @returns {string[]} The paths of the files below a folder, relative to it and with slashes, sorted.
 */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();
}

/** @param {Step} step */
function stampPath(step) {
  return join(stateFolder, `${step.name}.json`);
}

/**
 * @param {Step} step
 * @returns {Stamp | null}
 */
function readStamp(step) {
  try {
    /** @type {unknown} */
    const stamp = JSON.parse(readFileSync(stampPath(step), 'utf8'));
    return /** @type {Stamp} */ (stamp);
  } catch {
    return null;
  }
}

/**
 * @param {Step} step
 * @param {Stamp} stamp
 */
function writeStamp(step, stamp) {
  const unfinished = `${stampPath(step)}.unfinished`;
  writeFileSync(unfinished, JSON.stringify(stamp));
  renameSync(unfinished, stampPath(step));
}

/**
 * Compiles in this process, so that nothing is written after it is killed.
 *
 * @type {Step['run']}
 */
async function buildProgram({ isWhole }) {
  // The compiler writes only what has changed, without checking the outputs.
  if (!isWhole) rmSync(compilerState, { force: true });
  const { default: ts } = await import('typescript');
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.build.json'),
    { tsBuildInfoFile: compilerState },
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
        print(ts.flattenDiagnosticMessageText(messageText, '\n'));
      },
    },
  );
  if (config === undefined) return false;
  const program = ts.createIncrementalProgram({ rootNames: config.fileNames, options: config.options });
  const errors = [
    ...config.errors,
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getOptionsDiagnostics(),
    ...program.getSyntacticDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...program.getSemanticDiagnostics(),
    ...program.emit().diagnostics,
  ];
  if (errors.length > 0) {
    const host = { getCanonicalFileName: String, getCurrentDirectory: () => root, getNewLine: () => '\n' };
    print(ts.formatDiagnosticsWithColorAndContext(ts.sortAndDeduplicateDiagnostics(errors), host));
    return false;
  }
  const emitted = config.fileNames.flatMap((name) => ts.getOutputFileNames(config, name, false));
  const current = new Set(emitted.map((path) => relative(dist, path).replaceAll(sep, '/')));
  for (const path of filesIn(dist)) {
    if (!current.has(path) && !/^(web|packed-database|\.build)\//.test(path)) rmSync(join(dist, path));
  }
  // The command metered-chat of the package and the image.
  chmodSync(join(dist, 'main.js'), 0o755);
  return true;
}

async function buildPages() {
  mkdirSync(dist, { recursive: true });
  const vite = await import('vite');
  await vite.build({ configFile: join(root, 'web/vite.config.ts') });
  const { buildApiDocs } = await import('./build-api-docs.mjs');
  buildApiDocs(root);
  return true;
}

/** Runs the program, which was built before. */
async function packDatabase() {
  const { buildDatabase } = await import('./build-database.mjs');
  await buildDatabase(root);
  return true;
}
