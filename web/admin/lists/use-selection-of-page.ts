import { useEffect } from 'react';
import { useListContext } from 'react-admin';

/**
 * Clears the selection when the list is opened, and whenever its filters, order or page change: an action on several records must
 * act only on those that are seen.
 */
export function useSelectionOfPage(): void {
  const { sort, page, perPage, onUnselectItems, ...list } = useListContext();
  const shown = JSON.stringify([list.filterValues, sort, page, perPage]);
  useEffect(() => {
    onUnselectItems();
  }, [shown]);
}
