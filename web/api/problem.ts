import type { ProblemDocument } from './api-objects.js';

/** Why a request failed. If no response arrived, `status` is 0 and `code` is `unreachable`. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly document: ProblemDocument;
  readonly retryAfterSeconds: number | null;

  constructor(status: number, document: ProblemDocument, retryAfterSeconds: number | null = null) {
    super(document.code ?? `status ${status}`);
    this.status = status;
    this.code = document.code ?? (status === 0 ? 'unreachable' : 'unknown');
    this.document = document;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The problem that no response, or only part of one, arrived. */
export function unreachable(): Problem {
  return new Problem(0, { code: 'unreachable' });
}

/** Converts any thrown value to a problem. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(0, { code: 'page_failed' });
}

/** Reads the problem of a response whose status is not a success. */
export async function problemOf(response: Response): Promise<Problem> {
  const seconds = Number(response.headers.get('Retry-After') ?? NaN);
  const document = await readDocument(response);
  return new Problem(response.status, document, Number.isFinite(seconds) ? seconds : null);
}

async function readDocument(response: Response): Promise<ProblemDocument> {
  try {
    return (await response.json()) as ProblemDocument;
  } catch {
    // The response comes from a proxy, not from the API.
    return {};
  }
}
