import { spawn, spawnSync } from 'node:child_process';

/** What a program printed, and how it ended; null where it was ended because its time was over. */
export interface Ran {
  output: string;
  exitCode: number | null;
}

/** Whether a program is there; where it is not and we are root on a Debian, it is installed from Debian's packages. */
export function ensureProgram(name: string): { there: true } | { there: false; because: string } {
  if (isThere(name)) return { there: true };
  if (process.getuid?.() !== 0)
    return { there: false, because: `install it, or run as root: apt install ${name}` };
  if (!isThere('apt-get')) return { there: false, because: 'it is not installed, and there is no apt-get' };
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { env: environment, stdio: 'ignore' });
  const install = ['install', '-y', '-qq', '--no-install-recommends', name];
  const { stderr } = spawnSync('apt-get', install, { env: environment, encoding: 'utf8' });
  if (isThere(name)) return { there: true };
  return { there: false, because: stderr.trim().split('\n').at(-1) ?? 'apt-get did not install it' };
}

function isThere(name: string): boolean {
  return spawnSync('which', [name], { stdio: 'ignore' }).status === 0;
}

/** Runs a program to its end, or to `endsAtMs` of `performance.now()`, as one that others go before. */
export function runProgram(name: string, args: string[], endsAtMs: number): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn('nice', ['-n', '10', name, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that nothing that it started outlives it.
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
