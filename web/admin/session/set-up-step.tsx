import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import { useEffect, useState } from 'react';
import type { TotpSetup } from '../../api/api-objects.js';
import { confirmAtSignIn, setUpAtSignIn, type SetUpSignIn } from '../../api/factor-sign-in.js';
import { saveFile } from '../../api/save-file.js';
import { failureCode, failureMessage } from '../api/failure.js';
import { withFailures } from '../api/fetch-json.js';
import { CopyButton } from '../ui/copy-button.js';
import { FormField } from '../ui/form-field.js';
import { messageAbove, useFormSubmit } from '../ui/use-form-submit.js';
import type { FactorStepProps } from './factor-step.js';
import { QrImage } from './qr-image.js';

/** The set-up of an authenticator app that a sign-in requires, and then its recovery codes. */
export function SetUpStep({ challenge, onOpen, onCancel }: FactorStepProps) {
  const [setup, setSetup] = useState<TotpSetup | null>(null);
  const [code, setCode] = useState('');
  const [done, setDone] = useState<SetUpSignIn | null>(null);
  /** Why the sign-in cannot go on. */
  const [end, setEnd] = useState<string | null>(null);
  const { failure, isBusy, submit } = useFormSubmit({ values: { code } });
  useEffect(() => {
    withFailures(() => setUpAtSignIn(challenge)).then(setSetup, (error: unknown) => {
      setEnd(failureMessage(error));
    });
  }, [challenge]);
  if (done !== null) return <RecoveryCodes done={done} onOpen={onOpen} />;
  const send = async () => {
    setDone(await withFailures(() => confirmAtSignIn(challenge, code)));
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
      <Typography color="text.secondary">
        This service requires a second factor. Scan this QR code with an authenticator app, or type the key
        into it. Then enter the code that the app shows.
      </Typography>
      {setup === null ? null : (
        <>
          <QrImage content={setup.uri} label="QR code with the key" />
          <Box component="code" sx={{ overflowWrap: 'anywhere', userSelect: 'all' }}>
            {setup.secret}
          </Box>
        </>
      )}
      <FormField
        label="Code of the app"
        name="code"
        value={code}
        onValue={setCode}
        autoComplete="one-time-code"
        attributes={{ inputMode: 'numeric' }}
        autoFocus
        required
      />
      <Button type="submit" variant="contained" size="large" loading={isBusy} disabled={setup === null}>
        Confirm the app
      </Button>
      {cancel}
    </Stack>
  );
}

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
