import type { Attachment } from './attachment.js';
import { codePointCount, isBlank, unstorableReason } from '../text.js';

/**
 * A series of exchanges, of which the model reads the earlier ones.
 *
 * @example
 * ```ts
 * const titles = (conversations: Conversation[]) => conversations.map(({ title }) => title);
 * ```
 */
export interface Conversation {
  /** UUIDv7. */
  id: string;
  userId: string;
  title: string;
  createdAt: Date;
  /** The time of its last message. */
  updatedAt: Date;
}

/**
 * An earlier message of a conversation and its reply, as a model reads them.
 *
 * @example
 * ```ts
 * const earlier: EarlierExchange = { message: 'Hello', reply: 'Hello! How can I help?' };
 * ```
 */
export interface EarlierExchange {
  message: string;
  /** Null or absent if there are none. */
  attachments?: readonly Attachment[] | null;
  reply: string;
}

/** The longest title that a user can choose, in code points. */
export const maxTitleChars = 200;

/** Returns the problems of a title that a user chose. */
export function validateTitle(title: string): string[] {
  const unstorable = unstorableReason(title);
  if (unstorable !== null) return [`A title ${unstorable}.`];
  if (isBlank(title)) return ['Must not be blank.'];
  if (codePointCount(title) > maxTitleChars) return [`Must have at most ${maxTitleChars} characters.`];
  return [];
}
