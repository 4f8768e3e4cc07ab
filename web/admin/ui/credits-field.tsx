import { FormField } from './form-field.js';

interface CreditsFieldProps {
  label: string;
  name: string;
  value: string;
  onValue: (value: string) => void;
  error: string | undefined;
  hint?: string;
}

/** The field of a form for an amount of credits, which has the focus when the form is opened. */
export function CreditsField(props: CreditsFieldProps) {
  return <FormField {...props} autoFocus autoComplete="off" attributes={{ inputMode: 'decimal' }} />;
}
