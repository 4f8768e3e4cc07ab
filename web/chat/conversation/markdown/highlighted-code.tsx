import type { ElementContent, Root, RootContent } from 'hast';
import { startTransition, useEffect, useMemo, useState, type ReactNode } from 'react';

/** So much of a longer code has colours. */
const maxLength = 40_000;
/** Code that is shorter is highlighted again with each chunk. */
const shortLength = 2000;
const settledMs = 300;

type Highlight = (code: string) => Root;

/** Code with colours by its language, whose script is loaded with its first code. Plain until then. */
export function HighlightedCode({ code, language }: { code: string; language: string }): ReactNode {
  const highlight = useHighlight(language);
  const length = useHighlightedLength(colouredLength(code));
  const beginning = code.slice(0, length);
  const shown = useMemo(
    () => (highlight === null ? null : nodesOf(highlight(beginning).children)),
    [highlight, beginning],
  );
  return shown === null ? code : [...shown, code.slice(length)];
}

/** The length of the lines that have colours. */
function colouredLength(code: string): number {
  if (code.length <= maxLength) return code.length;
  const end = code.lastIndexOf('\n', maxLength);
  return end < 0 ? 0 : end + 1;
}

function useHighlight(language: string): Highlight | null {
  const [highlight, setHighlight] = useState<Highlight | null>(null);
  useEffect(() => {
    if (language === '') return undefined;
    let isShown = true;
    const load = async () => {
      const { loadHighlighter } = await import('./highlighter.js');
      const loaded = await loadHighlighter(language);
      if (isShown)
        startTransition(() => {
          setHighlight(() => loaded);
        });
    };
    // Without its script the code stays plain.
    load().catch(() => undefined);
    return () => {
      isShown = false;
    };
  }, [language]);
  return highlight;
}

/** How much of the code is highlighted. Long code that grows is not highlighted again from its beginning with each chunk. */
function useHighlightedLength(length: number): number {
  const [highlighted, setHighlighted] = useState(length);
  useEffect(() => {
    if (length === highlighted) return undefined;
    const isWorthIt = length < Math.max(shortLength, highlighted) || length > highlighted * 1.3;
    const timer = setTimeout(
      () => {
        startTransition(() => {
          setHighlighted(length);
        });
      },
      isWorthIt ? 0 : settledMs,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [length, highlighted]);
  return Math.min(length, highlighted);
}

function nodesOf(nodes: readonly (RootContent | ElementContent)[]): ReactNode[] {
  return nodes.map((node, position) => {
    if (node.type === 'text') return node.value;
    if (node.type !== 'element') return null;
    const { className } = node.properties;
    return (
      <span key={position} className={Array.isArray(className) ? className.join(' ') : undefined}>
        {nodesOf(node.children)}
      </span>
    );
  });
}
