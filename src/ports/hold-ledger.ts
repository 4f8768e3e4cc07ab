import type { Exchange, ExchangeStatus } from '../domain/chat/exchange.js';
import type { Price } from '../domain/metering/price.js';
import type { Usage } from '../domain/metering/usage.js';
import type { Page, PageRequest } from '../domain/page.js';
import type { FinishReason, ToolCall } from './ai-model.js';

/** The exchange to record and the credits to hold for it. */
export interface ReserveRequest {
  exchangeId: string;
  userId: string;
  /** Its conversation, or null: with a title a new one, without a title one of the user's. */
  conversation: { id: string; title: string | null } | null;
  model: string;
  message: string;
  price: Price;
  /** Credits to hold, 0 or more. */
  hold: number;
  /** How long the hold lives from now unless it is renewed, in milliseconds. */
  leaseMs: number;
  idempotencyKey: string | null;
  requestFingerprint: string | null;
}

/** The result of `reserve`. */
export type ReserveOutcome =
  | { outcome: 'reserved'; createdAt: Date; balance: number }
  /** Nothing was written: the available credits are fewer than the hold. */
  | { outcome: 'insufficient'; balance: number }
  /** Nothing was written: there is no such account, or it was erased. */
  | { outcome: 'no_such_user' }
  /** Nothing was written: the user has no such conversation, or it was just erased. */
  | { outcome: 'no_such_conversation' }
  /** Nothing was written: the key was claimed by this exchange within the last 24 hours. */
  | { outcome: 'key_claimed'; exchange: Exchange };

/**
 * The result of `settle`. `already_final`: the hold had ended before, or its deadline was past; nothing was changed.
 * `account_erased`: likewise, and the account was erased, whatever had ended the hold.
 */
export type SettleOutcome =
  { outcome: 'settled'; balance: number } | { outcome: 'already_final' } | { outcome: 'account_erased' };
/** The result of `release`: whether the hold was released now, or had ended before. */
export type ReleaseOutcome = { outcome: 'released' } | { outcome: 'already_final' };

/** Identifies an exchange. Every statement finds its rows by the user. */
export interface ExchangeReference {
  userId: string;
  exchangeId: string;
}

/** The part of an incomplete reply that has come. */
export interface PartialReply {
  reply: string;
  /** Null if there are none. */
  toolCalls: readonly ToolCall[] | null;
}

/**
 * The credits of a chat, in two phases: `reserve`, then `settle` or `release`. Each method is atomic by itself; nothing is
 * locked between two of them. Deadlines follow the store's own clock.
 */
export interface HoldLedger {
  /**
   * All or nothing: reduces the balance by the hold, creates the hold and the pending exchange, creates the conversation
   * if it is new, and claims the idempotency key, if any. At any concurrency the balance never goes below zero, and of
   * many requests with one key only one is reserved. If several outcomes apply, a missing account is reported first, then
   * a claimed key, then a missing conversation, then a lack of credits.
   */
  reserve(request: ReserveRequest): Promise<ReserveOutcome>;
  /**
   * Moves the deadline of an open hold to `leaseMs` from now, and replaces the saved reply by `partial` unless that is
   * null or absent. Returns false and changes nothing if the hold is no longer open or its deadline is past. Saves nothing
   * for an exchange whose texts were erased.
   */
  renew(exchange: ExchangeReference, leaseMs: number, partial?: PartialReply | null): Promise<boolean>;
  /**
   * Ends an open hold before its deadline: charges `capture`, between 0 and the hold, returns the rest to the balance, and
   * writes the entry of the charge and the reply. If the texts of the exchange were erased meanwhile, stores the reply as
   * an empty text without tool calls. Rejects with a TypeError and changes nothing if the capture is out of range.
   */
  settle(settlement: {
    exchange: ExchangeReference;
    entryId: string;
    status: Extract<ExchangeStatus, 'completed' | 'cancelled'>;
    capture: number;
    reply: string;
    /** Null if there are none. */
    toolCalls: readonly ToolCall[] | null;
    /** Null if the reply is incomplete. */
    finishReason: FinishReason | null;
    /** The name of the model that replied. */
    repliedBy: string;
    usage: Usage | null;
  }): Promise<SettleOutcome>;
  /**
   * Ends an open hold, returns all of it to the balance, and frees its idempotency key. `failure` is an error code or
   * null. Stores `partial` as the reply; if it is null or absent, what was saved last remains. Stores nothing for an
   * exchange whose texts were erased.
   */
  release(release: {
    exchange: ExchangeReference;
    status: Extract<ExchangeStatus, 'failed' | 'cancelled'>;
    failure: string | null;
    partial?: PartialReply | null;
  }): Promise<ReleaseOutcome>;
  /**
   * Ends the holds of servers that have died: those past their deadline, or with `everyOpen` all of them, for a process
   * that starts and is the only one that owns its data. Each exchange fails, all of its hold returns to the balance, its
   * key is free, and the saved reply remains. Returns how many holds ended. May run anywhere at any time, even twice at
   * once.
   */
  expireHolds(options: { everyOpen: boolean }): Promise<number>;
  /** Frees idempotency keys that were claimed 24 hours ago or earlier. Returns how many. */
  forgetOldKeys(): Promise<number>;
  /** Returns a page of the account's exchanges, newest first. */
  exchanges(userId: string, page: PageRequest): Promise<Page<Exchange>>;
}
