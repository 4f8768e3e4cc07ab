import { Button } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { Confirm, useNotify, useRefresh } from 'react-admin';
import { failureMessage } from '../api/failure.js';
import { throwIfSignedOut } from '../lists/throw-if-signed-out.js';

interface ConfirmButtonProps {
  label: string;
  /** The accessible name, which says what it acts on. */
  name: string;
  title: string;
  content: ReactNode;
  /** The notification after success. */
  done: string;
  act: () => Promise<unknown>;
}

/** A small button that acts after a confirmation, and reads the page again. */
export function ConfirmButton({ label, name, title, content, done, act }: ConfirmButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const notify = useNotify();
  const refresh = useRefresh();
  const run = async () => {
    setIsBusy(true);
    try {
      throwIfSignedOut(await act());
      notify(done, { type: 'success' });
    } catch (error) {
      notify(failureMessage(error), { type: 'error' });
    } finally {
      setIsBusy(false);
      setIsOpen(false);
      refresh();
    }
  };
  return (
    <>
      <Button
        size="small"
        aria-label={name}
        onClick={() => {
          setIsOpen(true);
        }}
      >
        {label}
      </Button>
      <Confirm
        isOpen={isOpen}
        loading={isBusy}
        title={title}
        content={content}
        confirm={label}
        onConfirm={() => void run()}
        onClose={() => {
          setIsOpen(false);
        }}
      />
    </>
  );
}
