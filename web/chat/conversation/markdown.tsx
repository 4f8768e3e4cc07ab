import { Component, memo, useRef, type ComponentProps, type ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CopyButton } from './copy-button.js';

const plugins = [remarkGfm];

/** Where a link may lead: to another page or a mail, by its whole address; never into this page or to a script. */
function safeAddress(url: string): string {
  try {
    return ['http:', 'https:', 'mailto:'].includes(new URL(url).protocol) ? url : '';
  } catch {
    return '';
  }
}

function Outward({ href, children }: { href: string | undefined; children: ReactNode }) {
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
  a: ({ href, children }) => <Outward href={href}>{children}</Outward>,
  // A picture would be fetched from wherever a reply says; a link waits for somebody to follow it.
  img: ({ src, alt }) => (
    <Outward href={typeof src === 'string' ? src : undefined}>
      {alt === undefined || alt === '' ? 'Picture' : `Picture: ${alt}`}
    </Outward>
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
  // Headings of a reply stand below that of the page.
  h1: ({ children }) => <h2>{children}</h2>,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
  h4: ({ children }) => <h5>{children}</h5>,
  h5: ({ children }) => <h6>{children}</h6>,
};

/** A reply as Markdown. Markup of other kinds is text; what cannot be read as Markdown is shown as it came. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return (
    <AsItCame key={text.length === 0 ? 'empty' : 'text'} text={text}>
      <div className="markdown">
        <ReactMarkdown remarkPlugins={plugins} components={components} urlTransform={safeAddress}>
          {text}
        </ReactMarkdown>
      </div>
    </AsItCame>
  );
});

class AsItCame extends Component<{ text: string; children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? <p className="as-it-came">{this.props.text}</p> : this.props.children;
  }
}
