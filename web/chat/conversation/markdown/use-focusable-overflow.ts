import { useEffect, type RefObject } from 'react';

/** Lets the keyboard reach an element that scrolls sideways, as long as its content is wider than it; `content` is what it shows. */
export function useFocusableOverflow(element: RefObject<HTMLElement | null>, content: unknown): void {
  useEffect(() => {
    const box = element.current;
    if (box === null) return undefined;
    const observer = new ResizeObserver(() => {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute('tabindex');
    });
    observer.observe(box);
    for (const child of box.children) observer.observe(child);
    return () => {
      observer.disconnect();
    };
  }, [element, content]);
}
