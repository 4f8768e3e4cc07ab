import { Dialog, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useEffect, useState } from 'react';
import { useLogout, useRefresh } from 'react-admin';
import type { SignInChallenge } from '../../api/factor-sign-in.js';
import { onStoredSessionChange } from '../../api/stored-session.js';
import { failureChallenge } from '../api/failure.js';
import { FormDialog } from '../ui/form-dialog.js';
import { FormField } from '../ui/form-field.js';
import { messageAbove, useFormSubmit } from '../ui/use-form-submit.js';
import { showPagesOf } from './ended-session.js';
import { FactorStep } from './factor-step.js';
import { currentIdentity, openByPassword, signInAsAdministrator } from './identity.js';
import { text } from '../texts/texts.js';

/** Asks to sign in again. */
export default function SignInDialog({ formerName }: { formerName: string }) {
  const [username, setUsername] = useState(formerName);
  const [password, setPassword] = useState('');
  const [challenge, setChallenge] = useState<SignInChallenge | null>(null);
  const form = useFormSubmit();
  const logout = useLogout();
  const refresh = useRefresh();

  const proceedAs = (name: string) => {
    showPagesOf(name);
    refresh();
  };
  // Signing in with another tab is enough.
  useEffect(
    () =>
      onStoredSessionChange(() => {
        currentIdentity().then(
          (identity) => {
            if (identity.role === 'admin') proceedAs(identity.username);
          },
          () => undefined,
        );
      }),
    [],
  );
  const signIn = async (open: () => Promise<void>) => {
    proceedAs((await signInAsAdministrator(open)).username);
  };
  if (challenge !== null) {
    return (
      <Dialog open fullWidth maxWidth="xs" aria-labelledby="factor-title">
        <DialogTitle id="factor-title">{text('factor.title')}</DialogTitle>
        <DialogContent>
          <FactorStep
            challenge={challenge}
            onOpen={signIn}
            onCancel={() => {
              setChallenge(null);
            }}
          />
        </DialogContent>
      </Dialog>
    );
  }
  return (
    <FormDialog
      title={text('ended.title')}
      form={form}
      submitLabel={text('signIn.submit')}
      cancelLabel={text('ended.leave')}
      send={() => signIn(() => openByPassword(username, password))}
      onError={(error) => {
        setChallenge(failureChallenge(error));
        setPassword('');
        return messageAbove(error);
      }}
      onClose={() => void logout()}
    >
      <Typography color="text.secondary">{text('ended.about')}</Typography>
      <FormField
        label={text('signIn.name')}
        name="username"
        value={username}
        onValue={setUsername}
        autoComplete="username"
        required
      />
      <FormField
        label={text('signIn.password')}
        name="password"
        value={password}
        onValue={setPassword}
        autoComplete="current-password"
        autoFocus
        required
      />
    </FormDialog>
  );
}
