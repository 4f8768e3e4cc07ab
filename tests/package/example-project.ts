import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { packPackage, repository } from './packed-package.js';

const run = promisify(execFile);
const quietly = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];

/** The versions of Node that every example runs on: the oldest one that is supported, and the later ones with long support. */
export const nodeVersions = ['20.19', '22', '24'] as const;
export type NodeVersion = (typeof nodeVersions)[number];

/** An example in a folder of its own, with the packed package and its other packages from the registry. */
export interface ExampleProject {
  folder: string;
  /** Runs a script of its package.json, or another command of npm, to its end. Rejects with what it printed if it fails. */
  npm(version: NodeVersion, args: readonly string[], environment?: Record<string, string>): Promise<string>;
  /** Starts its script `start`. */
  start(version: NodeVersion, environment: Record<string, string>): StartedProgram;
  remove(): Promise<void>;
}

/** A program that runs until it is stopped. */
export interface StartedProgram {
  /** Resolves with the first match in what the program prints; rejects if it ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Interrupts it, as Ctrl-C does. */
  interrupt(): void;
  /** Resolves when it has ended by itself. */
  ended(): Promise<void>;
  /** What it has printed. */
  text(): string;
  /** Ends it, if it still runs. */
  stop(): Promise<void>;
}

/** Copies an example from `examples`, and installs it with the packed package. */
export async function installExample(name: string): Promise<ExampleProject> {
  const root = await mkdtemp(join(tmpdir(), `metered-chat-${name}-`));
  const folder = join(root, name);
  const isOfRepository = (path: string) =>
    !/\b(node_modules|dist|\.next)\b/.test(path.slice(repository.length));
  await cp(join(repository, 'examples', name), folder, { recursive: true, filter: isOfRepository });
  const packed = await packPackage();
  try {
    await run('npm', ['install', ...quietly, packed.tarball], { cwd: folder });
  } finally {
    await packed.remove();
  }
  const nodes = await installNodes(join(root, 'nodes'));
  const withNode = (version: NodeVersion, more: Record<string, string> = {}) => {
    const path = [dirname(nodes[version]), process.env['PATH'] ?? ''].join(delimiter);
    return { HOME: process.env['HOME'] ?? root, ...more, PATH: path };
  };
  return {
    folder,
    npm: async (version, args, environment) => {
      const { stdout } = await run('npm', args, { cwd: folder, env: withNode(version, environment) }).catch(
        (error: unknown) => {
          const { stdout, stderr } = error as { stdout: string; stderr: string };
          throw new Error(`npm ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
        },
      );
      return stdout;
    },
    start: (version, environment) =>
      // In a process group of its own, so that npm and the program end together.
      started(
        spawn('npm', ['start', '--silent'], {
          ...{ cwd: folder, env: withNode(version, environment), detached: true },
          stdio: ['ignore', 'pipe', 'pipe'],
        }),
      ),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** Returns the paths of the versions of Node, which it installs from the registry. */
async function installNodes(folder: string): Promise<Record<NodeVersion, string>> {
  const packageName = `node-${process.platform}-${process.arch}`;
  const aliases = nodeVersions.map((version) => `node-${version}@npm:${packageName}@~${version}`);
  await run('npm', ['install', '--prefix', folder, ...quietly, ...aliases]);
  const paths = nodeVersions.map((version) => [
    version,
    join(folder, 'node_modules', `node-${version}`, 'bin/node'),
  ]);
  return Object.fromEntries(paths) as Record<NodeVersion, string>;
}

function started(program: ChildProcess): StartedProgram {
  const { stdout, stderr, pid } = program;
  if (stdout === null || stderr === null || pid === undefined)
    throw new TypeError('The program did not start.');
  const group = -pid;
  const exited = once(program, 'close');
  let text = '';
  const listeners = new Set<() => void>();
  for (const input of [stdout, stderr]) {
    createInterface({ input }).on('line', (line) => {
      text += `${line}\n`;
      for (const listener of listeners) listener();
    });
  }
  return {
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const search = () => {
          const match = pattern.exec(text);
          if (match === null) return;
          listeners.delete(search);
          resolve(match);
        };
        listeners.add(search);
        void exited.then(() => {
          reject(new Error(`The program ended early: ${text}`));
        });
        search();
      }),
    interrupt: () => process.kill(group, 'SIGINT'),
    ended: async () => {
      await exited;
    },
    text: () => text,
    stop: async () => {
      if (program.exitCode === null && program.signalCode === null) process.kill(group, 'SIGTERM');
      await exited;
    },
  };
}
