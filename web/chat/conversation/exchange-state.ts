import type { Problem } from '../../api/problem.js';
import { shownAttachments, type ShownAttachment } from './shown-attachment.js';
import type { ConversationSettings, Exchange, ExchangeStatus } from '../../api/api-objects.js';

/** One message and its reply, as the page shows them. */
export interface ExchangeState {
  /** Stays the same as long as the page is open. */
  key: string;
  /** Null until the server has sent it. */
  id: string | null;
  /** The id of the exchange that it follows, or `followsNone`; null for the one before it in time. */
  after: string | null;
  message: string;
  attachments: readonly ShownAttachment[];
  /** The part of the reply that has arrived. */
  response: string;
  /**
   * - `waiting`: for the first chunk of the reply
   * - `streaming`
   * - `stopping`: until the server has sent what was charged
   * - `lookingUp`: the connection broke, or another tab sent the message; the server is asked for the result
   * - `ended`
   */
  phase: 'waiting' | 'streaming' | 'stopping' | 'lookingUp' | 'ended';
  status: ExchangeStatus;
  charged: number;
  model: string | null;
  createdAt: string;
  /** Why the reply is not complete, if that is known. */
  problem: Problem | null;
}

/** A conversation as far as the page has read it. */
export interface ConversationState {
  phase: 'loading' | 'ready' | 'failed';
  /** Oldest first. */
  exchanges: readonly ExchangeState[];
  settings: ConversationSettings;
  /** The cursor of the page before them; null if there is none. */
  earlier: string | null;
  /** The version that is shown at each place that has several, by the key of the exchange before; the newest one by default. */
  chosen: Readonly<Record<string, string>>;
  /** Why the conversation could not be read. */
  problem: Problem | null;
  /** Why the last message was rejected; its text is in the draft again. */
  rejection: Problem | null;
}

/** A conversation of which nothing was read. */
export const emptyConversation: ConversationState = {
  phase: 'ready',
  exchanges: [],
  settings: { model: null, system_prompt: null, temperature: null },
  earlier: null,
  chosen: {},
  problem: null,
  rejection: null,
};

/** Whether this page is waiting for the end of the exchange. */
export function isInProgress({ phase }: ExchangeState): boolean {
  return phase === 'waiting' || phase === 'streaming' || phase === 'stopping';
}

/** Converts an exchange that was read from the server. */
export function exchangeStateOf(exchange: Exchange): ExchangeState {
  return {
    key: exchange.id,
    id: exchange.id,
    after: exchange.after_id === exchange.id ? 'none' : exchange.after_id,
    message: exchange.message,
    attachments: shownAttachments(exchange),
    response: exchange.response ?? '',
    phase: exchange.status === 'pending' ? 'lookingUp' : 'ended',
    status: exchange.status,
    charged: exchange.tokens_charged,
    model: exchange.model,
    createdAt: exchange.created_at,
    problem: null,
  };
}

/**
 * Merges the newest page of a conversation into its state. Exchanges that were read before that page stay above it, and
 * exchanges that the server does not know yet stay below it.
 */
export function mergePage(
  conversation: ConversationState,
  page: readonly ExchangeState[],
  earlier: string | null,
): ConversationState {
  const { exchanges } = conversation;
  const knownById = new Map(exchanges.map((exchange) => [exchange.id, exchange]));
  const start = exchanges.findIndex(({ id }) => page.some((exchange) => exchange.id === id));
  const merged = page.map((exchange) => {
    const known = knownById.get(exchange.id);
    // The page was read before the exchange ended, and arrived after that.
    if (known?.phase === 'ended' && known.status !== 'pending' && exchange.status === 'pending') return known;
    // The server does not send why a reply failed.
    const problem = known?.status === exchange.status ? known.problem : null;
    return { ...exchange, key: known?.key ?? exchange.key, problem };
  });
  const isInPage = ({ message, status }: ExchangeState) =>
    status === 'pending' &&
    page.some((exchange) => exchange.message === message && !knownById.has(exchange.id));
  const unknownToServer = exchanges.filter((exchange) => exchange.id === null && !isInPage(exchange));
  const older = exchanges.slice(0, Math.max(start, 0)).filter(({ id }) => id !== null);
  return {
    ...conversation,
    phase: 'ready',
    problem: null,
    exchanges: [...older, ...merged, ...unknownToServer],
    earlier: start < 0 ? earlier : conversation.earlier,
  };
}

/** Removes failed exchanges that are followed by the same message again. */
export function withoutRetried(exchanges: readonly ExchangeState[]): readonly ExchangeState[] {
  return exchanges.filter((exchange, index) => {
    const isEmpty = exchange.phase === 'ended' && exchange.charged === 0 && exchange.response === '';
    // Messages without text can have other attachments.
    return !(isEmpty && exchange.message !== '' && exchanges[index + 1]?.message === exchange.message);
  });
}
