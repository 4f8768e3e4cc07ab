import { useState } from 'react';
import type { FactorMethod } from '../../api/api-objects.js';
import { completeSignIn, type PresentedFactor, type SignInChallenge } from '../../api/factor-sign-in.js';
import { usePasskeyAtSignIn } from '../../api/passkeys.js';
import { toProblem } from '../../api/problem.js';
import { codeField, recoveryCodeField } from '../factors/code-field.js';
import { OtherWays } from '../factors/other-ways.js';
import type { FieldOptions } from '../form/field.js';
import { Form } from '../form/form.js';
import { text } from '../texts/texts.js';
import { SetUpStep } from './set-up-step.js';
import { SignInExpired } from './sign-in-expired.js';

interface FactorStepProps {
  challenge: SignInChallenge;
  /** Called once the session is open. */
  onOpened: () => void;
  /** Leads back to the first step. */
  onCancel: () => void;
}

/** The title of the step. */
export function titleOf({ methods }: SignInChallenge): string {
  return text(methods.length === 0 ? 'factor.setUpTitle' : 'factor.title');
}

/** The second step of a sign-in: a second factor, or its set-up. */
export function FactorStep(props: FactorStepProps) {
  return props.challenge.methods.length === 0 ? <SetUpStep {...props} /> : <PresentStep {...props} />;
}

function PresentStep({ challenge, onOpened, onCancel }: FactorStepProps) {
  const [first = 'totp'] = challenge.methods;
  const [method, setMethod] = useState<FactorMethod>(first);
  const [isExpired, setIsExpired] = useState(false);
  if (isExpired) return <SignInExpired onBack={onCancel} />;
  const complete = async (typed: Partial<Record<'code' | 'recovery_code', string>>) => {
    try {
      await completeSignIn(challenge, await factorOf(method, typed, challenge));
    } catch (error) {
      if (toProblem(error).code !== 'challenge_expired') throw error;
      setIsExpired(true);
      return;
    }
    onOpened();
  };
  const { about, fields, submit } = stepOf(method);
  return (
    <>
      <p>{about}</p>
      <Form key={method} fields={fields} submit={submit} onSubmit={complete}>
        <button type="button" className="button" onClick={onCancel}>
          {text('factor.cancel')}
        </button>
      </Form>
      <OtherWays methods={challenge.methods} current={method} onChoose={setMethod} />
    </>
  );
}

function stepOf(method: FactorMethod): {
  about: string;
  fields: readonly FieldOptions<'code' | 'recovery_code'>[];
  submit: string;
} {
  if (method === 'passkey')
    return { about: text('factor.aboutPasskey'), fields: [], submit: text('factor.usePasskey') };
  const submit = text('factor.submit');
  return method === 'totp'
    ? { about: text('factor.aboutCode'), fields: [codeField()], submit }
    : { about: text('factor.aboutRecovery'), fields: [recoveryCodeField()], submit };
}

async function factorOf(
  method: FactorMethod,
  { code = '', recovery_code: recoveryCode = '' }: Partial<Record<'code' | 'recovery_code', string>>,
  challenge: SignInChallenge,
): Promise<PresentedFactor> {
  if (method === 'passkey') return { passkey: await usePasskeyAtSignIn(challenge) };
  return method === 'totp' ? { code } : { recovery_code: recoveryCode };
}
