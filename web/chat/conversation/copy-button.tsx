import { useState } from 'react';
import { CheckIcon, CopyIcon } from '../layout/icons.js';

/** Puts a text on the clipboard; `what` names it. Not there where the browser lends no clipboard. */
export function CopyButton({ what, text }: { what: string; text: () => string }) {
  const [isCopied, setIsCopied] = useState(false);
  // Browsers lend the clipboard only to pages that came by TLS or from this machine.
  const { clipboard } = navigator as { clipboard?: Clipboard };
  if (clipboard === undefined) return null;
  const copy = async () => {
    try {
      await clipboard.writeText(text());
    } catch {
      // Whoever does not let the page write has been asked by the browser.
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
      aria-label={isCopied ? 'Copied' : `Copy ${what}`}
      title={isCopied ? 'Copied' : `Copy ${what}`}
      onClick={() => void copy()}
    >
      {isCopied ? <CheckIcon /> : <CopyIcon />}
    </button>
  );
}
