import { useState, type ReactNode } from 'react';
import { Confirm, useRefresh } from 'react-admin';

interface ConfirmingProps {
  title: string;
  content: ReactNode;
  /** The text of the button that confirms. */
  confirm: string;
  /** Acts, and says how that ended. Must not reject. */
  act: () => Promise<void>;
  /** Returns the button that asks for the confirmation. */
  children: (ask: () => void) => ReactNode;
}

/** Asks before an action, and reads the page again after it. */
export function Confirming({ title, content, confirm, act, children }: ConfirmingProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const refresh = useRefresh();
  const run = async () => {
    setIsBusy(true);
    await act();
    setIsBusy(false);
    setIsOpen(false);
    refresh();
  };
  return (
    <>
      {children(() => {
        setIsOpen(true);
      })}
      <Confirm
        isOpen={isOpen}
        loading={isBusy}
        title={title}
        content={content}
        confirm={confirm}
        onConfirm={() => void run()}
        onClose={() => {
          setIsOpen(false);
        }}
      />
    </>
  );
}
