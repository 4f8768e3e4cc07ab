import { Button } from '@mui/material';
import type { ReactNode } from 'react';
import { useNotify } from 'react-admin';
import { failureMessage } from '../api/failure.js';
import { Confirming } from './confirming.js';

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
  const notify = useNotify();
  const run = async () => {
    try {
      await act();
      notify(done, { type: 'success' });
    } catch (error) {
      notify(failureMessage(error), { type: 'error' });
    }
  };
  return (
    <Confirming title={title} content={content} confirm={label} act={run}>
      {(ask) => (
        <Button size="small" aria-label={name} onClick={ask}>
          {label}
        </Button>
      )}
    </Confirming>
  );
}
