import { Button } from '@mui/material';
import { useState } from 'react';
import { useNotify, useRefresh } from 'react-admin';
import { failureMessage } from '../api/failure.js';

interface ActButtonProps<Result> {
  label: string;
  /** The accessible name, which says what it acts on. */
  name: string;
  act: () => Promise<Result>;
  /** Returns the notification after success; throws if the result is a failure. */
  done: (result: Result) => string;
}

/** A small button that acts at once, and reads the page again. */
export function ActButton<Result>({ label, name, done, act }: ActButtonProps<Result>) {
  const [isBusy, setIsBusy] = useState(false);
  const notify = useNotify();
  const refresh = useRefresh();
  const run = async () => {
    setIsBusy(true);
    try {
      notify(done(await act()), { type: 'success' });
    } catch (error) {
      notify(failureMessage(error), { type: 'error' });
    } finally {
      setIsBusy(false);
      refresh();
    }
  };
  return (
    <Button size="small" aria-label={name} loading={isBusy} onClick={() => void run()}>
      {label}
    </Button>
  );
}
