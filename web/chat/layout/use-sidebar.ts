import { useState } from 'react';
import { basePath } from '../../api/base-path.js';

const storageKey = `metered-chat.sidebar${basePath}`;

/** Whether the sidebar of a wide window is hidden, which is kept for this browser. */
export function useCollapsedSidebar(): [isCollapsed: boolean, setCollapsed: (isCollapsed: boolean) => void] {
  const [isCollapsed, setIsCollapsed] = useState(() => localStorage.getItem(storageKey) === 'hidden');
  const setCollapsed = (collapsed: boolean) => {
    setIsCollapsed(collapsed);
    if (collapsed) localStorage.setItem(storageKey, 'hidden');
    else localStorage.removeItem(storageKey);
  };
  return [isCollapsed, setCollapsed];
}
