import { Alert, Button, Stack, Typography } from '@mui/material';
import { useEffect, useState } from 'react';
import { useNavigate, useParams } from 'react-admin';
import { failureCode, fieldMessages } from '../api/failure.js';
import { FormField } from '../ui/form-field.js';
import { NewPasswordFields, useNewPassword } from '../ui/new-password-fields.js';
import { messageAbove, useFormSubmit } from '../ui/use-form-submit.js';
import { CenteredCard } from './centered-card.js';
import { createFirstAdministrator } from './identity.js';
import { text } from '../texts/texts.js';

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
      <CenteredCard title={text('first.title')}>
        <Alert severity="warning">{text('first.incomplete')}</Alert>
      </CenteredCard>
    );
  }
  return (
    <CenteredCard title={text('first.title')}>
      <Typography sx={{ mb: 2 }} color="text.secondary">
        {text('first.about')}
      </Typography>
      <Stack
        component="form"
        spacing={2}
        onSubmit={(event) => {
          event.preventDefault();
          void submit({
            send,
            onError: (error) => (isLinkInvalid(error) ? text('first.invalid') : messageAbove(error)),
          });
        }}
      >
        {failure === null ? null : <Alert severity="error">{failure}</Alert>}
        <FormField
          label={text('first.username')}
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
          label={text('signIn.password')}
          name="password"
          hint={text('first.passwordHint')}
          errors={errors}
        />
        <Button type="submit" variant="contained" size="large" loading={isBusy}>
          {text('first.submit')}
        </Button>
      </Stack>
    </CenteredCard>
  );
}

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
