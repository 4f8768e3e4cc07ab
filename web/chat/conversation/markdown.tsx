import { Component, isValidElement, memo, useRef, type ComponentProps, type ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CopyButton } from './copy-button.js';

const plugins = [remarkGfm];
const treePlugins = [withDirections];

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

function Code({ children }: ComponentProps<'pre'>) {
  const box = useRef<HTMLPreElement>(null);
  return (
    <div className="code">
      <div className="code-top">
        <span>{languageOf(children)}</span>
        <CopyButton what="the code" text={() => box.current?.textContent ?? ''} />
      </div>
      <pre ref={box} dir="ltr" tabIndex={0}>
        {children}
      </pre>
    </div>
  );
}

/** Returns the language after the marks that begin a block of code; empty if there is none. */
function languageOf(code: ReactNode): string {
  if (!isValidElement<{ className?: string }>(code)) return '';
  return /\blanguage-(\S+)/.exec(code.props.className ?? '')?.[1] ?? '';
}

interface TreeNode {
  tagName?: string;
  properties?: Record<string, unknown>;
  children?: readonly TreeNode[];
}

const blocks = ['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'blockquote', 'table'];

/** A plugin that lets each block be written from right to left if its text is. */
function withDirections() {
  const mark = ({ tagName, properties, children = [] }: TreeNode) => {
    // A block inside would not count for the direction of the outer one if it had its own.
    if (properties !== undefined && blocks.includes(tagName ?? '')) properties['dir'] = 'auto';
    else children.forEach(mark);
  };
  return mark;
}

const components: Components = {
  a: ({ href, children }) => <ExternalLink href={href}>{children}</ExternalLink>,
  // The browser would fetch an image from any address in a reply; it opens a link only at a click.
  img: ({ src, alt }) => (
    <ExternalLink href={typeof src === 'string' ? src : undefined}>
      {alt === undefined || alt === '' ? 'Image' : `Image: ${alt}`}
    </ExternalLink>
  ),
  table: ({ children, dir }) => (
    <div className="table" role="region" aria-label="Table" tabIndex={0}>
      <table dir={dir}>{children}</table>
    </div>
  ),
  pre: Code,
  input: ({ checked }) => (
    <input type="checkbox" aria-label={checked === true ? 'Done' : 'Not done'} checked={checked} disabled />
  ),
  // Headings in a reply are one level below the heading of the page.
  h1: ({ children, dir }) => <h2 dir={dir}>{children}</h2>,
  h2: ({ children, dir }) => <h3 dir={dir}>{children}</h3>,
  h3: ({ children, dir }) => <h4 dir={dir}>{children}</h4>,
  h4: ({ children, dir }) => <h5 dir={dir}>{children}</h5>,
  h5: ({ children, dir }) => <h6 dir={dir}>{children}</h6>,
};

/** A reply as Markdown. HTML in it is shown as text; if rendering fails, the reply is shown as plain text. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return (
    <PlainTextFallback key={text.length === 0 ? 'empty' : 'text'} text={text}>
      <div className="markdown">
        <ReactMarkdown
          remarkPlugins={plugins}
          rehypePlugins={treePlugins}
          components={components}
          urlTransform={safeUrl}
        >
          {text}
        </ReactMarkdown>
      </div>
    </PlainTextFallback>
  );
});

class PlainTextFallback extends Component<{ text: string; children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? <p className="plain-text">{this.props.text}</p> : this.props.children;
  }
}
