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
  settings: ConversationSettings;
  /** Whether its owner keeps it above the others. */
  isPinned: boolean;
  /** Whether an exchange of it follows another than the one before it in time. */
  hasBranches: boolean;
  createdAt: Date;
  /** The time of its last message. */
  updatedAt: Date;
}

/**
 * What applies to the messages of a conversation whose requests do not say otherwise.
 *
 * @example
 * ```ts
 * const settings: ConversationSettings = { model: 'large', systemPrompt: 'Reply in French.', temperature: 0.2 };
 * ```
 */
export interface ConversationSettings {
  /** The name of a model; null for the default. */
  model: string | null;
  /** What the model reads after its own system prompt; null for nothing. */
  systemPrompt: string | null;
  /** From 0 to 2; null for what the provider does by itself. */
  temperature: number | null;
}

/** The settings of a conversation that has none of its own. */
export const noSettings: ConversationSettings = { model: null, systemPrompt: null, temperature: null };

/**
 * What its owner changes of a conversation. What is absent stays.
 *
 * @example
 * ```ts
 * const change: ConversationChange = { isPinned: true, settings: { model: 'large' } };
 * ```
 */
export interface ConversationChange {
  title?: string;
  isPinned?: boolean;
  settings?: Partial<ConversationSettings>;
}

/**
 * A conversation that was searched for.
 *
 * @example
 * ```ts
 * const lines = (found: FoundConversation[]) => found.map(({ title, snippet }) => `${title}: ${snippet ?? ''}`);
 * ```
 */
export interface FoundConversation extends Conversation {
  /** Where the newest message or reply has the text; null if only the title has it, or no text was searched for. */
  snippet: string | null;
}

/**
 * Which conversations are searched for. What is null matches all of them.
 *
 * @example
 * ```ts
 * const filter: ConversationFilter = { text: 'rivers', isPinned: null };
 * ```
 */
export interface ConversationFilter {
  /** In the title, a message or a reply. Upper and lower case of ASCII letters are the same. */
  text: string | null;
  isPinned: boolean | null;
}

/** The longest text to search for, in code points. */
export const maxSearchChars = 200;

/** Returns the part of a text around the place where another one is found. */
export function snippetOf(text: string, position: number): string {
  return text.slice(
    Math.max(position - snippetCharsBefore, 0),
    Math.max(position - snippetCharsBefore, 0) + snippetChars,
  );
}

/** How much of a text is shown around what was found in it, in characters. */
export const snippetChars = 160;
export const snippetCharsBefore = 40;

/** Returns the problems of a text to search for. */
export function validateSearch(text: string): string[] {
  const unstorable = unstorableReason(text);
  if (unstorable !== null) return [`A text ${unstorable}.`];
  if (isBlank(text)) return ['Must not be blank.'];
  return codePointCount(text) > maxSearchChars ? [`Must have at most ${maxSearchChars} characters.`] : [];
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

/** The longest system prompt of a conversation, in code points. */
export const maxSystemPromptChars = 10_000;

/** The highest temperature that any model takes. */
export const maxTemperature = 2;

/** Returns the problems of a system prompt and a temperature, by the fields of the API. */
export function settingsProblems({
  systemPrompt = null,
  temperature = null,
}: Partial<ConversationSettings>): Record<'system_prompt' | 'temperature', string[]> {
  return {
    system_prompt: systemPrompt === null ? [] : validateSystemPrompt(systemPrompt),
    temperature:
      temperature === null || (temperature >= 0 && temperature <= maxTemperature)
        ? []
        : [`Must be from 0 to ${maxTemperature}.`],
  };
}

function validateSystemPrompt(text: string): string[] {
  const unstorable = unstorableReason(text);
  if (unstorable !== null) return [`A system prompt ${unstorable}.`];
  if (isBlank(text)) return ['Must not be blank. Use null for none.'];
  if (codePointCount(text) > maxSystemPromptChars)
    return [`Must have at most ${maxSystemPromptChars} characters.`];
  return [];
}
