import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

const nearPx = 80;

/**
 * Keeps a list scrolled to its end while it grows, as long as the user has not scrolled up. `content` is what makes it
 * grow; if `list` changes, the new list is scrolled to its end.
 */
export function useScrollToEnd(box: RefObject<HTMLElement | null>, list: string, content: unknown) {
  const follows = useRef(true);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const scrollToEnd = useCallback(() => {
    follows.current = true;
    setIsAtEnd(true);
    if (box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [box]);
  useLayoutEffect(scrollToEnd, [list, scrollToEnd]);
  useLayoutEffect(() => {
    if (follows.current) scrollToEnd();
  }, [content, scrollToEnd]);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const onScroll = () => {
      const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
      follows.current = isNear;
      setIsAtEnd(isNear);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    // The content is rendered later than it changes, and the window can be resized.
    const observer = new ResizeObserver(() => {
      if (follows.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => {
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [box, list]);
  return { isAtEnd, scrollToEnd };
}
