/** More than the entries that one transaction creates, and little beside the random part of an id. */
const distance = 2 ** 20;

/**
 * Returns a function that returns the ids of entries that the ledger itself creates in one transaction, in ascending order.
 * Entries are listed by their ids.
 *
 * @param id The UUID of the entry or exchange that the same transaction creates after them: they sort directly before it.
 */
export function entryIdsBefore(id: string): () => string {
  const end = id.length - 12;
  let next = Math.max(0, Number.parseInt(id.slice(end), 16) - distance);
  return () => {
    next += 1;
    return id.slice(0, end) + next.toString(16).padStart(12, '0');
  };
}
