import type { Exchange, ExchangeStatus } from '../domain/chat/exchange.js';
import type { Price } from '../domain/chat/price.js';
import type { Usage } from '../domain/chat/usage.js';
import type { Page, PageRequest } from '../domain/page.js';
import type { FinishReason, ToolCall } from './ai-model.js';

/** What `reserve` is asked to set aside and record. */
export interface ReserveRequest {
  exchangeId: string;
  userId: string;
  /** The conversation that it belongs to, if any: with a title one that begins with it, without one the user's own. */
  conversation: { id: string; title: string | null } | null;
  model: string;
  message: string;
  price: Price;
  /** Credits to hold, 0 or more. */
  hold: number;
  /** How long from now the hold lives unless it is renewed. */
  leaseMs: number;
  idempotencyKey: string | null;
  requestFingerprint: string | null;
}

/** What became of a reservation. */
export type ReserveOutcome =
  | { outcome: 'reserved'; createdAt: Date; balance: number }
  /** Nothing was written: what can be spent is less than the hold. */
  | { outcome: 'insufficient'; balance: number }
  /** Nothing was written: there is no such account, or it was erased. */
  | { outcome: 'no_such_user' }
  /** Nothing was written: the user has no such conversation, or it was just erased. */
  | { outcome: 'no_such_conversation' }
  /** Nothing was written: the key was claimed by this exchange within the last 24 hours. */
  | { outcome: 'key_claimed'; exchange: Exchange };

/**
 * `already_final`: the hold had ended before, or its deadline was past; nothing was changed. `account_erased`: likewise,
 * and the account was erased, whatever had ended the hold.
 */
export type SettleOutcome =
  { outcome: 'settled'; balance: number } | { outcome: 'already_final' } | { outcome: 'account_erased' };
/** Whether a hold was given back, or had ended before. */
export type ReleaseOutcome = { outcome: 'released' } | { outcome: 'already_final' };

/** Names one exchange. Every statement finds its rows by the user. */
export interface ExchangeReference {
  userId: string;
  exchangeId: string;
}

/** What has come of a reply that is not complete. */
export interface PartialReply {
  reply: string;
  /** Null when it asked for none. */
  toolCalls: readonly ToolCall[] | null;
}

/**
 * The money of a chat, in two phases. Each method is atomic by itself; nothing is locked between two of them.
 * Deadlines are by the store's own clock.
 */
export interface ChatLedger {
  /**
   * All or nothing: the balance suffices and is reduced, the hold and the pending exchange exist, its conversation
   * is there or begins, and the idempotency key, if any, is claimed. At any concurrency the balance never goes below
   * zero and of many with one key one is reserved. A missing account is reported before all
   * else, then a claimed key, then a missing conversation, then a lack of credits.
   */
  reserve(request: ReserveRequest): Promise<ReserveOutcome>;
  /**
   * Moves an open hold's deadline to `leaseMs` from now, and saves `partial`, unless it is null or absent, in place of
   * what was saved before. Returns false, changing nothing, when the hold is not open any more or its deadline past. Of
   * an exchange whose texts were erased nothing is saved.
   */
  renew(exchange: ExchangeReference, leaseMs: number, partial?: PartialReply | null): Promise<boolean>;
  /**
   * Ends an open hold before its deadline by charging `capture`, between 0 and the hold, and giving back the rest;
   * writes the charge's entry and the reply. Of an exchange whose texts were erased meanwhile the reply is kept as an
   * empty text, and no tool calls. Rejects with a TypeError, changing nothing, on a capture out of bounds.
   */
  settle(settlement: {
    exchange: ExchangeReference;
    entryId: string;
    status: Extract<ExchangeStatus, 'completed' | 'cancelled'>;
    capture: number;
    reply: string;
    /** Null when the reply asked for none. */
    toolCalls: readonly ToolCall[] | null;
    /** Null when the reply was not finished. */
    finishReason: FinishReason | null;
    /** The name of the model that answered. */
    repliedBy: string;
    usage: Usage | null;
  }): Promise<SettleOutcome>;
  /**
   * Ends an open hold by giving all of it back, and frees its idempotency key. `failure` is an error code or null. Keeps
   * `partial` as the reply; if it is null or absent, what was saved last. Of an exchange whose texts were erased nothing
   * is kept.
   */
  release(release: {
    exchange: ExchangeReference;
    status: Extract<ExchangeStatus, 'failed' | 'cancelled'>;
    failure: string | null;
    partial?: PartialReply | null;
  }): Promise<ReleaseOutcome>;
  /**
   * Ends holds whose server is gone: those past their deadline, or with `everyOpen` all of them, for the one process
   * that owns its data and is just starting. Each ends as a failed exchange, all of it given back, its key free; what was
   * saved of its reply stays.
   * Answers how many; safe to run anywhere at any time, even twice at once.
   */
  expireHolds(options: { everyOpen: boolean }): Promise<number>;
  /** Frees idempotency keys that were claimed 24 hours ago or more; answers how many. */
  forgetOldKeys(): Promise<number>;
  /** The account's exchanges, newest first. */
  exchanges(userId: string, page: PageRequest): Promise<Page<Exchange>>;
}
