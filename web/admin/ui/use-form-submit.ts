import { useState } from 'react';
import { failureMessage, fieldMessages } from '../api/failure.js';

/** What a form sends. */
export interface Submission {
  /** The messages of invalid fields: with any of them nothing is sent. */
  errors?: Record<string, string>;
  send: () => Promise<void>;
  /** Returns the message above the fields after an error; null for none. By default, that of the error. */
  onError?: (error: unknown) => string | null;
}

/** The state of a form that sends one request at a time. */
export interface FormSubmit {
  /** Messages by field. */
  errors: Record<string, string>;
  /** The message above the fields; null if there is none. */
  failure: string | null;
  isBusy: boolean;
  /** Sends the request unless `errors` has an entry. Never rejects. */
  submit: (submission: Submission) => Promise<void>;
}

export function useFormSubmit(): FormSubmit {
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const submit: FormSubmit['submit'] = async ({ errors: found = {}, send, onError = messageAbove }) => {
    if (isBusy) return;
    setFailure(null);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    setIsBusy(true);
    try {
      await send();
    } catch (error) {
      setErrors(fieldMessages(error));
      setFailure(onError(error));
    } finally {
      setIsBusy(false);
    }
  };
  return { errors, failure, isBusy, submit };
}

/** The message above the fields; null if the fields have the messages. */
export function messageAbove(error: unknown): string | null {
  return Object.keys(fieldMessages(error)).length > 0 ? null : failureMessage(error);
}
