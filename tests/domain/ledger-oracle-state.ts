import type { EntryKind } from '../../src/domain/ledger/entry.js';
import type { Allowance } from '../../src/domain/metering/allowance.js';
import type { CapScope } from '../../src/domain/metering/cap.js';
import type { HoldState } from '../../src/domain/metering/hold.js';
import type { LotKind } from '../../src/domain/metering/lot.js';
import type { WalletRules } from '../../src/domain/metering/wallet-rules.js';
import type { WindowLength } from '../../src/domain/metering/window.js';

/** A lot as the oracle sees it. Every credit is taken from its lot when it is charged. */
export interface OracleLot {
  /** Null while it is not known. */
  id: string | null;
  /** How many lots the account had before it. */
  number: number;
  kind: LotKind;
  amount: number;
  left: number;
  priority: number;
  expiresAtMs: number | null;
  period: string | null;
}

/** What a cap limits, as the oracle sees it. */
export interface CapTarget {
  scope: CapScope;
  /** The number of an API key, with the scope `key`. */
  apiKey: number | null;
  /** With the scope `model`. */
  model: string | null;
  window: WindowLength;
  setBy: 'administrator' | 'account' | 'default';
}

/** A cap as the oracle sees it. The id of a default is null. */
export interface OracleCap extends CapTarget {
  id: string | null;
  limit: number;
}

/** An exchange as the oracle sees it. */
export interface OracleExchange {
  id: string;
  account: number;
  action: string;
  /** An empty text for every other action than a chat. */
  model: string;
  /** The number of the account's API key that it was made with, or null. */
  apiKey: number | null;
  hold: number;
  key: string | null;
  createdAtMs: number;
  deadlineMs: number;
  state: HoldState;
  captured: number | null;
  /** What was charged beyond the hold, and what could not be charged. */
  taken: number;
  uncollected: number;
}

export interface OracleAccount {
  number: number;
  balance: number;
  entries: { kind: EntryKind; amount: number; balanceAfter: number }[];
  /** In the order in which they were made. */
  lots: OracleLot[];
  /** In place of the default, or null. */
  allowance: Allowance | null;
  /** The numbers of its API keys. */
  apiKeys: Set<number>;
  caps: OracleCap[];
  /** The posts that have an idempotency key, by it. */
  posts: Map<string, { amount: number; balanceAfter: number }>;
  isErased: boolean;
}

/** What the ledger should hold: credits counted in the plainest way, one step after the other. */
export interface Oracle {
  nowMs: number;
  rules: WalletRules;
  accounts: OracleAccount[];
  /** Oldest first. */
  exchanges: OracleExchange[];
}

/** The number of API keys of each account. */
export const apiKeyCount = 2;

/** An oracle of accounts with these opening grants. */
export function newOracle(openings: readonly number[], nowMs: number, rules: WalletRules): Oracle {
  const accounts = openings.map((amount, number): OracleAccount => {
    const opening = { kind: 'opening', amount, priority: 50, expiresAtMs: null, period: null } as const;
    return {
      ...{ number, balance: amount, allowance: null, caps: [], posts: new Map(), isErased: false },
      entries: amount === 0 ? [] : [{ kind: 'grant', amount, balanceAfter: amount }],
      lots: amount === 0 ? [] : [{ ...opening, id: null, left: amount, number: 0 }],
      apiKeys: new Set(Array.from({ length: apiKeyCount }, (_, index) => index)),
    };
  });
  return { nowMs, rules, accounts, exchanges: [] };
}

/** The account of a number; a TypeError when there is none. */
export function accountOf(oracle: Oracle, account: number): OracleAccount {
  const found = oracle.accounts[account];
  if (found === undefined) throw new TypeError('There is no such account.');
  return found;
}

/** The open holds of an account, oldest first. */
export function openHoldsOf({ exchanges }: Oracle, account: number): OracleExchange[] {
  return exchanges.filter((exchange) => exchange.account === account && exchange.state === 'open');
}

/** What is set aside in an account's open holds. */
export function heldOf(oracle: Oracle, account: number): number {
  return openHoldsOf(oracle, account).reduce((total, { hold }) => total + hold, 0);
}

/** Moves a balance, with the entry of it. */
export function move(account: OracleAccount, kind: EntryKind, amount: number): void {
  account.balance += amount;
  account.entries.push({ kind, amount, balanceAfter: account.balance });
}
