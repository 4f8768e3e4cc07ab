import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Stack,
  TextField,
} from '@mui/material';
import { useState, type SubmitEvent } from 'react';
import { useDataProvider, useNotify, useRedirect } from 'react-admin';
import { sentenceOf } from '../api/problem.js';
import { answered } from '../lists/answered.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import type { User } from './user.js';

/** Erases an account for good, once its name was typed. */
export function EraseDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const dataProvider = useDataProvider<AdminDataProvider>();
  const notify = useNotify();
  const redirect = useRedirect();
  const isConfirmed = typed.trim() === user.username;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy || !isConfirmed) return;
    setIsBusy(true);
    setFailure(null);
    try {
      answered(await dataProvider.delete('users', { id: user.id, previousData: user }));
      notify(`${user.username} is erased.`, { type: 'success' });
      redirect('list', 'users');
    } catch (error) {
      setFailure(sentenceOf(error));
      setIsBusy(false);
    }
  };

  return (
    <Dialog open onClose={isBusy ? undefined : onClose} fullWidth maxWidth="xs" aria-labelledby="erase-title">
      <form onSubmit={(event) => void submit(event)}>
        <DialogTitle id="erase-title">Erase {user.username}?</DialogTitle>
        <DialogContent>
          <Stack spacing={2}>
            {failure === null ? null : <Alert severity="error">{failure}</Alert>}
            <span>
              The name, the email address and every text of this account are erased, everywhere and for good.
              Its ledger entries stay, under a bare id. Nothing brings it back; to keep somebody out, disable
              the account instead.
            </span>
            <TextField
              label={`Type ${user.username} to confirm`}
              name="confirmation"
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value);
              }}
              autoFocus
              autoComplete="off"
              slotProps={{ htmlInput: { autoCapitalize: 'none', spellCheck: false } }}
            />
          </Stack>
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2 }}>
          <Button onClick={onClose} disabled={isBusy} color="inherit">
            Cancel
          </Button>
          <Button type="submit" variant="contained" color="error" disabled={!isConfirmed} loading={isBusy}>
            Erase for good
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
