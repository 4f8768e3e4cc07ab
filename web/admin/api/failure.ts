import { HttpError } from 'react-admin';
import { errorMessage, retryMessage } from '../../api/error-messages.js';
import { challengeOf, type SignInChallenge } from '../../api/factor-sign-in.js';
import { Problem } from '../../api/problem.js';
import { text } from '../texts/texts.js';

/** What a failed request rejects with: `message` is for people, `body.errors` has one text for each invalid field. */
export interface Failure extends HttpError {
  body: {
    code: string;
    errors?: Record<string, string>;
    /** With what a sign-in goes on. */
    challenge?: SignInChallenge;
  };
}

/** Converts a problem to the form that react-admin expects. */
export function toFailure(problem: Problem): Failure {
  const errors = messagesByField(problem);
  const challenge = challengeOf(problem);
  return new HttpError(messageOf(problem), problem.status, {
    code: problem.code,
    ...(errors === undefined ? {} : { errors }),
    ...(challenge === null ? {} : { challenge }),
  });
}

/** The failure of a request without a session. */
export function signedOutFailure(): Failure {
  return toFailure(new Problem(401, { code: 'unauthenticated' }));
}

/** Whether a request failed because its session has ended, or is not one of an administrator any more. */
export function isSessionOver(error: unknown): boolean {
  return error instanceof HttpError && (error.status === 401 || failureCode(error) === 'admin_required');
}

/** The message of any thrown value. */
export function failureMessage(error: unknown): string {
  return error instanceof Error ? error.message : errorMessage(new Problem(0, { code: 'page_failed' }));
}

/** The code of a failure; empty if it has none. */
export function failureCode(error: unknown): string {
  return bodyOf(error)?.code ?? '';
}

/** The challenge with which a sign-in goes on; null if the failure has none. */
export function failureChallenge(error: unknown): SignInChallenge | null {
  return bodyOf(error)?.challenge ?? null;
}

/** The messages of the invalid fields. */
export function fieldMessages(error: unknown): Record<string, string> {
  return bodyOf(error)?.errors ?? {};
}

function bodyOf(error: unknown): Failure['body'] | null {
  return error instanceof HttpError ? (error.body as Failure['body'] | null) : null;
}

function messageOf(problem: Problem): string {
  const { code, retryAfterSeconds } = problem;
  const errors = messagesByField(problem);
  if (code === 'invalid_input' && errors !== undefined) return Object.values(errors).join(' ');
  const isRetryLater = problem.status === 429 || problem.status === 503;
  if (!isRetryLater) return errorMessage(problem);
  const retry = retryAfterSeconds === null ? text('ui.tryInAMoment') : retryMessage(retryAfterSeconds);
  return `${errorMessage(problem)} ${retry}`;
}

function messagesByField({ document: { errors } }: Problem): Record<string, string> | undefined {
  if (errors === undefined) return undefined;
  return Object.fromEntries(Object.entries(errors).map(([field, messages]) => [field, messages.join(' ')]));
}
