import { useEffect, useRef, type ReactNode } from 'react';
import { ProblemNotice } from './notice.js';
import { text } from '../texts/texts.js';
import { useTask } from './use-task.js';

interface ConfirmDialogProps {
  title: string;
  children: ReactNode;
  confirm: string;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}

/** A dialog before an action that cannot be undone. Esc and the first button cancel. */
export function ConfirmDialog({ title, children, confirm, onConfirm, onClose }: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const task = useTask();
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  const confirmed = async () => {
    await onConfirm();
    onClose();
  };
  return (
    <dialog ref={dialog} className="confirm" aria-labelledby="confirm-title" onClose={onClose}>
      <h2 id="confirm-title">{title}</h2>
      {children}
      {task.problem !== null && <ProblemNotice problem={task.problem} />}
      <div className="actions">
        <button type="button" className="button" onClick={onClose}>
          {text('form.cancel')}
        </button>
        <button
          type="button"
          className="button danger"
          onClick={() => {
            task.run(confirmed);
          }}
        >
          {confirm}
        </button>
      </div>
    </dialog>
  );
}
