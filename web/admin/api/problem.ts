import { HttpError } from 'react-admin';

/** What the server says of a request that it refuses (RFC 9457), as far as pages use it. */
interface ProblemDocument {
  code?: string;
  detail?: string;
  request_id?: string;
  errors?: Record<string, string[]>;
}

/** What a failed request rejects with: `message` is for people, `body.errors` has one sentence or more by field. */
export interface Failure extends HttpError {
  body: { code: string; errors?: Record<string, string> } | null;
}

const sentences: Record<string, string> = {
  last_admin:
    'This is the last active administrator. Appoint another one first, or nobody could get in here any more.',
  username_taken: 'Somebody else has this username.',
  email_taken: 'Somebody else has this email address.',
  admin_required: 'Only an administrator can do this.',
  session_required: 'Sign in again to do this.',
  invalid_credentials: 'The username or the password is wrong, or the account is disabled.',
  idempotency_in_progress: 'This is still being done. Try again in a moment.',
};

/** The failure that an answer tells of. */
export async function failureOf(response: Response): Promise<Failure> {
  const problem = await readProblem(response);
  const code = problem.code ?? '';
  const errors = problem.errors === undefined ? undefined : byField(problem.errors);
  return new HttpError(messageOf(response, problem), response.status, {
    code,
    ...(errors === undefined ? {} : { errors }),
  }) as Failure;
}

/** The failure of a request that nobody answered. */
export function unreachable(): Failure {
  return new HttpError(
    'The server cannot be reached. Check your connection and try again.',
    0,
    null,
  ) as Failure;
}

/** The failure of whoever is not signed in, or not any more. */
export function notSignedIn(): Failure {
  return new HttpError('Your session has ended. Sign in again.', 401, { code: 'unauthenticated' }) as Failure;
}

/** What went wrong, in a sentence, whatever was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Something went wrong. Try again in a moment.';
}

/** The code of a failure; empty where the server gave none. */
export function codeOf(error: unknown): string {
  return error instanceof HttpError ? ((error as Failure).body?.code ?? '') : '';
}

/** The sentences about each field of what was sent. */
export function fieldSentences(error: unknown): Record<string, string> {
  return error instanceof HttpError ? ((error as Failure).body?.errors ?? {}) : {};
}

function messageOf(response: Response, { code, detail, request_id: requestId }: ProblemDocument): string {
  if (code !== undefined && sentences[code] !== undefined) return sentences[code];
  if (response.status === 429 || response.status === 503) {
    const seconds = Number(response.headers.get('Retry-After') ?? 0);
    return `The server is busy. Try again in ${seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : 'a moment'}.`;
  }
  if (response.status >= 500) {
    return `The server failed to do this${requestId === undefined ? '' : ` (request ${requestId})`}.`;
  }
  return detail ?? `The server refused this (${response.status}).`;
}

function byField(errors: Record<string, string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(errors).map(([field, messages]) => [field, messages.join(' ')]));
}

async function readProblem(response: Response): Promise<ProblemDocument> {
  try {
    return (await response.json()) as ProblemDocument;
  } catch {
    // Not the server's own answer: something between here and there.
    return {};
  }
}
