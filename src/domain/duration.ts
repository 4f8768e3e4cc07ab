const unitsMs: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The text of a duration: a whole number of seconds, minutes, hours or days. */
export const durationPattern = /^[1-9]\d{0,5}[smhd]$/;

/** Returns the milliseconds of a text that matches `durationPattern`. */
export function millisecondsOf(text: string): number {
  return Number(text.slice(0, -1)) * (unitsMs[text.slice(-1)] ?? 0);
}

/** Writes milliseconds as a duration: in the largest unit that has a whole number of them, but a day as `24h`. */
export function formatDuration(milliseconds: number): string {
  const exact = Object.entries(unitsMs).filter(
    ([unit, unitMs]) => milliseconds % unitMs === 0 && (unit !== 'd' || milliseconds > unitMs),
  );
  const [unit, unitMs] = exact.at(-1) ?? ['s', 1000];
  return `${milliseconds / unitMs}${unit}`;
}
