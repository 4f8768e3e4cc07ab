import { TextField } from '@mui/material';

interface FormFieldProps {
  label: string;
  name: string;
  value: string;
  onValue: (value: string) => void;
  /** What is wrong with it, in place of the hint. */
  fault: string | undefined;
  hint?: string;
  /** HTML's; a `new-password` is hidden. */
  autoComplete: 'username' | 'new-password';
  autoFocus?: boolean;
}

/** A field that has to be filled in, for a name or a password. */
export function FormField({
  label,
  name,
  value,
  onValue,
  fault,
  hint,
  autoComplete,
  autoFocus = false,
}: FormFieldProps) {
  return (
    <TextField
      label={label}
      name={name}
      type={autoComplete === 'new-password' ? 'password' : 'text'}
      value={value}
      onChange={(event) => {
        onValue(event.target.value);
      }}
      error={fault !== undefined}
      helperText={fault ?? hint}
      autoComplete={autoComplete}
      autoFocus={autoFocus}
      required
      slotProps={{ htmlInput: { autoCapitalize: 'none', spellCheck: false } }}
    />
  );
}
