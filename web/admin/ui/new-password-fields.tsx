import { useState } from 'react';
import { FormField } from './form-field.js';
import { text } from '../texts/texts.js';

/** A new password that is typed twice. */
export interface NewPassword {
  value: string;
  setValue: (value: string) => void;
  repeated: string;
  setRepeated: (repeated: string) => void;
  /** By the name of the field; empty if both are the same. */
  errors: Record<string, string>;
}

export function useNewPassword(): NewPassword {
  const [value, setValue] = useState('');
  const [repeated, setRepeated] = useState('');
  const errors: Record<string, string> = value === repeated ? {} : { repeated: text('password.differs') };
  return { value, setValue, repeated, setRepeated, errors };
}

interface NewPasswordFieldsProps {
  password: NewPassword;
  label: string;
  /** The name of the field in the API. */
  name: string;
  hint?: string;
  errors: Record<string, string>;
  autoFocus?: boolean;
}

/** The two fields of a new password. */
export function NewPasswordFields({
  password,
  label,
  name,
  hint,
  errors,
  autoFocus,
}: NewPasswordFieldsProps) {
  return (
    <>
      <FormField
        label={label}
        name={name}
        value={password.value}
        onValue={password.setValue}
        error={errors[name]}
        hint={hint}
        autoComplete="new-password"
        autoFocus={autoFocus ?? false}
        required
      />
      <FormField
        label={text('password.again')}
        name="repeated"
        value={password.repeated}
        onValue={password.setRepeated}
        error={errors['repeated']}
        autoComplete="new-password"
        required
      />
    </>
  );
}
