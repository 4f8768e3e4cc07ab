import { Alert, Button, Link, Stack } from '@mui/material';
import { useEffect, useState } from 'react';
import { useLocation, useLogin } from 'react-admin';
import { basePath } from '../../api/base-path.js';
import type { SignInChallenge } from '../../api/factor-sign-in.js';
import { hasPasskeys, signInByPasskey } from '../../api/passkeys.js';
import { withFailures } from '../api/fetch-json.js';
import { failureChallenge } from '../api/failure.js';
import { FormField } from '../ui/form-field.js';
import { messageAbove, useFormSubmit } from '../ui/use-form-submit.js';
import { CenteredCard } from './centered-card.js';
import { FactorStep } from './factor-step.js';
import { currentIdentity, isSignedIn, openByPassword } from './identity.js';
import { ProviderButtons } from './provider-buttons.js';
import { richText, text } from '../texts/texts.js';

/** The sign-in form for administrators. After signing in, it leads back to the requested page. */
export default function SignInPage() {
  const login = useLogin();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const { failure, isBusy, submit } = useFormSubmit();
  const [challenge, setChallenge] = useState<SignInChallenge | null>(null);
  const nonAdministrator = useNonAdministrator();
  const cameFrom = (useLocation().state as { nextPathname?: string } | null)?.nextPathname;

  const openWith = async (open: () => Promise<void>) => {
    await login({ open }, cameFrom === '/login' ? '/' : undefined);
  };
  if (challenge !== null) {
    return (
      <CenteredCard title={text(challenge.methods.length === 0 ? 'factor.setUpTitle' : 'factor.title')}>
        <FactorStep
          challenge={challenge}
          onOpen={openWith}
          onCancel={() => {
            setChallenge(null);
          }}
        />
      </CenteredCard>
    );
  }
  return (
    <CenteredCard title={text('signIn.title')}>
      <Stack
        component="form"
        spacing={2}
        onSubmit={(event) => {
          event.preventDefault();
          void submit({
            send: () => openWith(() => openByPassword(username, password)),
            onError: (error) => {
              setPassword('');
              setChallenge(failureChallenge(error));
              return messageAbove(error);
            },
          });
        }}
      >
        {failure === null ? null : (
          <Alert severity="error" role="alert">
            {failure}
          </Alert>
        )}
        {nonAdministrator === null || failure !== null ? null : (
          <Alert severity="info">
            {richText('signIn.signedInAs', {
              username: nonAdministrator,
              link: <Link href={`${basePath}/`}>{text('signIn.chatPage')}</Link>,
            })}
          </Alert>
        )}
        <FormField
          label={text('signIn.name')}
          value={username}
          onValue={setUsername}
          autoComplete="username"
          autoFocus
          required
        />
        <FormField
          label={text('signIn.password')}
          value={password}
          onValue={setPassword}
          autoComplete="current-password"
          required
        />
        <Button type="submit" variant="contained" size="large" loading={isBusy}>
          {text('signIn.submit')}
        </Button>
      </Stack>
      {hasPasskeys() ? (
        <Button
          variant="outlined"
          fullWidth
          sx={{ mt: 2 }}
          disabled={isBusy}
          onClick={() => {
            void submit({ send: () => openWith(() => withFailures(signInByPasskey)) });
          }}
        >
          {text('signIn.byPasskey')}
        </Button>
      ) : null}
      <ProviderButtons />
    </CenteredCard>
  );
}

/** The username of a signed-in user who is not an administrator; null otherwise. */
function useNonAdministrator(): string | null {
  const [username, setUsername] = useState<string | null>(null);
  useEffect(() => {
    if (!isSignedIn()) return;
    currentIdentity().then(
      (identity) => {
        setUsername(identity.role === 'admin' ? null : identity.username);
      },
      () => undefined,
    );
  }, []);
  return username;
}
