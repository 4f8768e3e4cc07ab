import { Alert, Button, Stack, Typography } from '@mui/material';
import { useEffect, useState } from 'react';
import { useNavigate, useParams } from 'react-admin';
import { failureCode, fieldMessages } from '../api/failure.js';
import { FormField } from '../ui/form-field.js';
import { NewPasswordFields, useNewPassword } from '../ui/new-password-fields.js';
import { messageAbove, useFormSubmit } from '../ui/use-form-submit.js';
import { CenteredCard } from './centered-card.js';
import { createFirstAdministrator } from './identity.js';

/** The page behind the link that a server without an administrator prints: creates the administrator and signs in. */
export default function FirstAdministratorPage() {
  const secret = useSecretOfLink();
  const navigate = useNavigate();
  const [username, setUsername] = useState('');
  const password = useNewPassword();
  const { errors, failure, isBusy, submit } = useFormSubmit({
    values: { username, password: password.value },
    errors: password.errors,
  });

  const send = async () => {
    await createFirstAdministrator(secret ?? '', { username, password: password.value });
    navigate('/', { replace: true });
  };
  if (secret === null) {
    return (
      <CenteredCard title="The first administrator">
        <Alert severity="warning">Open the complete link that the server printed when it started.</Alert>
      </CenteredCard>
    );
  }
  return (
    <CenteredCard title="The first administrator">
      <Typography sx={{ mb: 2 }} color="text.secondary">
        This server has no administrator yet. Choose a username and a password. This link works once.
      </Typography>
      <Stack
        component="form"
        spacing={2}
        onSubmit={(event) => {
          event.preventDefault();
          void submit({
            send,
            onError: (error) => (isLinkInvalid(error) ? invalidLink : messageAbove(error)),
          });
        }}
      >
        {failure === null ? null : <Alert severity="error">{failure}</Alert>}
        <FormField
          label="Username"
          name="username"
          value={username}
          onValue={setUsername}
          error={errors['username']}
          autoComplete="username"
          autoFocus
          required
        />
        <NewPasswordFields
          password={password}
          label="Password"
          name="password"
          hint="At least 8 characters."
          errors={errors}
        />
        <Button type="submit" variant="contained" size="large" loading={isBusy}>
          Create the administrator
        </Button>
      </Stack>
    </CenteredCard>
  );
}

const invalidLink =
  'This link does not work any more: it was used, or the server was restarted. Use the link that the server printed last.';

function isLinkInvalid(error: unknown): boolean {
  return failureCode(error) === 'invalid_token' || fieldMessages(error)['setup_token'] !== undefined;
}

/** Takes the secret out of the address, so that it is neither visible nor kept in the history. */
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
