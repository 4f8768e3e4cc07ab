import { codePointCount, isBlank, unstorableReason } from '../text.js';

/** Exchanges that belong together. */
export interface Conversation {
  /** UUIDv7. */
  id: string;
  userId: string;
  title: string;
  createdAt: Date;
  /** When the last message was sent to it. */
  updatedAt: Date;
}

/** What was said and answered earlier in a conversation. */
export interface EarlierExchange {
  message: string;
  reply: string;
}

/** The longest title that somebody can choose, in code points. */
export const maxTitleChars = 200;

const madeTitleChars = 80;
const characters = new Intl.Segmenter();

/** What is wrong with a title that somebody chose. */
export function validateTitle(title: string): string[] {
  const unstorable = unstorableReason(title);
  if (unstorable !== null) return [`A title ${unstorable}.`];
  if (isBlank(title)) return ['Must not be blank.'];
  if (codePointCount(title) > maxTitleChars) return [`Must have at most ${maxTitleChars} characters.`];
  return [];
}

/** The title of a conversation that begins with a message: its first 80 code points, in whole characters. */
export function titleOf(message: string): string {
  const beginning = message.replace(/^[\p{White_Space}\uFEFF]+/u, '').slice(0, madeTitleChars * 2 + 1);
  const title = codePointCount(beginning) > madeTitleChars ? wholeCharacters(beginning) : beginning;
  return title.replace(/\p{White_Space}+$/u, '') || 'Untitled';
}

function wholeCharacters(text: string): string {
  let whole = '';
  for (const { segment } of characters.segment(text)) {
    if (codePointCount(whole + segment) > madeTitleChars) break;
    whole += segment;
  }
  // A single character of more code points than a title has is cut after all.
  return whole || Array.from(text).slice(0, madeTitleChars).join('');
}
