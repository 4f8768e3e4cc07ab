import { useCallback, useEffect, useState } from 'react';
import type { Page } from '../../api/api-objects.js';
import { useTask, type Task } from '../form/use-task.js';
import { mergeNewestPage, type PagedItems } from './paged-items.js';
import { useRefresh } from './use-refresh.js';

/**
 * Reads a list page by page, and its newest page again when the user returns to the tab. The first time, `beside` is done at
 * the same time, as part of `task`.
 */
export function usePagedItems<Item extends { id: string }>(
  read: (cursor: string | null) => Promise<Page<Item>>,
  beside: () => Promise<unknown> = () => Promise.resolve(),
): PagedItems<Item> & { task: Task; loadMore: () => void } {
  const [known, setKnown] = useState<PagedItems<Item>>({ items: [], next: null });
  const task = useTask();
  const { run } = task;
  const load = async (cursor: string | null) => {
    const page = await read(cursor);
    setKnown((list) => {
      if (cursor === null) return mergeNewestPage(list, page);
      // The newest page was read again in the meantime and has another next page.
      if (list.next !== cursor) return list;
      return { items: [...list.items, ...page.results], next: page.next };
    });
  };
  // If the server cannot be reached, the items stay.
  const refresh = useCallback(async () => {
    await load(null).catch(() => undefined);
  }, []);
  useRefresh(refresh);
  useEffect(() => {
    run(async () => {
      await Promise.all([load(null), beside()]);
    });
  }, []);
  const loadMore = () => {
    run(() => load(known.next));
  };
  return { ...known, task, loadMore };
}
