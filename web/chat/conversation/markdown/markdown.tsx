import { Component, memo, useMemo, useRef, type ComponentProps, type ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CodeBlock } from './code-block.js';
import { Formula } from './formula.js';
import { insertFormulas } from './insert-formulas.js';
import { protectFormulas } from './protect-formulas.js';
import { safeHtml } from './safe-html.js';
import { splitBlocks } from './split-blocks.js';
import { useFocusableOverflow } from './use-focusable-overflow.js';
import { text as textOf } from '../../texts/texts.js';
import { withDirections } from './with-directions.js';

const treePlugins = [safeHtml, withDirections];

/** From so many blocks on, those far from the screen are not laid out. */
const longBlocks = 30;

/** A reply as Markdown. Other HTML than a few inline elements is shown as text. `isGrowing` says whether more text comes. */
export const Markdown = memo(function Markdown({ text, isGrowing }: { text: string; isGrowing: boolean }) {
  const blocks = useMemo(() => splitBlocks(text.replaceAll(/\r\n?/g, '\n'), isGrowing), [text, isGrowing]);
  return (
    <div className={blocks.length > longBlocks ? 'markdown long' : 'markdown'}>
      {blocks.map((block, position) => (
        <Block key={position} text={block} isGrowing={isGrowing && position === blocks.length - 1} />
      ))}
    </div>
  );
});

/** If rendering fails, the block is shown as plain text. */
const Block = memo(function Block({ text, isGrowing }: { text: string; isGrowing: boolean }) {
  return (
    <PlainTextFallback text={text}>
      <ParsedBlock text={text} isGrowing={isGrowing} />
    </PlainTextFallback>
  );
});

function ParsedBlock({ text, isGrowing }: { text: string; isGrowing: boolean }) {
  const { text: markdown, parts } = protectFormulas(text, isGrowing);
  return (
    <ReactMarkdown
      remarkPlugins={[remarkGfm, [insertFormulas, parts]]}
      rehypePlugins={treePlugins}
      components={components}
      urlTransform={safeUrl}
    >
      {markdown}
    </ReactMarkdown>
  );
}

class PlainTextFallback extends Component<{ text: string; children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <p className="plain-text" dir="auto">
        {this.props.text}
      </p>
    );
  }
}

/** Allows links to absolute http, https and mailto addresses; never to this page or to a script. */
function safeUrl(url: string): string {
  try {
    return ['http:', 'https:', 'mailto:'].includes(new URL(url).protocol) ? url : '';
  } catch {
    return '';
  }
}

function ExternalLink({ href, children }: { href: string | undefined; children: ReactNode }) {
  if (href === undefined || href === '') return <>{children}</>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

function Table({ children, dir }: ComponentProps<'table'>) {
  const box = useRef<HTMLDivElement>(null);
  useFocusableOverflow(box, null);
  return (
    <div ref={box} className="table" role="group" aria-label={textOf('markdown.table')}>
      <table dir={dir}>{children}</table>
    </div>
  );
}

const components: Components & Record<'math', (props: Record<string, string>) => ReactNode> = {
  math: ({ tex = '', source = '', display }) => (
    <Formula tex={tex} source={source} isDisplayed={display === 'block'} />
  ),
  a: ({ href, children }) => <ExternalLink href={href}>{children}</ExternalLink>,
  // The browser would fetch an image from any address in a reply; it opens a link only at a click.
  img: ({ src, alt }) => (
    <ExternalLink href={typeof src === 'string' ? src : undefined}>
      {alt === undefined || alt === '' ? textOf('markdown.image') : textOf('markdown.imageOf', { text: alt })}
    </ExternalLink>
  ),
  table: Table,
  pre: CodeBlock,
  input: ({ checked }) => (
    <input
      type="checkbox"
      aria-label={textOf(checked === true ? 'markdown.done' : 'markdown.notDone')}
      checked={checked}
      disabled
    />
  ),
  // Headings in a reply are one level below the heading of the page.
  h1: ({ children, dir }) => <h2 dir={dir}>{children}</h2>,
  h2: ({ children, dir }) => <h3 dir={dir}>{children}</h3>,
  h3: ({ children, dir }) => <h4 dir={dir}>{children}</h4>,
  h4: ({ children, dir }) => <h5 dir={dir}>{children}</h5>,
  h5: ({ children, dir }) => <h6 dir={dir}>{children}</h6>,
};
