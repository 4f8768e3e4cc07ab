/** Messages by the field that they are about. */
export type FieldErrors = Record<string, string[]>;

/** A problem document (RFC 9457) as the API sends it; what comes from elsewhere may lack any of it. */
export interface ProblemDocument {
  code?: string;
  errors?: FieldErrors;
  remaining_tokens?: number;
  required_tokens?: number;
  request_id?: string;
}

/** What stands between a wish and its answer. `status` is 0 where no answer came, which is `code` `unreachable`. */
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

/** That no answer came, or not all of it. */
export function unreachable(): Problem {
  return new Problem(0, { code: 'unreachable' });
}

/** Whatever was thrown, as a problem. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(0, { code: 'page_failed' });
}

/** The problem that a refused answer tells. */
export async function problemOf(response: Response): Promise<Problem> {
  const seconds = Number(response.headers.get('Retry-After') ?? NaN);
  const document = await readDocument(response);
  return new Problem(response.status, document, Number.isFinite(seconds) ? seconds : null);
}

async function readDocument(response: Response): Promise<ProblemDocument> {
  try {
    return (await response.json()) as ProblemDocument;
  } catch {
    // Not the API's own answer: something between here and there.
    return {};
  }
}
