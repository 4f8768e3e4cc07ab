import { Alert, Button, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import type { FactorMethod } from '../../api/api-objects.js';
import { completeSignIn, type PresentedFactor, type SignInChallenge } from '../../api/factor-sign-in.js';
import { usePasskeyAtSignIn } from '../../api/passkeys.js';
import { failureCode } from '../api/failure.js';
import { withFailures } from '../api/fetch-json.js';
import { FormField } from '../ui/form-field.js';
import { messageAbove, useFormSubmit } from '../ui/use-form-submit.js';
import { SetUpStep } from './set-up-step.js';

export interface FactorStepProps {
  challenge: SignInChallenge;
  /** Completes the sign-in by a function that opens the session. */
  onOpen: (open: () => Promise<void>) => Promise<void>;
  /** Leads back to the first step. */
  onCancel: () => void;
}

/** The second step of a sign-in: a second factor, or its set-up. */
export function FactorStep(props: FactorStepProps) {
  return props.challenge.methods.length === 0 ? <SetUpStep {...props} /> : <PresentStep {...props} />;
}

function PresentStep({ challenge, onOpen, onCancel }: FactorStepProps) {
  const [method, setMethod] = useState<FactorMethod>(challenge.methods[0] ?? 'totp');
  const [code, setCode] = useState('');
  const [isExpired, setIsExpired] = useState(false);
  const { failure, isBusy, submit } = useFormSubmit({ values: { code } });
  const factorOf = async (): Promise<PresentedFactor> => {
    if (method === 'passkey') return { passkey: await usePasskeyAtSignIn(challenge) };
    return method === 'totp' ? { code } : { recovery_code: code };
  };
  const send = async () => {
    const factor = await withFailures(factorOf);
    await onOpen(() => withFailures(() => completeSignIn(challenge, factor)));
  };
  const onError = (error: unknown) => {
    if (failureCode(error) === 'challenge_expired') setIsExpired(true);
    return messageAbove(error);
  };
  const others = challenge.methods.filter((each) => each !== method);
  return (
    <Stack
      component="form"
      spacing={2}
      onSubmit={(event) => {
        event.preventDefault();
        void submit({ send, onError });
      }}
    >
      {failure === null ? null : (
        <Alert severity="error" role="alert">
          {failure}
        </Alert>
      )}
      {isExpired ? null : (
        <>
          <Typography color="text.secondary">{abouts[method]}</Typography>
          {method === 'passkey' ? null : (
            <FormField
              key={method}
              label={method === 'totp' ? 'Code of the app' : 'Recovery code'}
              name={method === 'totp' ? 'code' : 'recovery_code'}
              value={code}
              onValue={setCode}
              autoComplete={method === 'totp' ? 'one-time-code' : 'off'}
              attributes={method === 'totp' ? { inputMode: 'numeric' } : {}}
              autoFocus
              required
            />
          )}
          <Button type="submit" variant="contained" size="large" loading={isBusy}>
            {method === 'passkey' ? 'Use a passkey' : 'Go on'}
          </Button>
          {others.map((other) => (
            <Button
              key={other}
              disabled={isBusy}
              onClick={() => {
                setCode('');
                setMethod(other);
              }}
            >
              {changes[other]}
            </Button>
          ))}
        </>
      )}
      <Button color="inherit" disabled={isBusy} onClick={onCancel}>
        {isExpired ? 'Back to signing in' : 'Cancel signing in'}
      </Button>
    </Stack>
  );
}

const abouts: Record<FactorMethod, string> = {
  totp: 'Enter the code that your authenticator app shows for this account.',
  recovery_code: 'Enter one of your recovery codes. Each works once.',
  passkey: 'Use one of the passkeys of this account.',
};

const changes: Record<FactorMethod, string> = {
  totp: 'Use the authenticator app',
  recovery_code: 'Use a recovery code',
  passkey: 'Use a passkey instead',
};
