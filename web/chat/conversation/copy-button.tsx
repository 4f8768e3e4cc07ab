import { useState } from 'react';
import { CheckIcon, CopyIcon } from '../layout/icons.js';
import { text } from '../texts/texts.js';

/** A button that copies a text; `what` is its name. Renders nothing if the browser offers no clipboard. */
export function CopyButton({ what, content }: { what: string; content: () => string }) {
  const [isCopied, setIsCopied] = useState(false);
  // Browsers offer the clipboard only on HTTPS and localhost.
  const { clipboard } = navigator as { clipboard?: Clipboard };
  if (clipboard === undefined) return null;
  const copy = async () => {
    try {
      await clipboard.writeText(content());
    } catch {
      // The user has denied the permission that the browser asked for.
      return;
    }
    setIsCopied(true);
    setTimeout(() => {
      setIsCopied(false);
    }, 1500);
  };
  return (
    <button
      type="button"
      className="icon-button copy"
      aria-label={isCopied ? text('copy.done') : text('copy.do', { what })}
      title={isCopied ? text('copy.done') : text('copy.do', { what })}
      onClick={() => void copy()}
    >
      {isCopied ? <CheckIcon /> : <CopyIcon />}
    </button>
  );
}
