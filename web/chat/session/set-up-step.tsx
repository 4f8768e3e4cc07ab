import { useEffect, useState } from 'react';
import type { TotpSetup } from '../../api/api-objects.js';
import {
  addPasskeyAtSignIn,
  confirmAtSignIn,
  setUpAtSignIn,
  type SetUpSignIn,
  type SignInChallenge,
} from '../../api/factor-sign-in.js';
import { hasPasskeys } from '../../api/passkeys.js';
import { Problem, toProblem } from '../../api/problem.js';
import { RecoveryCodes } from '../factors/recovery-codes.js';
import { TotpSetUp } from '../factors/totp-set-up.js';
import { Form } from '../form/form.js';
import { ProblemNotice } from '../form/notice.js';
import { text } from '../texts/texts.js';
import { SignInExpired } from './sign-in-expired.js';

interface SetUpStepProps {
  challenge: SignInChallenge;
  /** Called once the session is open. */
  onOpened: () => void;
  onCancel: () => void;
}

/** The set-up of the second factor that a sign-in requires, and then its recovery codes. */
export function SetUpStep({ challenge, onOpened, onCancel }: SetUpStepProps) {
  const [method, setMethod] = useState<'app' | 'passkey'>('app');
  const [setup, setSetup] = useState<TotpSetup | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [done, setDone] = useState<SetUpSignIn | null>(null);
  useEffect(() => {
    setUpAtSignIn(challenge).then(setSetup, (error: unknown) => {
      setProblem(toProblem(error));
    });
  }, [challenge]);
  if (done !== null) {
    const proceed = () => {
      done.proceed();
      onOpened();
    };
    return <RecoveryCodes codes={done.recoveryCodes} onKept={proceed} />;
  }
  if (problem?.code === 'challenge_expired') return <SignInExpired onBack={onCancel} />;
  const cancel = (
    <button type="button" className="button" onClick={onCancel}>
      {text('factor.cancel')}
    </button>
  );
  if (problem !== null) return <ProblemNotice problem={problem}>{cancel}</ProblemNotice>;
  const complete = async (setUp: Promise<SetUpSignIn>) => {
    try {
      setDone(await setUp);
    } catch (error) {
      const failure = toProblem(error);
      // The sign-in cannot go on with either of them.
      if (failure.code !== 'challenge_expired' && failure.code !== 'totp_exists') throw error;
      setProblem(failure);
    }
  };
  if (method === 'passkey') {
    return (
      <>
        <p>{text('factor.setUpPasskeyAbout')}</p>
        <Form
          fields={[{ name: 'name', label: text('passkeys.name'), isRequired: true, autoFocus: true }]}
          submit={text('passkeys.add')}
          onSubmit={({ name }) => complete(addPasskeyAtSignIn(challenge, name))}
        >
          {cancel}
        </Form>
        <OtherFactor
          label={text('factor.setUpApp')}
          onChoose={() => {
            setMethod('app');
          }}
        />
      </>
    );
  }
  return (
    <>
      <p>{text('factor.setUpAbout')}</p>
      {setup === null ? (
        <p className="quiet">{text('form.loading')}</p>
      ) : (
        <TotpSetUp setup={setup} onConfirm={(code) => complete(confirmAtSignIn(challenge, code))}>
          {cancel}
        </TotpSetUp>
      )}
      {hasPasskeys() && (
        <OtherFactor
          label={text('factor.setUpPasskey')}
          onChoose={() => {
            setMethod('passkey');
          }}
        />
      )}
    </>
  );
}

function OtherFactor({ label, onChoose }: { label: string; onChoose: () => void }) {
  return (
    <div className="ways">
      <button type="button" className="button small" onClick={onChoose}>
        {label}
      </button>
    </div>
  );
}
