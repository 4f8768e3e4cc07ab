import type { ReactNode } from 'react';
import { BulkActionsToolbar, useListContext } from 'react-admin';

/** The buttons for the selected rows. Without a selection there are none, so that none can get the focus. */
export function SelectedActions({ children }: { children: ReactNode }) {
  const { selectedIds } = useListContext();
  if (selectedIds.length === 0) return null;
  return <BulkActionsToolbar selectAllButton={false}>{children}</BulkActionsToolbar>;
}
