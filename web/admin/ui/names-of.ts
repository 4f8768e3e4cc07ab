import { text } from '../texts/texts.js';

const maxNames = 5;

/** The first few names, and how many more there are: `ann, ben and 7 more`. */
export function namesOf(names: readonly string[]): string {
  const isShort = names.length <= maxNames + 1;
  const shown = isShort ? names.slice(0, -1) : names.slice(0, maxNames);
  const last = (isShort ? names.at(-1) : text('ui.moreNames', { count: names.length - maxNames })) ?? '';
  return shown.length === 0 ? last : text('ui.namesAnd', { names: shown.join(', '), last });
}
