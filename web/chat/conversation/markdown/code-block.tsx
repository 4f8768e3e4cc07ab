import { isValidElement, useRef, useState, type ComponentProps, type ReactNode } from 'react';
import { WrapIcon } from '../../layout/icons.js';
import { CopyButton } from '../copy-button.js';
import { HighlightedCode } from './highlighted-code.js';
import { useFocusableOverflow } from './use-focusable-overflow.js';
import { text } from '../../texts/texts.js';

/** A block of code: its language, buttons that wrap its lines and copy it, and the highlighted code. */
export function CodeBlock({ children }: ComponentProps<'pre'>) {
  const [isWrapped, setIsWrapped] = useState(false);
  const box = useRef<HTMLPreElement>(null);
  const { code, language } = contentOf(children);
  useFocusableOverflow(box, isWrapped);
  return (
    <div className="code">
      <div className="code-top">
        <span>{language}</span>
        <span className="code-actions">
          <button
            type="button"
            className="icon-button"
            aria-label={text('markdown.wrap')}
            aria-pressed={isWrapped}
            title={text('markdown.wrap')}
            onClick={() => {
              setIsWrapped(!isWrapped);
            }}
          >
            <WrapIcon />
          </button>
          <CopyButton what={text('copy.code')} content={() => code} />
        </span>
      </div>
      <pre ref={box} className={isWrapped ? 'wrapped' : ''} dir="ltr">
        <code>
          <HighlightedCode code={code} language={language} />
        </code>
      </pre>
    </div>
  );
}

/** Returns the code, and the language after the marks that begin the block; empty if there is none. */
function contentOf(children: ReactNode): { code: string; language: string } {
  if (!isValidElement<{ className?: string; children?: ReactNode }>(children))
    return { code: typeof children === 'string' ? children : '', language: '' };
  const { className = '', children: content } = children.props;
  return {
    code: typeof content === 'string' ? content.replace(/\n$/, '') : '',
    language: /\blanguage-(\S+)/.exec(className)?.[1] ?? '',
  };
}
