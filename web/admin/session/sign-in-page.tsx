import { basePath } from '../../base-path.js';
import { Alert, Button, Link, Stack, TextField } from '@mui/material';
import { useEffect, useState, type SubmitEvent } from 'react';
import { useLocation, useLogin } from 'react-admin';
import { sentenceOf } from '../api/problem.js';
import { Gate } from './gate.js';
import { isSignedIn, whoIsSignedIn } from './identity.js';

/** Where administrators sign in; whoever was sent here from a page goes back to it. */
export function SignInPage() {
  const login = useLogin();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const outsider = useOutsider();
  const cameFrom = (useLocation().state as { nextPathname?: string } | null)?.nextPathname;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    setFailure(null);
    try {
      await login({ username, password }, cameFrom === '/login' ? '/' : undefined);
    } catch (error) {
      setFailure(sentenceOf(error));
      setPassword('');
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <Gate title="Administration">
      <Stack component="form" spacing={2} onSubmit={(event) => void submit(event)}>
        {failure === null ? null : (
          <Alert severity="error" role="alert">
            {failure}
          </Alert>
        )}
        {outsider === null || failure !== null ? null : (
          <Alert severity="info">
            You are signed in as {outsider}, who is not an administrator. Sign in as one, or{' '}
            <Link href={`${basePath}/`}>go on chatting</Link>.
          </Alert>
        )}
        <TextField
          label="Username or email"
          value={username}
          onChange={(event) => {
            setUsername(event.target.value);
          }}
          autoComplete="username"
          autoFocus
          required
          slotProps={{ htmlInput: { autoCapitalize: 'none', spellCheck: false } }}
        />
        <TextField
          label="Password"
          type="password"
          value={password}
          onChange={(event) => {
            setPassword(event.target.value);
          }}
          autoComplete="current-password"
          required
        />
        <Button type="submit" variant="contained" size="large" loading={isBusy}>
          Sign in
        </Button>
      </Stack>
    </Gate>
  );
}

/** The username of who is signed in but may not come in here; null for nobody. */
function useOutsider(): string | null {
  const [username, setUsername] = useState<string | null>(null);
  useEffect(() => {
    if (!isSignedIn()) return;
    whoIsSignedIn().then(
      (identity) => {
        setUsername(identity.role === 'admin' ? null : identity.username);
      },
      () => undefined,
    );
  }, []);
  return username;
}
