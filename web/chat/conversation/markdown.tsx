import { Component, memo, useRef, type ComponentProps, type ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CopyButton } from './copy-button.js';

const plugins = [remarkGfm];

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
      <pre ref={box} tabIndex={0}>
        {children}
      </pre>
      <CopyButton what="the code" text={() => box.current?.textContent ?? ''} />
    </div>
  );
}

const components: Components = {
  a: ({ href, children }) => <ExternalLink href={href}>{children}</ExternalLink>,
  // The browser would fetch an image from any address in a reply; it opens a link only at a click.
  img: ({ src, alt }) => (
    <ExternalLink href={typeof src === 'string' ? src : undefined}>
      {alt === undefined || alt === '' ? 'Image' : `Image: ${alt}`}
    </ExternalLink>
  ),
  table: ({ children }) => (
    <div className="table" role="region" aria-label="Table" tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
  pre: Code,
  input: ({ checked }) => (
    <input type="checkbox" aria-label={checked === true ? 'Done' : 'Not done'} checked={checked} disabled />
  ),
  // Headings in a reply are one level below the heading of the page.
  h1: ({ children }) => <h2>{children}</h2>,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
  h4: ({ children }) => <h5>{children}</h5>,
  h5: ({ children }) => <h6>{children}</h6>,
};

/** A reply as Markdown. HTML in it is shown as text; if rendering fails, the reply is shown as plain text. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return (
    <PlainTextFallback key={text.length === 0 ? 'empty' : 'text'} text={text}>
      <div className="markdown">
        <ReactMarkdown remarkPlugins={plugins} components={components} urlTransform={safeUrl}>
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
