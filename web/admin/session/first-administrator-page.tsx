import { Alert, Button, Stack, Typography } from '@mui/material';
import { useEffect, useState, type SubmitEvent } from 'react';
import { useNavigate, useParams } from 'react-admin';
import { codeOf, fieldSentences, sentenceOf } from '../api/problem.js';
import { FormField } from '../look/form-field.js';
import { Gate } from './gate.js';
import { becomeFirstAdministrator } from './identity.js';

/** Where the link of a server without an administrator leads: choose a name and a password, and be signed in. */
export function FirstAdministratorPage() {
  const secret = useSecretOfLink();
  const navigate = useNavigate();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setFailure(null);
    setFaults(password === repeated ? {} : { password2: 'The two passwords are not the same.' });
    if (password !== repeated) return;
    setIsBusy(true);
    try {
      await becomeFirstAdministrator(secret ?? '', { username, password });
      navigate('/', { replace: true });
    } catch (error) {
      const { setup_token: linkFault, ...others } = fieldSentences(error);
      setFaults(others);
      const isLinkBad = codeOf(error) === 'invalid_token' || linkFault !== undefined;
      if (isLinkBad) setFailure(spentLink);
      else if (Object.keys(others).length === 0) setFailure(sentenceOf(error));
    } finally {
      setIsBusy(false);
    }
  };

  if (secret === null) {
    return (
      <Gate title="The first administrator">
        <Alert severity="warning">
          Open this page by the whole link that the server printed when it started.
        </Alert>
      </Gate>
    );
  }
  return (
    <Gate title="The first administrator">
      <Typography sx={{ mb: 2 }} color="text.secondary">
        This server has no administrator yet. Choose a name and a password; this link works once.
      </Typography>
      <Stack component="form" spacing={2} onSubmit={(event) => void submit(event)}>
        {failure === null ? null : <Alert severity="error">{failure}</Alert>}
        <FormField
          label="Username"
          name="username"
          value={username}
          onValue={setUsername}
          fault={faults['username']}
          autoComplete="username"
          autoFocus
        />
        <FormField
          label="Password"
          name="password"
          value={password}
          onValue={setPassword}
          fault={faults['password']}
          hint="At least 8 characters."
          autoComplete="new-password"
        />
        <FormField
          label="The same password again"
          name="password2"
          value={repeated}
          onValue={setRepeated}
          fault={faults['password2']}
          autoComplete="new-password"
        />
        <Button type="submit" variant="contained" size="large" loading={isBusy}>
          Create the administrator
        </Button>
      </Stack>
    </Gate>
  );
}

const spentLink =
  'This link does not work any more: it was used already, or the server was started again since. Look for a newer one in what the server printed.';

/** Takes the secret out of the address, so that it stays neither in sight nor in the history. */
function useSecretOfLink(): string | null {
  const { secret } = useParams<{ secret?: string }>();
  const [taken, setTaken] = useState<string | null>(null);
  const navigate = useNavigate();
  useEffect(() => {
    if (secret === undefined) return;
    setTaken(secret);
    navigate('/first-administrator', { replace: true });
  }, [secret, navigate]);
  return taken ?? secret ?? null;
}
