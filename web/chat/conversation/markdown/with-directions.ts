import type { Element, Root } from 'hast';

const blocks = ['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'blockquote', 'table', 'details'];

/** A plugin that lets each block be written from right to left if its text is. */
export function withDirections() {
  const mark = (node: Root | Element) => {
    // A block inside would not count for the direction of the outer one if it had its own.
    if (node.type === 'element' && blocks.includes(node.tagName)) node.properties.dir = 'auto';
    else for (const child of node.children) if (child.type === 'element') mark(child);
  };
  return mark;
}
