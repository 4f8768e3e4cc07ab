/** `pending` until the hold ends; every other status is final. `imported`: copied from another system. */
export const exchangeStatuses = ['pending', 'completed', 'failed', 'cancelled', 'imported'] as const;
/** The status of a hold, and so of the exchange of a chat. */
export type ExchangeStatus = (typeof exchangeStatuses)[number];

/** A hold is open, or ended in exactly one of three ways; an imported exchange has `none`. */
export type HoldState = 'open' | 'captured' | 'released' | 'expired' | 'none';

/** A value of JSON. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** Facts about a charge that the caller wants on record: a small JSON object. */
export type ChargeDetails = Readonly<Record<string, JsonValue>>;

/** The action of a chat: its hold is an exchange with texts. */
export const chatAction = 'chat';

/** Credits set aside for an action, and what became of them. */
export interface Hold {
  /** UUIDv7. */
  id: string;
  userId: string;
  /** `chat`, or the name that the caller gave. */
  action: string;
  /** The API key of the account that it was made with, or null. */
  keyId: string | null;
  status: ExchangeStatus;
  /** Credits set aside for it. */
  held: number;
  holdState: HoldState;
  /** Credits charged for it, with those taken beyond the hold; null unless its hold was captured. */
  captured: number | null;
  /** Credits of the charge that were taken from the balance, beyond what was held. */
  taken: number;
  /** Credits that it cost beyond what was charged, because the balance did not cover them. */
  uncollected: number;
  /** How many units of something the charge is for, as the caller gave it, or null. */
  units: number | null;
  details: ChargeDetails | null;
  /** Credits available right after the charge, or while another action than a chat is open, after the hold; else null. */
  balanceAfter: number | null;
  /** Differs between different requests with one idempotency key; null if it is not compared. */
  requestFingerprint: string | null;
  /** The idempotency key of the request that ended it, or null. */
  endKey: EndKey | null;
  createdAt: Date;
}

/** The idempotency key of a request that ends a hold, and what the request is compared by. */
export interface EndKey {
  key: string;
  fingerprint: string;
}
