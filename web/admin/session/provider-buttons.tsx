import { Alert, Button, Stack } from '@mui/material';
import { useEffect, useState } from 'react';
import type { SignInOptions } from '../../api/api-objects.js';
import { errorMessage } from '../../api/error-messages.js';
import { toProblem } from '../../api/problem.js';
import { beginSignIn, readSignInOptions } from '../../api/provider-sign-in.js';
import { text } from '../texts/texts.js';

/** A button for each provider by which administrators can sign in. */
export function ProviderButtons() {
  const [providers, setProviders] = useState<SignInOptions['providers']>([]);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    readSignInOptions().then(
      (options) => {
        setProviders(options.providers);
      },
      () => undefined,
    );
  }, []);
  if (providers.length === 0) return null;
  return (
    <Stack spacing={1} sx={{ mt: 2 }}>
      {failure === null ? null : (
        <Alert severity="error" role="alert">
          {failure}
        </Alert>
      )}
      {providers.map(({ id, name }) => (
        <Button
          key={id}
          variant="outlined"
          onClick={() => {
            setFailure(null);
            beginSignIn(id, '/admin/').catch((error: unknown) => {
              setFailure(errorMessage(toProblem(error)));
            });
          }}
        >
          {text('signIn.by', { provider: name })}
        </Button>
      ))}
    </Stack>
  );
}
