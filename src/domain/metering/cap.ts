import { maxCredits } from '../ledger/entry.js';
import type { Window, WindowLength } from './window.js';

/** What a cap counts: everything that an account spends, what one of its API keys spends, or what one model costs it. */
export const capScopes = ['account', 'key', 'model'] as const;
/** What a cap counts. */
export type CapScope = (typeof capScopes)[number];

/**
 * Who set a cap: an administrator, the account itself, or the operator by default. Several can limit the same; all of them
 * apply, so that the smallest limit wins.
 */
export const capSetters = ['administrator', 'account', 'default'] as const;
/** Who set a cap. */
export type CapSetter = (typeof capSetters)[number];

/** The most caps of an account that administrators set, and the most that it sets itself. */
export const maxCapsPerSetter = 50;

/**
 * A cap that applies to every account for which no administrator has set another one for the same window.
 *
 * @example
 * ```ts
 * const defaultCaps: DefaultCap[] = [
 *   { window: 'day', limit: 500 },
 *   { window: 'month', limit: 5000 },
 * ];
 * ```
 */
export interface DefaultCap {
  window: WindowLength;
  /** Credits. */
  limit: number;
}

/** What is counted against a cap: everything of the account, or with a key or model what belongs to it. */
export interface CapSubject {
  scope: CapScope;
  /** The API key; null unless the scope is `key`. */
  keyId: string | null;
  /** The model that is requested; null unless the scope is `model`. */
  model: string | null;
}

/** A limit on what may be spent in a window, whatever the balance. */
export interface Cap extends CapSubject {
  /** UUIDv7; null for a default. */
  id: string | null;
  window: WindowLength;
  /** Credits. */
  limit: number;
  setBy: CapSetter;
  /** Null for a default. */
  createdAt: Date | null;
}

/** A cap that was set for one account. */
export type StoredCap = Cap & { id: string; createdAt: Date };

/**
 * A cap in one of its windows.
 *
 * @example
 * ```ts
 * declare const caller: Caller;
 * const states = await core.caps.list(caller);
 * const least = Math.min(...states.map(({ left }) => left));
 * ```
 */
export interface CapState {
  cap: Cap;
  /** Credits charged and held in the window. */
  spent: number;
  /** Credits that may still be spent, never below 0. */
  left: number;
  /** When the window ends; null if it never does. */
  endsAt: Date | null;
}

/** What a hold or a charge is for, as far as caps distinguish it. */
export interface CappedUse {
  /** The API key of the account that causes it, or null. */
  keyId: string | null;
  /** The model that is requested; an empty text for actions that use none. */
  model: string;
}

/** Returns the caps that apply to a use of an account, out of all that it has and the defaults. */
export function capsFor(use: CappedUse, caps: readonly Cap[], defaults: readonly DefaultCap[]): Cap[] {
  return withDefaultCaps(caps, defaults).filter(
    ({ scope, keyId, model }) =>
      scope === 'account' || (scope === 'key' ? keyId === use.keyId : model === use.model),
  );
}

/** Returns the caps of an account with those defaults that no administrator has replaced for it. */
export function withDefaultCaps(caps: readonly Cap[], defaults: readonly DefaultCap[]): Cap[] {
  const replaced = new Set(
    caps
      .filter(({ scope, setBy }) => scope === 'account' && setBy === 'administrator')
      .map(({ window }) => window),
  );
  const others = defaults
    .filter(({ window }) => !replaced.has(window))
    .map(({ window, limit }): Cap => ({
      ...{ id: null, scope: 'account', keyId: null, model: null, window, limit },
      ...{ setBy: 'default', createdAt: null },
    }));
  return [...caps, ...others];
}

/** Returns the name by which counters of an account differ. Caps with the same subject and window share one. */
export function counterName({ scope, keyId, model, window }: CapSubject & Pick<Cap, 'window'>): string {
  return [window, scope, keyId ?? model ?? ''].join(' ').trim();
}

/** Returns a cap whose window has counted so many credits. In all, more can be spent than an account has at one time. */
export function capState(cap: Cap, { end }: Pick<Window, 'end'>, counted: number): CapState {
  const spent = Math.min(counted, maxCredits);
  return { cap, spent, left: Math.max(0, cap.limit - spent), endsAt: end };
}

/** Returns the cap with the least left, of those the one whose window ends last; null if there are none. */
export function tightestCap(states: readonly CapState[]): CapState | null {
  const endOf = ({ endsAt }: CapState) => endsAt?.getTime() ?? Infinity;
  const [first] = states.toSorted((one, other) => one.left - other.left || endOf(other) - endOf(one));
  return first ?? null;
}

/** Returns the cap that forbids to spend so many credits more; null if all of them allow it. */
export function capThatForbids(states: readonly CapState[], credits: number): CapState | null {
  const tightest = tightestCap(states);
  return tightest !== null && tightest.left < credits ? tightest : null;
}

/** Returns the problems of a limit in credits. */
export function validateCapLimit(limit: number): string[] {
  return Number.isSafeInteger(limit) && limit >= 0 ? [] : [`Must be a whole number from 0 to ${maxCredits}.`];
}

/** Returns the problems of default caps: an invalid limit, or two for one window. */
export function defaultCapProblems(caps: readonly DefaultCap[]): string[] {
  const windows = caps.map(({ window }) => window);
  const repeated = new Set(windows.filter((window, position) => windows.indexOf(window) !== position));
  return [
    ...caps.flatMap(({ window, limit }) =>
      validateCapLimit(limit).map(
        () => `the limit for ${window} is not a whole number from 0 to ${maxCredits}`,
      ),
    ),
    ...[...repeated].map((window) => `there are two caps for ${window}`),
  ];
}

/** Throws a TypeError that names every problem of default caps. */
export function throwIfDefaultCapsInvalid(caps: readonly DefaultCap[]): void {
  const problems = defaultCapProblems(caps);
  if (problems.length > 0) throw new TypeError(`The default caps are invalid: ${problems.join('; ')}.`);
}

/**
 * Returns the administrator's cap, or the default, that an account's own cap may not exceed: the smallest for the same window on
 * the same subject or on the whole account. Null if there is none.
 */
export function upperBoundOfOwn(
  own: CapSubject & Pick<Cap, 'window'>,
  caps: readonly Cap[],
  defaults: readonly DefaultCap[],
): Cap | null {
  const bounds = withDefaultCaps(caps, defaults).filter(
    ({ setBy, scope, keyId, model, window }) =>
      setBy !== 'account' &&
      window === own.window &&
      (scope === 'account' || (scope === own.scope && keyId === own.keyId && model === own.model)),
  );
  const [smallest] = bounds.toSorted((one, other) => one.limit - other.limit);
  return smallest ?? null;
}
