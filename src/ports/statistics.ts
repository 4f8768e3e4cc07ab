/** Counts of one day's exchanges with one model: the model that replied, or the requested one if none has replied. */
export interface ExchangeCounts {
  /** A day in UTC, for instance 2030-01-31. */
  day: string;
  model: string;
  chats: number;
  /** Credits, at most 2^53 − 1. */
  charged: number;
  /** Credits that were used but not charged, because nothing covered them; at most 2^53 − 1. */
  uncollected: number;
  failed: number;
  cancelled: number;
}

/** Counts of one day's charges for one action other than a chat. */
export interface ActionCounts {
  /** A day in UTC, for instance 2030-01-31. */
  day: string;
  action: string;
  charges: number;
  /** Credits, at most 2^53 − 1. */
  charged: number;
  /** Credits of settlements that nothing covered; at most 2^53 − 1. */
  uncollected: number;
}

/** Counts over a range of time. Days without activity are absent. */
export interface Counts {
  exchanges: ExchangeCounts[];
  actions: ActionCounts[];
  /** Accounts that were created then and still exist. */
  accounts: { day: string; created: number }[];
  /**
   * Credits that were added by grants (opening grants included), purchases, vouchers and allowances, and credits that have
   * expired; at most 2^53 − 1 each.
   */
  credits: { day: string; granted: number; expired: number }[];
  /** Accounts that sent a message or were charged for another action. */
  active: { byDay: { day: string; accounts: number }[]; accounts: number };
}

/** How long a model took for complete replies. */
export interface ModelLatency {
  model: string;
  /** Complete replies. */
  replies: number;
  /** From the request to the end of the reply, in milliseconds: half of the replies took at most as long. */
  medianMs: number;
  /** 95 of 100 replies took at most as long. */
  slowMs: number;
}

/** Orders of one day that were paid, in one currency. */
export interface DayRevenue {
  /** The day in UTC on which they were made. */
  day: string;
  /** Three lower-case letters. */
  currency: string;
  orders: number;
  /** In the smallest unit of the currency, at most 2^53 − 1. */
  paid: number;
  /** What was paid back of it since. */
  refunded: number;
}

/** An account and what it was charged. */
export interface TopAccount {
  userId: string;
  /** Null if it is erased. */
  username: string | null;
  /** Chats and other actions that were charged. */
  charges: number;
  /** Credits, at most 2^53 − 1. */
  charged: number;
}

/** What counts by day and model do not show. */
export interface Highlights {
  /** In no particular order. */
  latencies: ModelLatency[];
  /** In no particular order. */
  revenue: DayRevenue[];
  /** The ten accounts that were charged most, the one that was charged most first. */
  topAccounts: TopAccount[];
}

/** What came of the chats that a model was asked for. */
export interface ModelResults {
  model: string;
  /** When the newest chat was created that it replied to, completely or until it was stopped; null if there is none. */
  lastSuccessAt: Date | null;
  /** Chats that it replied to. */
  replies: number;
  /**
   * Chats that it was asked for and failed at. Of chats without a record of the models that failed, those that requested it,
   * and that failed with `provider_failed`, `provider_timeout` or `provider_busy`, or that another model replied to.
   */
  failures: number;
}

/** Counts over all records. Requires ids that contain their time (UUIDv7). */
export interface Statistics {
  /** Returns the counts from `from` (inclusive) to `to` (exclusive), of one account or of all (`userId` null). */
  count(range: { from: Date; to: Date; userId: string | null }): Promise<Counts>;
  /** Returns the highlights of all accounts from `from` (inclusive) to `to` (exclusive). */
  highlights(range: { from: Date; to: Date }): Promise<Highlights>;
  /**
   * Returns the results of each model with any since `from` (inclusive), in no particular order; only those since
   * `countedFrom`, which is not before `from`, are counted.
   */
  modelResults(times: { from: Date; countedFrom: Date }): Promise<ModelResults[]>;
}
