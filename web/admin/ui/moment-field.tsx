import { TextField } from '@mui/material';

interface MomentFieldProps {
  label: string;
  name: string;
  value: string;
  onValue: (value: string) => void;
  error?: string | undefined;
  hint?: string | undefined;
}

/** A date and time in the time zone of the browser. */
export function MomentField({ label, name, value, onValue, error, hint }: MomentFieldProps) {
  return (
    <TextField
      type="datetime-local"
      label={label}
      name={name}
      value={value}
      onChange={({ target }) => {
        onValue(target.value);
      }}
      error={error !== undefined}
      helperText={error ?? hint}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
}

/** The moment that was chosen, as the API takes it; null for none. */
export function momentOf(local: string): string | null {
  return local === '' ? null : new Date(local).toISOString();
}
