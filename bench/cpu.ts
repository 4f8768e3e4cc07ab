import { readdirSync, readFileSync } from 'node:fs';

/** How the kernel counts CPU time in `/proc`: 100 ticks a second, on every Linux. */
const microsecondsPerTick = 10_000;

interface ProcessTimes {
  parent: number;
  microseconds: number;
  ofEndedChildren: number;
}

/** Returns the CPU time of a process and of all its children so far, in microseconds; null on systems without `/proc`. */
export function cpuOf(processId: number): number | null {
  const root = timesOf(processId);
  if (root === null) return null;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => timesOf(Number(name)))
    .reduce(
      (sum, times) => (times?.parent === processId ? sum + times.microseconds : sum),
      root.microseconds + root.ofEndedChildren,
    );
}

function timesOf(processId: number): ProcessTimes | null {
  try {
    const text = readFileSync(`/proc/${processId}/stat`, 'utf8');
    // After the name, which is in parentheses: state, parent, and from the 12th on, user and system time, and both of ended children.
    const numbers = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [user = 0, system = 0, ...ofChildren] = numbers.slice(11, 15);
    return {
      parent: numbers[1] ?? 0,
      microseconds: (user + system) * microsecondsPerTick,
      ofEndedChildren: ofChildren.reduce((sum, ticks) => sum + ticks, 0) * microsecondsPerTick,
    };
  } catch {
    return null;
  }
}
