import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack } from '@mui/material';
import { useId, type ReactNode } from 'react';
import type { FormSubmit, Submission } from './use-form-submit.js';
import { text } from '../texts/texts.js';

interface FormDialogProps extends Submission {
  title: string;
  /** The state of the form. While its request is in progress, the dialog can be neither submitted nor closed. */
  form: FormSubmit;
  /** The text of the submit button. */
  submitLabel: ReactNode;
  cancelLabel?: string;
  /** Whether the action cannot be undone. */
  isDestructive?: boolean;
  /** Whether the form can be submitted. */
  isReady?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a dialog, with a submit and a cancel button. */
export function FormDialog({
  title,
  form: { failure, isBusy, submit },
  submitLabel,
  cancelLabel = text('ui.cancel'),
  isDestructive = false,
  isReady = true,
  onClose,
  children,
  ...submission
}: FormDialogProps) {
  const titleId = useId();
  return (
    <Dialog open onClose={isBusy ? undefined : onClose} fullWidth maxWidth="xs" aria-labelledby={titleId}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy && isReady) void submit(submission);
        }}
      >
        <DialogTitle id={titleId} sx={{ overflowWrap: 'anywhere' }}>
          {title}
        </DialogTitle>
        <DialogContent>
          <Stack spacing={2} sx={{ pt: 1 }}>
            {failure === null ? null : <Alert severity="error">{failure}</Alert>}
            {children}
          </Stack>
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2 }}>
          <Button onClick={onClose} disabled={isBusy} color="inherit">
            {cancelLabel}
          </Button>
          <Button
            type="submit"
            variant="contained"
            color={isDestructive ? 'error' : 'primary'}
            disabled={!isReady}
            loading={isBusy}
          >
            {submitLabel}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
