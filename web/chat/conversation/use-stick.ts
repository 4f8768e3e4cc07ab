import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

const nearPx = 80;

/**
 * Keeps a scrolled list at its end while it grows, but only for who is there already. `content` is whatever makes it
 * grow; another `list` begins at its end.
 */
export function useStick(box: RefObject<HTMLElement | null>, list: string, content: unknown) {
  const sticks = useRef(true);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const toEnd = useCallback(() => {
    sticks.current = true;
    setIsAtEnd(true);
    if (box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [box]);
  useLayoutEffect(toEnd, [list, toEnd]);
  useLayoutEffect(() => {
    if (sticks.current) toEnd();
  }, [content, toEnd]);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const look = () => {
      const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
      sticks.current = isNear;
      setIsAtEnd(isNear);
    };
    element.addEventListener('scroll', look, { passive: true });
    // Words are drawn after they have come, and the window changes its size.
    const observer = new ResizeObserver(() => {
      if (sticks.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [box, list]);
  return { isAtEnd, toEnd };
}
