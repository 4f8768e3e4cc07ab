import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import { useEffect, useState } from 'react';
import type { TotpSetup } from '../../api/api-objects.js';
import {
  addPasskeyAtSignIn,
  confirmAtSignIn,
  setUpAtSignIn,
  type SetUpSignIn,
} from '../../api/factor-sign-in.js';
import { hasPasskeys } from '../../api/passkeys.js';
import { saveFile } from '../../api/save-file.js';
import { failureCode, failureMessage } from '../api/failure.js';
import { withFailures } from '../api/fetch-json.js';
import { CopyButton } from '../ui/copy-button.js';
import { FormField } from '../ui/form-field.js';
import { messageAbove, useFormSubmit } from '../ui/use-form-submit.js';
import type { FactorStepProps } from './factor-step.js';
import { QrImage } from './qr-image.js';

/** The set-up of the second factor that a sign-in requires, and then its recovery codes. */
export function SetUpStep({ challenge, onOpen, onCancel }: FactorStepProps) {
  const [method, setMethod] = useState<'app' | 'passkey'>('app');
  const [setup, setSetup] = useState<TotpSetup | null>(null);
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [done, setDone] = useState<SetUpSignIn | null>(null);
  /** Why the sign-in cannot go on. */
  const [end, setEnd] = useState<string | null>(null);
  const { failure, isBusy, submit } = useFormSubmit({ values: { code, name, method } });
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
  const cancel = (
    <Button color="inherit" disabled={isBusy} onClick={onCancel}>
      {end === null ? 'Cancel signing in' : 'Back to signing in'}
    </Button>
  );
  if (end !== null) {
    return (
      <Stack spacing={2}>
        <Alert severity="error" role="alert">
          {end}
        </Alert>
        {cancel}
      </Stack>
    );
  }
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
      <Typography color="text.secondary">{abouts[method]}</Typography>
      {isApp && setup !== null ? (
        <>
          <QrImage content={setup.uri} label="QR code with the key" />
          <Box component="code" sx={{ overflowWrap: 'anywhere', userSelect: 'all' }}>
            {setup.secret}
          </Box>
        </>
      ) : null}
      {isApp ? (
        <FormField
          key="app"
          label="Code of the app"
          name="code"
          value={code}
          onValue={setCode}
          autoComplete="one-time-code"
          attributes={{ inputMode: 'numeric' }}
          autoFocus
          required
        />
      ) : (
        <FormField
          key="passkey"
          label="Name of the new passkey"
          name="name"
          value={name}
          onValue={setName}
          autoFocus
          required
        />
      )}
      <Button
        type="submit"
        variant="contained"
        size="large"
        loading={isBusy}
        disabled={isApp && setup === null}
      >
        {isApp ? 'Confirm the app' : 'Add a passkey'}
      </Button>
      {hasPasskeys() ? (
        <Button
          disabled={isBusy}
          onClick={() => {
            setMethod(isApp ? 'passkey' : 'app');
          }}
        >
          {isApp ? 'Use a passkey instead' : 'Use an authenticator app instead'}
        </Button>
      ) : null}
      {cancel}
    </Stack>
  );
}

const abouts = {
  app: 'This service requires a second factor. Scan this QR code with an authenticator app, or type the key into it. Then enter the code that the app shows.',
  passkey:
    'This service requires a second factor. Add a passkey: it uses your fingerprint, face or device PIN.',
};

/** The codes, which are shown once. The session begins when they are kept. */
function RecoveryCodes({ done, onOpen }: { done: SetUpSignIn } & Pick<FactorStepProps, 'onOpen'>) {
  const { failure, isBusy, submit } = useFormSubmit();
  const content = `${done.recoveryCodes.join('\n')}\n`;
  const open = () => {
    done.proceed();
    return Promise.resolve();
  };
  return (
    <Stack spacing={2}>
      {failure === null ? null : <Alert severity="error">{failure}</Alert>}
      <Typography>
        These are your recovery codes. Each works once in place of a second factor. Keep them where you find
        them without your phone: they are not shown again.
      </Typography>
      <Box component="ol" aria-label="Recovery codes" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {done.recoveryCodes.map((each) => (
          <li key={each}>
            <code>{each}</code>
          </li>
        ))}
      </Box>
      <Stack direction="row" spacing={1}>
        <CopyButton text={content} label="Copy" />
        <Button
          size="small"
          onClick={() => {
            saveFile(new Blob([content], { type: 'text/plain' }), 'recovery-codes.txt');
          }}
        >
          Download
        </Button>
      </Stack>
      <Button
        variant="contained"
        size="large"
        loading={isBusy}
        onClick={() => void submit({ send: () => onOpen(open) })}
      >
        I have kept them
      </Button>
    </Stack>
  );
}
