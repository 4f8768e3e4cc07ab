import { useEffect, useRef } from 'react';
import { text } from '../texts/texts.js';

/** The keyboard shortcuts of the page. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} className="confirm" aria-labelledby="shortcuts-title" onClose={onClose}>
      <h2 id="shortcuts-title">{text('shortcuts.title')}</h2>
      <dl className="shortcuts">
        {shortcuts().map(([keys, description]) => (
          <div key={keys}>
            <dt>
              {keys.split('+').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{description}</dd>
          </div>
        ))}
      </dl>
      <div className="actions">
        <button type="button" className="button" onClick={onClose}>
          {text('shortcuts.close')}
        </button>
      </div>
    </dialog>
  );
}

function shortcuts(): [keys: string, description: string][] {
  const command = navigator.userAgent.includes('Mac OS X') ? '⌘' : 'Ctrl';
  return [
    ['Enter', text('shortcuts.send')],
    ['Shift+Enter', text('shortcuts.newLine')],
    ['Esc', text('shortcuts.stop')],
    ['↑', text('shortcuts.editLast')],
    [`${command}+Shift+O`, text('shortcuts.new')],
    [`${command}+K`, text('shortcuts.search')],
    [`${command}+Shift+S`, text('shortcuts.sidebar')],
    ['?', text('shortcuts.list')],
  ];
}
