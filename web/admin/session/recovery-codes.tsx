import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import type { SetUpSignIn } from '../../api/factor-sign-in.js';
import { saveFile } from '../../api/save-file.js';
import { text } from '../texts/texts.js';
import { CopyButton } from '../ui/copy-button.js';
import { useFormSubmit } from '../ui/use-form-submit.js';
import type { FactorStepProps } from './factor-step.js';

interface RecoveryCodesProps extends Pick<FactorStepProps, 'onOpen'> {
  done: SetUpSignIn;
}

/** The recovery codes, which are shown once. The session begins when they are kept. */
export function RecoveryCodes({ done, onOpen }: RecoveryCodesProps) {
  const { failure, isBusy, submit } = useFormSubmit();
  const content = `${done.recoveryCodes.join('\n')}\n`;
  const open = () => {
    done.proceed();
    return Promise.resolve();
  };
  return (
    <Stack spacing={2}>
      {failure === null ? null : <Alert severity="error">{failure}</Alert>}
      <Typography>{text('recovery.about')}</Typography>
      <Box component="ol" aria-label={text('recovery.list')} sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {done.recoveryCodes.map((each) => (
          <li key={each}>
            <code>{each}</code>
          </li>
        ))}
      </Box>
      <Stack direction="row" spacing={1}>
        <CopyButton content={content} label={text('recovery.copy')} />
        <Button
          size="small"
          onClick={() => {
            saveFile(new Blob([content], { type: 'text/plain' }), 'recovery-codes.txt');
          }}
        >
          {text('recovery.download')}
        </Button>
      </Stack>
      <Button
        variant="contained"
        size="large"
        loading={isBusy}
        onClick={() => void submit({ send: () => onOpen(open) })}
      >
        {text('recovery.kept')}
      </Button>
    </Stack>
  );
}
