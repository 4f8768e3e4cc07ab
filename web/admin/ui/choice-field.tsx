import { MenuItem, TextField } from '@mui/material';

interface ChoiceFieldProps<Value extends string> {
  label: string;
  name: string;
  value: Value;
  choices: readonly { value: Value; label: string }[];
  onValue: (value: Value) => void;
  error?: string | undefined;
  hint?: string | undefined;
}

/** A select in a form. */
export function ChoiceField<Value extends string>({
  label,
  name,
  value,
  choices,
  onValue,
  error,
  hint,
}: ChoiceFieldProps<Value>) {
  return (
    <TextField
      select
      label={label}
      name={name}
      value={value}
      onChange={({ target }) => {
        onValue(target.value as Value);
      }}
      error={error !== undefined}
      helperText={error ?? hint}
    >
      {choices.map((choice) => (
        <MenuItem key={choice.value} value={choice.value}>
          {choice.label}
        </MenuItem>
      ))}
    </TextField>
  );
}
