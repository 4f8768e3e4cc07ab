import type { Attachment } from '../../domain/chat/attachment.js';
import type { Conversation } from '../../domain/chat/conversation.js';
import type { Exchange } from '../../domain/chat/exchange.js';
import type { Alert } from '../../domain/events/low-balance.js';
import type { Entry } from '../../domain/ledger/entry.js';
import type { Allowance } from '../../domain/metering/allowance.js';
import type { StoredCap } from '../../domain/metering/cap.js';
import type { Lot } from '../../domain/metering/lot.js';
import type { LotUse } from '../../domain/metering/update-lots.js';
import type { Window } from '../../domain/metering/window.js';
import type { SeenFact } from '../../domain/orders/fact-rules.js';
import type { Order } from '../../domain/orders/order.js';
import type { StoredEvent } from './webhook-state.js';
import type { PaymentFact } from '../../ports/payments.js';

/** A stored exchange. It is frozen: a change replaces it. */
export interface StoredExchange {
  exchange: Readonly<Exchange>;
  attachments: readonly Attachment[] | null;
  deadlineMs: number;
  idempotencyKey: string | null;
  isStopRequested?: boolean;
  endedAt: Date | null;
}

/** A stored conversation with the id of its newest exchange. It is frozen: a change replaces it. */
export interface StoredConversation {
  conversation: Readonly<Conversation>;
  lastExchangeId: string;
}

/** What was charged and is held in a window: for the account, one of its API keys or a model. */
export interface CapCounter {
  keyId: string | null;
  model: string | null;
  window: Window;
  counted: number;
}

/** An order with its idempotency key, and the facts about it. The order is frozen: a change replaces it. */
export interface StoredOrder {
  order: Readonly<Order>;
  idempotencyKey: string | null;
  facts: StoredFact[];
}

/** A fact that was seen: what became of it, and what it moved. */
export interface StoredFact extends SeenFact {
  seenId: string;
  fact: PaymentFact;
  appliedAt: Date;
  entryId: string | null;
  bonusEntryId: string | null;
  credits: number;
  bonusCredits: number;
  taken: number;
  debt: number;
}

/** The balance of one account, with its entries and exchanges. */
export interface Account {
  readonly userId: string;
  balance: number;
  /** True once the user is erased: no further spending or grants. */
  isClosed: boolean;
  /** By id. Append-only, through `appendEntry`. */
  readonly entries: ReadonlyMap<string, Readonly<Entry>>;
  exchanges: Map<string, StoredExchange>;
  conversations: Map<string, StoredConversation>;
  /** Ids of exchanges by idempotency key. */
  claims: Map<string, string>;
  /** By idempotency key: the id of an entry, and of the lot that it named, or null. */
  entryClaims: Map<string, { entryId: string; lotId: string | null }>;
  /** Ids of the exchanges whose hold is open. */
  openHolds: Set<string>;
  /** When something expires or is given next, or null. */
  dueAt: Date | null;
  /** The rule of the default allowance by which `dueAt` was set, or null. */
  allowanceRule: string | null;
  /** By id; empty while all credits are one implicit lot. */
  lots: Map<string, Readonly<Lot>>;
  /** What was left in the lots when they were last brought up to date; null while all credits are one implicit lot. */
  lotsTotal: number | null;
  /** What was left of a lot whenever that was written, oldest first. */
  lotChanges: { lotId: string; at: Date; left: number }[];
  /** By the id of the entry of an expiry: the id of the lot. */
  expiredLots: Map<string, string>;
  /** What open holds may still take from expired lots. */
  lotUses: readonly LotUse[];
  /** Credits that the account owes. */
  debt: number;
  /** The holds that were open when the debt arose, with the lots to take what they give back from first. */
  debtHolds: Map<string, string>;
  /** By id, with what was seen of their payments. */
  orders: Map<string, StoredOrder>;
  /** The allowance of this account, in place of the default; or null. */
  allowance: Readonly<Allowance> | null;
  /** True if holds and charges are counted for caps. */
  hasCaps: boolean;
  /** By id. */
  caps: Map<string, StoredCap>;
  /** What caps have counted, by a name of subject and window. */
  capCounters: Map<string, CapCounter>;
  /** The credits below which its balance is low, in place of the default; or null. */
  lowBalance: number | null;
  /** Which notifications of its falling balance it got. */
  alert: Alert;
  /** The names of the caps for which `cap.reached` was written, with their windows. */
  reachedCaps: Set<string>;
  /** The number of the last event. */
  eventSequence: number;
  /** `MemoryState.events`. */
  readonly outbox: StoredEvent[];
}

/** What only the entry of a charge has. */
export const noCharge = { exchangeId: null, action: null, units: null, details: null } as const;

/** Adds an entry to the ledger of an account. No function changes or removes one. */
export function appendEntry(account: Account, entry: Entry): void {
  if (account.entries.has(entry.id)) throw new TypeError('An entry with this id already exists.');
  (account.entries as Map<string, Readonly<Entry>>).set(entry.id, Object.freeze(entry));
}

/** The sum of the open holds of an account. */
export function heldCredits(account: Account): number {
  let held = 0;
  for (const id of account.openHolds) held += account.exchanges.get(id)?.exchange.held ?? 0;
  return held;
}
