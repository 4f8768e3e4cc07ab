/** More than the entries that one transaction creates, and little beside the random part of an id. */
const distance = 2 ** 20;

/**
 * Returns a function that returns the ids of entries that the ledger itself creates in one transaction, in ascending order.
 * Entries are listed by their ids.
 *
 * @param entryId The id of the entry that follows them in the same transaction, a UUID: they sort directly before it. Null
 * for none.
 * @param newId Returns a new UUIDv7.
 */
export function entryIdsBefore(entryId: string | null, newId: () => string): () => string {
  if (entryId === null) return newId;
  const end = entryId.length - 12;
  let next = Math.max(0, Number.parseInt(entryId.slice(end), 16) - distance);
  return () => {
    next += 1;
    return entryId.slice(0, end) + next.toString(16).padStart(12, '0');
  };
}
