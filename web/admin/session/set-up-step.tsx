import { Box, Button, Typography } from '@mui/material';
import { useEffect, useState } from 'react';
import type { TotpSetup } from '../../api/api-objects.js';
import {
  addPasskeyAtSignIn,
  confirmAtSignIn,
  setUpAtSignIn,
  type SetUpSignIn,
} from '../../api/factor-sign-in.js';
import { hasPasskeys } from '../../api/passkeys.js';
import { failureCode, failureMessage } from '../api/failure.js';
import { withFailures } from '../api/fetch-json.js';
import { text } from '../texts/texts.js';
import { FormField } from '../ui/form-field.js';
import { messageAbove, useFormSubmit } from '../ui/use-form-submit.js';
import type { FactorStepProps } from './factor-step.js';
import { QrImage } from './qr-image.js';
import { RecoveryCodes } from './recovery-codes.js';
import { CodeField, StepForm } from './step-form.js';

/** The set-up of the second factor that a sign-in requires, and then its recovery codes. */
export function SetUpStep({ challenge, onOpen, onCancel }: FactorStepProps) {
  const [method, setMethod] = useState<'app' | 'passkey'>('app');
  const [setup, setSetup] = useState<TotpSetup | null>(null);
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [done, setDone] = useState<SetUpSignIn | null>(null);
  const [end, setEnd] = useState<string | null>(null);
  const form = useFormSubmit({ values: { code, name, method } });
  useEffect(() => {
    withFailures(() => setUpAtSignIn(challenge)).then(setSetup, (error: unknown) => {
      setEnd(failureMessage(error));
    });
  }, [challenge]);
  if (done !== null) return <RecoveryCodes done={done} onOpen={onOpen} />;
  const isApp = method === 'app';
  const send = async () => {
    const work = () => (isApp ? confirmAtSignIn(challenge, code) : addPasskeyAtSignIn(challenge, name));
    setDone(await withFailures(work));
  };
  const onError = (error: unknown) => {
    if (['challenge_expired', 'totp_exists'].includes(failureCode(error))) setEnd(failureMessage(error));
    return messageAbove(error);
  };
  return (
    <StepForm
      form={form}
      end={end}
      submitLabel={text(isApp ? 'factor.confirm' : 'factor.addPasskey')}
      isReady={!isApp || setup !== null}
      send={send}
      onError={onError}
      onCancel={onCancel}
      otherWays={
        hasPasskeys() ? (
          <Button
            disabled={form.isBusy}
            onClick={() => {
              setMethod(isApp ? 'passkey' : 'app');
            }}
          >
            {text(isApp ? 'factor.use.passkey' : 'factor.setUpApp')}
          </Button>
        ) : null
      }
    >
      <Typography color="text.secondary">
        {text(isApp ? 'factor.setUpAbout' : 'factor.setUpPasskeyAbout')}
      </Typography>
      {isApp && setup !== null ? (
        <>
          <QrImage content={setup.uri} label={text('factor.qrCode')} />
          <Box component="code" sx={{ overflowWrap: 'anywhere', userSelect: 'all' }}>
            {setup.secret}
          </Box>
        </>
      ) : null}
      {isApp ? (
        <CodeField key="app" of="totp" value={code} onValue={setCode} />
      ) : (
        <FormField
          key="passkey"
          label={text('factor.passkeyName')}
          name="name"
          value={name}
          onValue={setName}
          autoFocus
          required
        />
      )}
    </StepForm>
  );
}
