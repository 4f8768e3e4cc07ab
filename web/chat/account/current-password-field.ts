import type { FieldOptions } from '../form/field.js';

/** The field for the password of the account, which proves the identity of the user. */
export function currentPasswordField(label: string): FieldOptions<'current_password'> {
  return { name: 'current_password', label, type: 'password', autoComplete: 'current-password' };
}
