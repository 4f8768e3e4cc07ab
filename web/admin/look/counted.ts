import { amountText } from './amount.js';

/** So many of something, in words. */
export function counted(count: number, noun: string): string {
  return `${amountText(count)} ${noun}${count === 1 ? '' : 's'}`;
}
