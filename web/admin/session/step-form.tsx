import { Alert, Button, Stack } from '@mui/material';
import type { ReactNode } from 'react';
import { text } from '../texts/texts.js';
import { FormField } from '../ui/form-field.js';
import type { FormSubmit, Submission } from '../ui/use-form-submit.js';

interface StepFormProps extends Submission {
  form: FormSubmit;
  /** Why the sign-in cannot go on, with nothing left but the way back; null while it can. */
  end: string | null;
  submitLabel: string;
  /** Whether the form can be submitted. */
  isReady?: boolean;
  /** Leads back to the first step. */
  onCancel: () => void;
  /** Buttons below the one that submits. */
  otherWays?: ReactNode;
  children: ReactNode;
}

/** The form of a step after the password. */
export function StepForm({
  form: { failure, isBusy, submit },
  end,
  submitLabel,
  isReady = true,
  onCancel,
  otherWays,
  children,
  ...submission
}: StepFormProps) {
  const message = end ?? failure;
  return (
    <Stack
      component="form"
      spacing={2}
      onSubmit={(event) => {
        event.preventDefault();
        void submit(submission);
      }}
    >
      {message === null ? null : (
        <Alert severity="error" role="alert">
          {message}
        </Alert>
      )}
      {end === null ? (
        <>
          {children}
          <Button type="submit" variant="contained" size="large" loading={isBusy} disabled={!isReady}>
            {submitLabel}
          </Button>
          {otherWays}
        </>
      ) : null}
      <Button color="inherit" disabled={isBusy} onClick={onCancel}>
        {text(end === null ? 'factor.cancel' : 'factor.back')}
      </Button>
    </Stack>
  );
}

interface CodeFieldProps {
  /** Whose code it is: that of an authenticator app, or a recovery code. */
  of: 'totp' | 'recovery_code';
  value: string;
  onValue: (value: string) => void;
}

/** The field for the code of a second factor. */
export function CodeField({ of, value, onValue }: CodeFieldProps) {
  const isTotp = of === 'totp';
  return (
    <FormField
      label={text(isTotp ? 'factor.code' : 'factor.recoveryCode')}
      name={isTotp ? 'code' : 'recovery_code'}
      value={value}
      onValue={onValue}
      autoComplete={isTotp ? 'one-time-code' : 'off'}
      attributes={isTotp ? { inputMode: 'numeric' } : {}}
      autoFocus
      required
    />
  );
}
