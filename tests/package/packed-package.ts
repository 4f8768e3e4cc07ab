import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The root of the repository. */
export const repository = fileURLToPath(new URL('../..', import.meta.url));

/** The package as it would be published. */
export interface PackedPackage {
  /** The tarball. */
  tarball: string;
  /** The paths of its files. */
  files: string[];
  /** Creates an empty project with this package, and with only the other packages that are named. */
  install(packages: readonly string[]): Promise<Project>;
  remove(): Promise<void>;
}

/** A folder with a package.json and some packages. */
export interface Project {
  folder: string;
  /** Runs an ES module in it to its end. Returns what it printed; rejects if it fails. */
  run(source: string): Promise<string>;
  /** Compiles TypeScript files in it. Returns the messages of the compiler. */
  compile(files: readonly string[], moreOptions?: readonly string[]): Promise<string>;
}

/** Packs the files in `dist` without a build and without network access. */
export async function packPackage(): Promise<PackedPackage> {
  const folder = await mkdtemp(join(tmpdir(), 'metered-chat-packed-'));
  const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const { stdout } = await run('npm', pack, { cwd: repository, maxBuffer: 16 * 1024 * 1024 });
  const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  const tarball = join(folder, packed.filename);
  const unpacked = join(folder, 'unpacked');
  await mkdir(unpacked);
  await run('tar', ['-xzf', tarball, '-C', unpacked]);
  return {
    tarball,
    files: packed.files.map(({ path }) => path),
    install: (packages) => install(folder, join(unpacked, 'package'), packages),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function install(folder: string, unpacked: string, packages: readonly string[]): Promise<Project> {
  const project = await mkdtemp(join(folder, 'project-'));
  await writeFile(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const modules = join(project, 'node_modules');
  for (const name of packages) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(resolve(repository, 'node_modules', name), join(modules, name), 'junction');
  }
  // A copy, not a link, because Node resolves imports from the real path of a file.
  await mkdir(modules, { recursive: true });
  await run('cp', ['-R', unpacked, join(modules, 'metered-chat')]);
  return {
    folder: project,
    run: async (source) => {
      const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', source], {
        cwd: project,
      });
      return stdout;
    },
    compile: async (files, moreOptions = []) => {
      const tsc = join(repository, 'node_modules/typescript/bin/tsc');
      const { stdout } = await run(process.execPath, [tsc, ...consumerOptions, ...moreOptions, ...files], {
        cwd: project,
      }).catch((error: unknown) => error as { stdout: string });
      return stdout;
    },
  };
}

/** The strictest options that a consumer can have, including the check of declarations. */
const consumerOptions = [
  ...['--module', 'nodenext', '--target', 'es2023', '--types', 'node', '--pretty', 'false'],
  ...['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--skipLibCheck', 'false'],
];
