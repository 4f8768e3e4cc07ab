import type { ConversationSettings } from '../domain/chat/conversation.js';
import type { Exchange, ExchangeStatus } from '../domain/chat/exchange.js';
import type { CapState } from '../domain/metering/cap.js';
import type { ChargeDetails, EndKey, Hold } from '../domain/metering/hold.js';
import type { Price } from '../domain/metering/price.js';
import type { Usage } from '../domain/metering/usage.js';
import type { WalletRules } from '../domain/metering/wallet-rules.js';
import type { Page, PageRequest } from '../domain/page.js';
import type { Attachment } from '../domain/chat/attachment.js';
import type { FinishReason, ReplyPart, ToolCall } from './ai-model.js';
import type { EntryIds } from './credit-ledger.js';

/** What every payment of an action requires, whether its credits are held first or charged at once. */
interface PaidAction {
  exchangeId: string;
  userId: string;
  /** `chat` for a chat, any other name for anything else. */
  action: string;
  /** The API key of the account that the request was made with, or null. */
  keyId: string | null;
  details: ChargeDetails | null;
  idempotencyKey: string | null;
  requestFingerprint: string | null;
  rules: WalletRules;
}

/** The credits to hold for an action, and the exchange to record if it is a chat. */
export interface ReserveRequest extends PaidAction {
  /** Null for every action other than `chat`. */
  chat: {
    /** Its conversation, or null: with a title a new one, without a title one of the user's. */
    conversation: {
      id: string;
      title: string | null;
      /** What a new one keeps; null or absent for nothing. */
      settings?: Partial<ConversationSettings> | null;
      /**
       * An exchange of it that this one follows, or the id of this one if it follows none; null or absent for the one before it
       * in time. It is not looked for: `recentExchanges` has found it.
       */
      afterId?: string | null;
    } | null;
    model: string;
    message: string;
    /** Null or absent if there are none. */
    attachments?: readonly Attachment[] | null;
    price: Price;
  } | null;
  /** Credits to hold, 0 or more. */
  hold: number;
  ids: EntryIds;
  /** How long the hold lives from now unless it is renewed, in milliseconds. */
  leaseMs: number;
}

/** Credits to charge at once for an action other than `chat`. */
export interface SpendRequest extends PaidAction {
  entryId: string;
  /** Credits, 0 or more. */
  amount: number;
  units: number | null;
}

/** Why nothing was reserved or spent; nothing was written. */
export type RejectedOutcome =
  /** The available credits are fewer than the hold. */
  | { outcome: 'insufficient'; balance: number }
  /** The account owes credits, and may hold or spend none, not even 0. */
  | { outcome: 'debt_outstanding'; debt: number }
  /** A cap allows fewer credits than the hold. */
  | { outcome: 'cap_reached'; cap: CapState }
  /** There is no such account, or it was erased. */
  | { outcome: 'no_such_user' }
  /** The key was claimed by this exchange within the last 24 hours. */
  | { outcome: 'key_claimed'; exchange: Exchange };

/** The result of `reserve`. */
export type ReserveOutcome =
  | { outcome: 'reserved'; createdAt: Date; balance: number }
  /** Nothing was written: the user has no such conversation, or it was just erased. */
  | { outcome: 'no_such_conversation' }
  | RejectedOutcome;

/** The result of `spend`. */
export type SpendOutcome = { outcome: 'spent'; createdAt: Date; balance: number } | RejectedOutcome;

/** The charge that ends a hold. */
export interface Settlement {
  exchange: ExchangeReference;
  entryId: string;
  /** Credits to charge, 0 or more. */
  capture: number;
  /** How many units of something are charged, or null. */
  units: number | null;
  /** Replaces the details of the hold; null keeps them. */
  details: ChargeDetails | null;
  /** Identifies this request, if it may be repeated. */
  endKey: EndKey | null;
  rules: WalletRules;
  /** The reply of a chat; null for every other action. */
  chat: {
    status: Extract<ExchangeStatus, 'completed' | 'cancelled'>;
    reply: string;
    /** Null if there are none. */
    toolCalls: readonly ToolCall[] | null;
    /** Null or absent if they are the text and then the calls. */
    replyParts?: readonly ReplyPart[] | null;
    /** Null if the reply is incomplete. */
    finishReason: FinishReason | null;
    /** Null or absent if it is not known. */
    stopSequence?: string | null;
    /** The models that failed before; null or absent if there are none. */
    failedModels?: readonly string[] | null;
    /** The name of the model that replied. */
    repliedBy: string;
    usage: Usage | null;
  } | null;
}

