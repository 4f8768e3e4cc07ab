import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Stack,
  TextField,
  Typography,
} from '@mui/material';
import { useState, type SubmitEvent } from 'react';
import { useDataProvider, useGetIdentity, useNotify, useRefresh } from 'react-admin';
import { fieldSentences, sentenceOf } from '../api/problem.js';
import { answered } from '../lists/answered.js';
import type { AdminDataProvider } from '../lists/data-provider.js';
import type { User } from './user.js';

/** Gives somebody a new password, typed twice. */
export function SetPasswordDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const { identity } = useGetIdentity();
  const dataProvider = useDataProvider<AdminDataProvider>();
  const notify = useNotify();
  const refresh = useRefresh();
  const isOwn = identity?.id === user.id;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setFailure(null);
    setFaults(password === repeated ? {} : { repeated: 'The two passwords are not the same.' });
    if (password !== repeated) return;
    setIsBusy(true);
    try {
      answered(await dataProvider.setPassword(user.id, password));
      notify(`${user.username} has a new password.`, { type: 'success' });
      refresh();
      onClose();
    } catch (error) {
      const found = fieldSentences(error);
      setFaults(found);
      if (Object.keys(found).length === 0) setFailure(sentenceOf(error));
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <Dialog
      open
      onClose={isBusy ? undefined : onClose}
      fullWidth
      maxWidth="xs"
      aria-labelledby="password-title"
    >
      <form onSubmit={(event) => void submit(event)}>
        <DialogTitle id="password-title" sx={{ overflowWrap: 'anywhere' }}>
          Password of {user.username}
        </DialogTitle>
        <DialogContent>
          <Stack spacing={2}>
            {failure === null ? null : <Alert severity="error">{failure}</Alert>}
            <Typography color="text.secondary">
              {isOwn
                ? 'You stay signed in here and are signed out everywhere else. Your API keys stay.'
                : 'They are signed out everywhere; their API keys stay. Tell them the password yourself: it is shown nowhere later.'}
            </Typography>
            <Field
              label="New password"
              name="new_password"
              value={password}
              onValue={setPassword}
              fault={faults['new_password']}
            />
            <Field
              label="The same password again"
              name="repeated"
              value={repeated}
              onValue={setRepeated}
              fault={faults['repeated']}
            />
          </Stack>
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2 }}>
          <Button onClick={onClose} disabled={isBusy} color="inherit">
            Cancel
          </Button>
          <Button type="submit" variant="contained" loading={isBusy}>
            Set the password
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

interface FieldProps {
  label: string;
  name: string;
  value: string;
  onValue: (value: string) => void;
  fault: string | undefined;
}

function Field({ label, name, value, onValue, fault }: FieldProps) {
  return (
    <TextField
      type="password"
      label={label}
      name={name}
      value={value}
      onChange={(event) => {
        onValue(event.target.value);
      }}
      error={fault !== undefined}
      helperText={fault}
      autoComplete="new-password"
      autoFocus={name === 'new_password'}
      required
    />
  );
}
