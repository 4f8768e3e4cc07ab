import { TextField, type TextFieldProps } from '@mui/material';
import type { InputHTMLAttributes } from 'react';

type PassedOn =
  | 'label'
  | 'name'
  | 'value'
  | 'autoComplete'
  | 'autoFocus'
  | 'required'
  | 'multiline'
  | 'maxRows';

interface FormFieldProps extends Pick<TextFieldProps, PassedOn> {
  onValue: (value: string) => void;
  /** The error, shown instead of the hint. */
  error?: string | undefined;
  hint?: string | undefined;
  attributes?: InputHTMLAttributes<HTMLInputElement>;
}

/** A text field of a form. The characters of a password are hidden. */
export function FormField({ onValue, error, hint, attributes, ...props }: FormFieldProps) {
  return (
    <TextField
      {...props}
      type={props.autoComplete?.endsWith('-password') === true ? 'password' : 'text'}
      onChange={(event) => {
        onValue(event.target.value);
      }}
      error={error !== undefined}
      helperText={error ?? hint}
      slotProps={{ htmlInput: { autoCapitalize: 'none', spellCheck: false, ...attributes } }}
    />
  );
}
