import { countText } from './amount.js';

/** Formats a count with its noun, such as `1 account` or `2 accounts`. */
export function pluralize(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}
