import { useState } from 'react';
import { CheckIcon, CopyIcon } from '../layout/icons.js';

/** A button that copies a text; `what` is its name. Renders nothing if the browser offers no clipboard. */
export function CopyButton({ what, text }: { what: string; text: () => string }) {
  const [isCopied, setIsCopied] = useState(false);
  // Browsers offer the clipboard only on HTTPS and localhost.
  const { clipboard } = navigator as { clipboard?: Clipboard };
  if (clipboard === undefined) return null;
  const copy = async () => {
    try {
      await clipboard.writeText(text());
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
      aria-label={isCopied ? 'Copied' : `Copy ${what}`}
      title={isCopied ? 'Copied' : `Copy ${what}`}
      onClick={() => void copy()}
    >
      {isCopied ? <CheckIcon /> : <CopyIcon />}
    </button>
  );
}