/**
 * The result of `settle`. `already_final`: the hold had ended before, or its deadline was past; nothing was changed.
 * `account_erased`: likewise, and the account was erased, whatever had ended the hold.
 */
export type SettleOutcome =
  | { outcome: 'settled'; balance: number; captured: number; uncollected: number }
  | { outcome: 'already_final' }
  | { outcome: 'account_erased' };
/** The result of `release`: whether the hold was released now, or had ended before. */
export type ReleaseOutcome = { outcome: 'released'; balance: number } | { outcome: 'already_final' };

/** Identifies a hold, and with it the exchange of a chat. Every statement finds its rows by the user. */
export interface ExchangeReference {
  userId: string;
  exchangeId: string;
}

/** The part of an incomplete reply that has come. */
export interface PartialReply {
  reply: string;
  /** Null if there are none. */
  toolCalls: readonly ToolCall[] | null;
  /** Null or absent if they are the text and then the calls. */
  replyParts?: readonly ReplyPart[] | null;
}

/**
 * The credits of any action, in two phases: `reserve`, then `settle` or `release`; or in one: `spend`. Each method is atomic
 * by itself; nothing is locked between two of them. Deadlines follow the store's own clock. Whatever is due by the rules,
 * such as an expiry or an allowance, is done before credits are held or taken.
 */
export interface HoldLedger {
  /**
   * All or nothing: reduces the balance by the hold, creates the hold, and claims the idempotency key, if any; for a chat also
   * creates the pending exchange, and the conversation if it is new. At any concurrency the balance never goes below zero,
   * and of many requests with one key only one is reserved. If several outcomes apply, a missing account is reported first,
   * then a claimed key, then a missing conversation, then a lack of credits, then a cap.
   */
  reserve(request: ReserveRequest): Promise<ReserveOutcome>;
  /**
   * All or nothing: reduces the balance by the amount, creates a captured hold and the entry of the charge, and claims the
   * idempotency key, if any. Rejections as those of `reserve`.
   */
  spend(request: SpendRequest): Promise<SpendOutcome>;
  /**
   * Moves the deadline of an open hold to `leaseMs` from now, and replaces the saved reply by `partial` unless that is
   * null or absent. Returns false and changes nothing if the hold is no longer open or its deadline is past. Saves nothing
   * for an exchange whose texts were erased.
   */
  renew(exchange: ExchangeReference, leaseMs: number, partial?: PartialReply | null): Promise<boolean>;
  /**
   * Ends an open hold before its deadline: charges `capture`, returns the rest to the balance, and writes the entry of the
   * charge and the reply. What exceeds the hold is taken from the balance as far as that and the caps go; what is still
   * missing is recorded as uncollected. If the texts of the exchange were erased meanwhile, stores the reply as an empty
   * text without tool calls. Rejects with a TypeError and changes nothing if the capture is no whole number of 0 or more.
   */
  settle(settlement: Settlement): Promise<SettleOutcome>;
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
    /** The models that were asked and failed; null or absent if there are none. */
    failedModels?: readonly string[] | null;
    /** Identifies this request, if it may be repeated. */
    endKey?: EndKey | null;
  }): Promise<ReleaseOutcome>;
  /**
   * Ends the holds of servers that have died: those past their deadline, and with `everyOpen` also all those of chats, for a process
   * that starts and is the only one that owns its data. Each exchange fails, all of its hold returns to the balance, its
   * key is free, and the saved reply remains. Returns how many holds ended. May run anywhere at any time, even twice at
   * once.
   */
  expireHolds(options: { everyOpen: boolean }): Promise<number>;
  /** Frees idempotency keys that were claimed 24 hours ago or earlier. Returns how many. */
  forgetOldKeys(): Promise<number>;
  /** Returns the hold of any account for an action other than `chat`; null if there is none with this id. */
  find(id: string): Promise<Hold | null>;
  /** Returns one chat of the account; null if it has none with this id. */
  exchange(exchange: ExchangeReference): Promise<Exchange | null>;
  /**
   * Returns an attachment of a chat of the account, byte for byte; null if there is none at this position, which counts
   * from 0, or if it was erased.
   */
  attachment(exchange: ExchangeReference, position: number): Promise<Attachment | null>;
  /**
   * Asks the process that receives the reply of an exchange to end it. Does nothing if the exchange has ended or does not
   * exist.
   */
  requestStop(exchange: ExchangeReference): Promise<void>;
  /** Returns the ids of those exchanges for which `requestStop` was called. */
  stopRequests(exchanges: readonly ExchangeReference[]): Promise<string[]>;
  /** Returns a page of the account's exchanges, newest first. Only chats. */
  exchanges(userId: string, page: PageRequest): Promise<Page<Exchange>>;
}
