import { numberFormat } from '../language/message.js';

const units = [
  ['d', 'day', 24 * 60 * 60],
  ['h', 'hour', 60 * 60],
  ['m', 'minute', 60],
  ['s', 'second', 1],
] as const;

/** A duration of the API, such as `90d`, in words: `90 days`. */
export function durationText(duration: string): string {
  const [, digits, letter] = /^(\d+)([smhd])$/.exec(duration) ?? [];
  const unit = units.find(([each]) => each === letter);
  return unit === undefined ? duration : inWords(Number(digits), unit[1]);
}

/** A duration in seconds in words, in the largest unit that has a whole number of them: `90 days`. */
export function secondsText(seconds: number): string {
  const [, name, length] = units.find((unit) => seconds >= unit[2] && seconds % unit[2] === 0) ?? units[3];
  return inWords(seconds / length, name);
}

function inWords(count: number, unit: (typeof units)[number][1]): string {
  return numberFormat({ style: 'unit', unit, unitDisplay: 'long' }).format(count);
}
