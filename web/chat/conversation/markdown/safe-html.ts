import type { Element, ElementContent, Root, RootContent } from 'hast';

/** No attribute but `open` is read, so these have no effect but their look. */
const tag = /<(\/?)(br|sub|sup|kbd|details|summary)(\s+open(?:="")?)?\s*\/?>/gi;
const maxDepth = 12;
/** Deeper trees of lists and quotations take browsers long to lay out. */
const maxTreeDepth = 60;

type Parent = Root | Element;
type Child = RootContent | ElementContent;

/** A plugin that renders a few inline elements of HTML. All other HTML stays, and is shown as text. */
export function safeHtml() {
  return (tree: Root) => {
    convert(tree, 0);
  };
}

function convert(parent: Parent, depth: number): void {
  if (depth > maxTreeDepth) throw new RangeError('The text is nested too deeply.');
  const { children } = parent as { children: Child[] };
  for (const child of children) if (child.type === 'element') convert(child, depth + 1);
  if (!children.some(({ type }) => type === 'raw')) return;
  const converted: Child[] = [];
  const open: Element[] = [];
  const add = (child: Child) => {
    const target: Child[] = open.at(-1)?.children ?? converted;
    target.push(child);
  };
  const addText = (value: string) => {
    if (value !== '') add({ type: 'text', value });
  };
  for (const child of children) {
    if (child.type !== 'raw') {
      add(child);
      continue;
    }
    let at = 0;
    for (const found of child.value.matchAll(tag)) {
      const [source, slash, name = '', isOpen] = found;
      addText(child.value.slice(at, found.index));
      at = found.index + source.length;
      const tagName = name.toLowerCase();
      const properties = isOpen === undefined ? {} : { open: true };
      if (tagName === 'br') add({ type: 'element', tagName, properties: {}, children: [] });
      else if (slash === '/') {
        if (open.at(-1)?.tagName === tagName) open.pop();
        else addText(source);
      } else if (open.length >= maxDepth || !fits(tagName, open.at(-1))) addText(source);
      else {
        const element: Element = { type: 'element', tagName, properties, children: [] };
        add(element);
        open.push(element);
      }
    }
    addText(child.value.slice(at));
  }
  (parent as { children: Child[] }).children = converted;
}

/** A summary is one only as the first thing in its details, where blanks may precede it. */
function fits(tagName: string, outer: Element | undefined): boolean {
  if (tagName !== 'summary') return outer?.tagName !== 'summary' || tagName !== 'details';
  return (
    outer?.tagName === 'details' &&
    outer.children.every((child) => child.type === 'text' && child.value.trim() === '')
  );
}
