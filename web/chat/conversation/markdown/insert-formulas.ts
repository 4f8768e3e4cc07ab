import { placeholders, type Protected } from './protect-formulas.js';

/** A node of the parsed Markdown. */
interface MarkdownNode {
  type: string;
  value?: string;
  url?: string;
  title?: string | null;
  alt?: string | null;
  children?: MarkdownNode[];
  data?: { hName: string; hProperties: Record<string, string> };
}

/**
 * A plugin that inserts what was protected. In text a formula becomes an element `math`; wherever no formula can be, as in
 * code and addresses, its source.
 */
export function insertFormulas(parts: readonly Protected[]) {
  const sourceOf = (text: string) =>
    text.replaceAll(placeholders, (whole, index: string) => parts[Number(index)]?.source ?? whole);
  const nodeOf = (index: number): MarkdownNode => {
    const part = parts[index];
    if (part?.kind !== 'formula') return { type: 'text', value: part?.source ?? '' };
    const { tex, isDisplayed, source } = part;
    const hProperties = { tex, source, display: isDisplayed ? 'block' : 'inline' };
    return { type: 'math', data: { hName: 'math', hProperties } };
  };
  const splitText = (text: string): MarkdownNode[] =>
    text
      .split(placeholders)
      .map((value, position) => (position % 2 === 1 ? nodeOf(Number(value)) : { type: 'text', value }))
      .filter(({ type, value }) => type !== 'text' || value !== '');
  const insert = (node: MarkdownNode) => {
    for (const name of ['value', 'url', 'title', 'alt'] as const) {
      const text = node[name];
      if (typeof text === 'string') node[name] = sourceOf(text);
    }
    if (node.children === undefined) return;
    for (const child of node.children) if (child.type !== 'text') insert(child);
    node.children = node.children.flatMap((child) =>
      child.type === 'text' ? splitText(child.value ?? '') : [child],
    );
  };
  return insert;
}
