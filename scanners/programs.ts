import { spawn, spawnSync } from 'node:child_process';

/** The output of a program and its exit code; null if it was killed at the deadline. */
export interface ProgramResult {
  output: string;
  exitCode: number | null;
}

/** Checks that a program is installed; root on Debian installs it from Debian's packages. */
export function ensureProgram(name: string): { installed: true } | { installed: false; problem: string } {
  if (isInstalled(name)) return { installed: true };
  if (process.getuid?.() !== 0)
    return { installed: false, problem: `install it, or run as root: apt install ${name}` };
  if (!isInstalled('apt-get'))
    return { installed: false, problem: 'it is not installed, and there is no apt-get' };
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { env: environment, stdio: 'ignore' });
  const install = ['install', '-y', '-qq', '--no-install-recommends', name];
  const { stderr } = spawnSync('apt-get', install, { env: environment, encoding: 'utf8' });
  if (isInstalled(name)) return { installed: true };
  return { installed: false, problem: stderr.trim().split('\n').at(-1) ?? 'apt-get did not install it' };
}

function isInstalled(name: string): boolean {
  return spawnSync('which', [name], { stdio: 'ignore' }).status === 0;
}

/** Runs a program at low priority until it ends, or until `endsAtMs` of `performance.now()`. */
export function runProgram(name: string, args: string[], endsAtMs: number): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('nice', ['-n', '10', name, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // In a process group of its own, so that its child processes can be killed with it.
      detached: true,
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const end = () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    };
    const timer = setTimeout(end, Math.max(endsAtMs - performance.now(), 0));
    child.once('error', reject);
    child.once('close', (exitCode) => {
      clearTimeout(timer);
      resolve({ output, exitCode });
    });
  });
}
