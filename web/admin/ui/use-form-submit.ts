import { useState } from 'react';
import { failureMessage, fieldMessages } from '../api/failure.js';

/** What a form sends. */
export interface Submission {
  send: () => Promise<void>;
  /** Returns the message above the fields after an error; null for none. By default, that of the error. */
  onError?: (error: unknown) => string | null;
}

/** What a form contains. */
interface FormContent {
  /** By field. The error that the server found in a value is shown until the value changes. */
  values?: Readonly<Record<string, unknown>>;
  /** The messages of invalid fields: with any of them nothing is sent. They are shown once sending was tried. */
  errors?: Record<string, string>;
}

/** The state of a form that sends one request at a time. */
export interface FormSubmit {
  /** The messages to show, by field. */
  errors: Record<string, string>;
  /** The message above the fields; null if there is none. */
  failure: string | null;
  isBusy: boolean;
  /** Sends the request unless a field is invalid. Never rejects. */
  submit: (submission: Submission) => Promise<void>;
}

/** What the server rejected, and why. */
interface Rejection {
  values: Readonly<Record<string, unknown>>;
  errors: Record<string, string>;
  failure: string | null;
}

export function useFormSubmit({ values = {}, errors: found = {} }: FormContent = {}): FormSubmit {
  const [wasTried, setWasTried] = useState(false);
  const [rejection, setRejection] = useState<Rejection | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const submit: FormSubmit['submit'] = async ({ send, onError = messageAbove }) => {
    if (isBusy) return;
    setRejection(null);
    setWasTried(true);
    if (Object.keys(found).length > 0) return;
    setIsBusy(true);
    try {
      await send();
    } catch (error) {
      setRejection({ values, errors: fieldMessages(error), failure: onError(error) });
    } finally {
      setIsBusy(false);
    }
  };
  const isUnchanged = (field: string) => values[field] === rejection?.values[field];
  const rejected = Object.entries(rejection?.errors ?? {}).filter(([field]) => isUnchanged(field));
  const failure = Object.keys(values).every(isUnchanged) ? (rejection?.failure ?? null) : null;
  return { errors: { ...Object.fromEntries(rejected), ...(wasTried ? found : {}) }, failure, isBusy, submit };
}

/** The message above the fields; null if the fields have the messages. */
export function messageAbove(error: unknown): string | null {
  return Object.keys(fieldMessages(error)).length > 0 ? null : failureMessage(error);
}
