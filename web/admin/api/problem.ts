import { HttpError } from 'react-admin';
import type { Problem } from '../../chat/api/problem.js';

/** What a failed request rejects with: `message` is for people, `body.errors` has one sentence or more by field. */
export interface Failure extends HttpError {
  body: { code: string; errors?: Record<string, string> };
}

const sentences: Record<string, string> = {
  unreachable: 'The server cannot be reached. Check your connection and try again.',
  unauthenticated: 'Your session has ended. Sign in again.',
  invalid_credentials: 'The username or the password is wrong, or the account is disabled.',
  admin_required: 'Only an administrator can do this.',
  session_required: 'Sign in again to do this.',
  not_found: 'There is nothing here. It may have been erased.',
  last_admin:
    'This is the last active administrator. Appoint another one first, or nobody could get in here any more.',
  username_taken: 'Somebody else has this username.',
  email_taken: 'Somebody else has this email address.',
  idempotency_in_progress: 'This is still being done. Try again in a moment.',
};

/** A problem in the words of the administration, and in react-admin's form. */
export function failureOf(problem: Problem): Failure {
  const { errors } = problem.document;
  return new HttpError(messageOf(problem), problem.status, {
    code: problem.code,
    ...(errors === undefined ? {} : { errors: byField(errors) }),
  });
}

/** The failure of whoever is not signed in, or not any more. */
export function notSignedIn(): Failure {
  return new HttpError(sentences['unauthenticated'], 401, { code: 'unauthenticated' });
}

/** What went wrong, in a sentence, whatever was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Something went wrong. Try again in a moment.';
}

/** The code of a failure; empty where there is none. */
export function codeOf(error: unknown): string {
  return bodyOf(error)?.code ?? '';
}

/** The sentences about each field of what was sent. */
export function fieldSentences(error: unknown): Record<string, string> {
  return bodyOf(error)?.errors ?? {};
}

function bodyOf(error: unknown): Failure['body'] | null {
  return error instanceof HttpError ? (error.body as Failure['body'] | null) : null;
}

function messageOf({ status, code, document, retryAfterSeconds }: Problem): string {
  if (sentences[code] !== undefined) return sentences[code];
  if (status === 429 || status === 503) {
    const seconds = retryAfterSeconds ?? 0;
    return `The server is busy. Try again in ${seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : 'a moment'}.`;
  }
  if (status >= 500) {
    const { request_id: requestId } = document;
    return `The server failed to do this${requestId === undefined ? '' : ` (request ${requestId})`}.`;
  }
  if (document.errors !== undefined) return Object.values(byField(document.errors)).join(' ');
  return `The server refused this (${status}).`;
}

function byField(errors: Record<string, string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(errors).map(([field, messages]) => [field, messages.join(' ')]));
}
