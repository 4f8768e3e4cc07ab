import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack } from '@mui/material';
import { useId, type ReactNode } from 'react';

interface FormDialogProps {
  title: string;
  /** Why it was not done, above the fields; null while nothing failed. */
  failure: string | null;
  /** While it is being done it can be neither sent again nor closed. */
  isBusy: boolean;
  /** What the button that sends it says. */
  action: ReactNode;
  /** Whether what it does cannot be undone. */
  isFinal?: boolean;
  /** Whether it may be sent as it is filled in. */
  isReady?: boolean;
  onSubmit: () => Promise<void>;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a dialog of its own: its fields, one button that sends it and one that leaves it. */
export function FormDialog({
  title,
  failure,
  isBusy,
  action,
  isFinal = false,
  isReady = true,
  onSubmit,
  onClose,
  children,
}: FormDialogProps) {
  const titleId = useId();
  return (
    <Dialog open onClose={isBusy ? undefined : onClose} fullWidth maxWidth="xs" aria-labelledby={titleId}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy && isReady) void onSubmit();
        }}
      >
        <DialogTitle id={titleId} sx={{ overflowWrap: 'anywhere' }}>
          {title}
        </DialogTitle>
        <DialogContent>
          <Stack spacing={2}>
            {failure === null ? null : <Alert severity="error">{failure}</Alert>}
            {children}
          </Stack>
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2 }}>
          <Button onClick={onClose} disabled={isBusy} color="inherit">
            Cancel
          </Button>
          <Button
            type="submit"
            variant="contained"
            color={isFinal ? 'error' : 'primary'}
            disabled={!isReady}
            loading={isBusy}
          >
            {action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
