import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

const nearPx = 80;
const upwardKeys = new Set(['ArrowUp', 'PageUp', 'Home']);

/**
 * Keeps a list scrolled to its end while it grows, however fast, until the user scrolls up: with the wheel, by touch, with
 * keys, with the scroll bar, or by searching in the page. It follows again once the user scrolls down to the end. `content`
 * is what makes the list grow; if `list` changes, the new list is scrolled to its end.
 */
export function useScrollToEnd(box: RefObject<HTMLElement | null>, list: string, content: unknown) {
  const follows = useRef(true);
  /** Where the list was scrolled to, and how high it was then: growth alone never moves it up. */
  const last = useRef({ top: 0, height: 0 });
  const [isFollowing, setIsFollowing] = useState(true);

  const setFollows = useCallback(
    (value: boolean) => {
      follows.current = value;
      setIsFollowing(value);
      // While it follows, the browser must not scroll by itself to keep what is shown in its place.
      if (box.current !== null) box.current.style.overflowAnchor = value ? 'none' : 'auto';
    },
    [box],
  );
  const moveToEnd = useCallback(() => {
    const element = box.current;
    if (element === null) return;
    element.scrollTop = element.scrollHeight;
    last.current = { top: element.scrollTop, height: element.scrollHeight };
  }, [box]);
  const scrollToEnd = useCallback(() => {
    setFollows(true);
    moveToEnd();
  }, [moveToEnd, setFollows]);
  /** Whether the user has scrolled up since the list was moved last. A list that became shorter moves up by itself. */
  const isScrolledUp = useCallback(
    ({ scrollTop, scrollHeight, clientHeight }: HTMLElement) =>
      scrollTop < last.current.top - 1 &&
      scrollHeight >= last.current.height &&
      scrollHeight - scrollTop - clientHeight > 1,
    [],
  );
  const follow = useCallback(() => {
    const element = box.current;
    if (element === null || !follows.current) return;
    // The event of the user's scrolling comes after this.
    if (isScrolledUp(element)) setFollows(false);
    else moveToEnd();
  }, [box, isScrolledUp, moveToEnd, setFollows]);

  useLayoutEffect(scrollToEnd, [list, scrollToEnd]);
  useLayoutEffect(follow, [content, follow]);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const stops = new AbortController();
    const options = { passive: true, signal: stops.signal };
    const letGo = () => {
      if (follows.current && element.scrollTop > 0) setFollows(false);
    };
    element.addEventListener(
      'scroll',
      () => {
        const { scrollTop, scrollHeight, clientHeight } = element;
        const isNear = scrollHeight - scrollTop - clientHeight < nearPx;
        if (follows.current && isScrolledUp(element)) setFollows(false);
        else if (!follows.current && isNear && scrollTop > last.current.top) setFollows(true);
        last.current = { top: scrollTop, height: scrollHeight };
      },
      options,
    );
    element.addEventListener(
      'wheel',
      ({ deltaY, ctrlKey }) => {
        if (deltaY < 0 && !ctrlKey) letGo();
      },
      options,
    );
    let touchY: number | null = null;
    element.addEventListener('touchstart', ({ touches }) => (touchY = touches[0]?.clientY ?? null), options);
    element.addEventListener(
      'touchmove',
      ({ touches }) => {
        const y = touches[0]?.clientY ?? null;
        if (touchY !== null && y !== null && y > touchY + 2) letGo();
        touchY = y;
      },
      options,
    );
    element.addEventListener(
      'keydown',
      ({ key, shiftKey }) => {
        if (upwardKeys.has(key) || (key === ' ' && shiftKey)) letGo();
      },
      options,
    );
    // The content is rendered later than it changes, and the window can be resized.
    const observer = new ResizeObserver(follow);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => {
      stops.abort();
      observer.disconnect();
    };
  }, [box, list, follow, isScrolledUp, setFollows]);
  return { isAtEnd: isFollowing, scrollToEnd };
}
