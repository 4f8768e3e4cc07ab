import { useEffect, useRef, type ReactNode } from 'react';
import { ProblemNotice } from './notice.js';
import { useTask } from './use-task.js';

interface ConfirmProps {
  title: string;
  children: ReactNode;
  confirm: string;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}

/** Asks before something that cannot be undone. Esc and the first button leave it undone. */
export function Confirm({ title, children, confirm, onConfirm, onClose }: ConfirmProps) {
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
          Keep it
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
