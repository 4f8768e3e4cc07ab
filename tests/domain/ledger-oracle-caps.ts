import type { WindowLength } from '../../src/domain/metering/window.js';
import { windowName } from './ledger-oracle-calendar.js';
import { accountOf } from './ledger-oracle-state.js';
import type { CapTarget, Oracle, OracleAccount, OracleCap, OracleExchange } from './ledger-oracle-state.js';

/** Sets a cap, in place of an earlier one of the same setter for the same. */
export function setCap(account: OracleAccount, cap: OracleCap): 'created' | 'changed' | 'no_such_key' {
  const earlier = account.caps.find((other) => targetOf(other) === targetOf(cap));
  if (earlier !== undefined) {
    earlier.limit = cap.limit;
    return 'changed';
  }
  if (cap.apiKey !== null && !account.apiKeys.has(cap.apiKey)) return 'no_such_key';
  account.caps.push(cap);
  return 'created';
}

/** Removes an API key of an account, and the caps on it. */
export function removeKey(account: OracleAccount, apiKey: number): boolean {
  account.caps = account.caps.filter((cap) => cap.apiKey !== apiKey);
  return account.apiKeys.delete(apiKey);
}

/** What the caps of an account allow to spend beside an exchange, in the windows in which that is made. */
export function leftByCaps(oracle: Oracle, exchange: OracleExchange): number {
  const account = accountOf(oracle, exchange.account);
  const lefts = capsOf(oracle, account)
    .filter((cap) => counts(cap, exchange))
    .map((cap) => Math.max(0, cap.limit - spentOf(oracle, account, cap, exchange.createdAtMs)));
  return Math.min(Infinity, ...lefts);
}

/** The caps of an account, with those defaults that no administrator has replaced. */
export function capsOf({ rules }: Oracle, { caps }: OracleAccount): OracleCap[] {
  const isReplaced = (window: WindowLength) =>
    caps.some((cap) => cap.scope === 'account' && cap.setBy === 'administrator' && cap.window === window);
  const defaults = rules.defaultCaps.filter(({ window }) => !isReplaced(window));
  return [
    ...caps,
    ...defaults.map(({ window, limit }): OracleCap => ({
      ...{ id: null, scope: 'account', apiKey: null, model: null, window, limit, setBy: 'default' },
    })),
  ];
}

/** What is charged and held in the window of a cap that contains a moment. */
export function spentOf(oracle: Oracle, account: OracleAccount, cap: CapTarget, atMs: number): number {
  const nameAt = (moment: number) => windowName(cap.window, moment, oracle.rules.timeZone);
  const name = nameAt(atMs);
  return oracle.exchanges
    .filter((exchange) => exchange.account === account.number && counts(cap, exchange))
    .filter(({ createdAtMs }) => nameAt(createdAtMs) === name)
    .reduce((sum, { state, hold, captured }) => sum + (state === 'open' ? hold : (captured ?? 0)), 0);
}

function targetOf({ scope, apiKey, model, window, setBy }: CapTarget): string {
  return [scope, apiKey, model, window, setBy].join(' ');
}

function counts({ apiKey, model }: CapTarget, exchange: OracleExchange): boolean {
  return (apiKey === null || apiKey === exchange.apiKey) && (model === null || model === exchange.model);
}
