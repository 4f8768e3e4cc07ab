import { Button, Typography } from '@mui/material';
import { useState } from 'react';
import type { FactorMethod } from '../../api/api-objects.js';
import { completeSignIn, type PresentedFactor, type SignInChallenge } from '../../api/factor-sign-in.js';
import { usePasskeyAtSignIn } from '../../api/passkeys.js';
import { failureCode, failureMessage } from '../api/failure.js';
import { withFailures } from '../api/fetch-json.js';
import { text } from '../texts/texts.js';
import { messageAbove, useFormSubmit } from '../ui/use-form-submit.js';
import { SetUpStep } from './set-up-step.js';
import { CodeField, StepForm } from './step-form.js';

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
  const [end, setEnd] = useState<string | null>(null);
  const form = useFormSubmit({ values: { code } });
  const factorOf = async (): Promise<PresentedFactor> => {
    if (method === 'passkey') return { passkey: await usePasskeyAtSignIn(challenge) };
    return method === 'totp' ? { code } : { recovery_code: code };
  };
  const send = async () => {
    const factor = await withFailures(factorOf);
    await onOpen(() => withFailures(() => completeSignIn(challenge, factor)));
  };
  const onError = (error: unknown) => {
    if (failureCode(error) === 'challenge_expired') setEnd(failureMessage(error));
    return messageAbove(error);
  };
  const others = challenge.methods.filter((each) => each !== method);
  return (
    <StepForm
      form={form}
      end={end}
      submitLabel={text(method === 'passkey' ? 'factor.usePasskey' : 'factor.submit')}
      send={send}
      onError={onError}
      onCancel={onCancel}
      otherWays={others.map((other) => (
        <Button
          key={other}
          disabled={form.isBusy}
          onClick={() => {
            setCode('');
            setMethod(other);
          }}
        >
          {text(`factor.use.${other}`)}
        </Button>
      ))}
    >
      <Typography color="text.secondary">{text(`factor.about.${method}`)}</Typography>
      {method === 'passkey' ? null : <CodeField key={method} of={method} value={code} onValue={setCode} />}
    </StepForm>
  );
}
