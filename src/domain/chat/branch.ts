/**
 * Where a message goes in its conversation: after an exchange, or in place of one, which stays beside it.
 *
 * @example
 * ```ts
 * const first = await core.chat.send({ userId, message: 'Hello' });
 * const branch: BranchPlace = { replacesId: first.exchangeId };
 * await core.chat.send({ userId, message: 'Good day', conversation: { id: first.conversationId ?? '', branch } });
 * ```
 */
export type BranchPlace = { afterId: string } | { replacesId: string };

/** What an exchange follows; `afterId` is null if it follows none. */
export interface BranchParent {
  afterId: string | null;
}

/** An exchange, and the one that it follows; null for the one before it in time. One with its own id follows none. */
export interface ExchangeLink {
  id: string;
  afterId: string | null;
}

/** The exchanges that a message follows. */
export interface Branch {
  /** The newest first. */
  ids: string[];
  /** Null if the message follows the exchange before it in time. */
  parent: BranchParent | null;
}

/**
 * Returns what a message in a conversation follows.
 *
 * @param links All exchanges of the conversation, in the order of time.
 * @param place Null for a message that follows the newest exchange.
 * @returns Null if the conversation does not have the exchange of the place.
 * @example
 * ```ts
 * const links = [{ id: 'a', afterId: null }, { id: 'b', afterId: null }];
 * const branch = branchOf(links, { replacesId: 'b' });
 * console.log(branch?.ids, branch?.parent); // ['a'] { afterId: 'a' }
 * ```
 */
export function branchOf(links: readonly ExchangeLink[], place: BranchPlace | null): Branch | null {
  const followed = followedBy(links);
  if (place === null) return { ids: chainTo(followed, links.at(-1)?.id ?? null), parent: null };
  const named = 'afterId' in place ? place.afterId : place.replacesId;
  const before = followed.get(named);
  if (before === undefined) return null;
  const afterId = 'afterId' in place ? named : before;
  return { ids: chainTo(followed, afterId), parent: { afterId } };
}

/** Returns the id of the exchange that each one follows, null if it follows none. */
function followedBy(links: readonly ExchangeLink[]): Map<string, string | null> {
  const followed = new Map<string, string | null>();
  let before: string | null = null;
  for (const { id, afterId } of links) {
    followed.set(id, afterId === id ? null : (afterId ?? before));
    before = id;
  }
  return followed;
}

function chainTo(followed: ReadonlyMap<string, string | null>, last: string | null): string[] {
  const ids = new Set<string>();
  // No exchange follows a later one. If the database says so, the chain ends there.
  for (let id = last; id !== null && !ids.has(id); id = followed.get(id) ?? null) ids.add(id);
  return [...ids];
}
