import { useEffect, useRef, type RefObject } from 'react';

/** Calls `onSeen` whenever the element is scrolled into view, or rendered there. */
export function useWhenSeen(onSeen: () => void): RefObject<HTMLButtonElement | null> {
  const element = useRef<HTMLButtonElement>(null);
  const newest = useRef(onSeen);
  useEffect(() => {
    newest.current = onSeen;
  });
  useEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting === true) newest.current();
    });
    observer.observe(current);
    return () => {
      observer.disconnect();
    };
  });
  return element;
}
