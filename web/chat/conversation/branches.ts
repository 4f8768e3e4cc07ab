import { withoutRetried, type ExchangeState } from './exchange-state.js';

/** The `after` of an exchange that follows none. */
export const followsNone = 'none';

/** The exchanges of one branch, and the versions of those that have several. */
export interface ShownBranch {
  exchanges: readonly ExchangeState[];
  /** By the key of an exchange: the keys of all exchanges at its place, oldest first. */
  versions: ReadonlyMap<string, readonly string[]>;
}

/**
 * Returns the branch that is shown: at each place the version that was chosen, by the key of the exchange before it, else the one
 * that leads to the newest message.
 */
export function shownBranch(
  exchanges: readonly ExchangeState[],
  chosen: Readonly<Record<string, string>>,
): ShownBranch {
  const versions = new Map<string, readonly string[]>();
  if (!hasBranches(exchanges)) return { exchanges, versions };
  const listed = withoutRetried(exchanges);
  const children = childrenOf(listed);
  const newest = newestBelow(listed, children);
  const shown: ExchangeState[] = [];
  let place = followsNone;
  for (;;) {
    const here: readonly ExchangeState[] = children.get(place) ?? [];
    const next =
      here.find(({ key }) => key === chosen[place]) ??
      [...here].sort((left, right) => (newest.get(right.key) ?? 0) - (newest.get(left.key) ?? 0))[0];
    if (next === undefined) return { exchanges: shown, versions };
    shown.push(next);
    if (here.length > 1)
      versions.set(
        next.key,
        here.map(({ key }) => key),
      );
    place = next.key;
  }
}

export function hasBranches(exchanges: readonly ExchangeState[]): boolean {
  return exchanges.some(({ after }) => after !== null);
}

/** Returns what an exchange follows, as the `after` of another exchange at its place. All exchanges before it must be known. */
export function placeOf(exchanges: readonly ExchangeState[], { key, after }: ExchangeState): string {
  if (after !== null) return after;
  const position = exchanges.findIndex((exchange) => exchange.key === key);
  return exchanges.slice(0, Math.max(position, 0)).findLast(({ id }) => id !== null)?.id ?? followsNone;
}

/** Returns the key of the exchange at which the versions of an exchange part. */
function keyBefore(exchanges: readonly ExchangeState[], exchange: ExchangeState): string {
  const place = placeOf(exchanges, exchange);
  return exchanges.find(({ id }) => id === place)?.key ?? followsNone;
}

/** Returns the chosen versions with another one at the place of an exchange. */
export function chooseVersion(
  { exchanges, chosen }: { exchanges: readonly ExchangeState[]; chosen: Readonly<Record<string, string>> },
  exchange: ExchangeState,
  key: string,
): Record<string, string> {
  return { ...chosen, [keyBefore(exchanges, exchange)]: key };
}

/** The exchanges by the key of the one that they follow. */
function childrenOf(listed: readonly ExchangeState[]): Map<string, ExchangeState[]> {
  const keys = new Map(listed.map(({ id, key }) => [id, key]));
  const children = new Map<string, ExchangeState[]>();
  let before = followsNone;
  for (const exchange of listed) {
    const { after, key } = exchange;
    const parent = after === null ? before : (keys.get(after) ?? followsNone);
    children.set(parent, [...(children.get(parent) ?? []), exchange]);
    before = key;
  }
  return children;
}

/** The position of the newest exchange that follows each one, directly or not. */
function newestBelow(
  listed: readonly ExchangeState[],
  children: ReadonlyMap<string, readonly ExchangeState[]>,
): Map<string, number> {
  const newest = new Map<string, number>();
  for (const [position, { key }] of [...listed.entries()].reverse()) {
    const below = (children.get(key) ?? []).map((child) => newest.get(child.key) ?? 0);
    newest.set(key, Math.max(position, ...below));
  }
  return newest;
}
