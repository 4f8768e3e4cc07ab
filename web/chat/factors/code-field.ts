import type { FieldOptions } from '../form/field.js';
import { text } from '../texts/texts.js';

/** The field for a code of an authenticator app. */
export function codeField(): FieldOptions<'code'> {
  return {
    name: 'code',
    label: text('factor.code'),
    autoComplete: 'one-time-code',
    inputMode: 'numeric',
    autoFocus: true,
    isRequired: true,
  };
}

/** The field for a recovery code. */
export function recoveryCodeField(): FieldOptions<'recovery_code'> {
  return { name: 'recovery_code', label: text('factor.recoveryCode'), autoFocus: true, isRequired: true };
}
