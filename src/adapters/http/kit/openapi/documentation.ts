import type * as v from 'valibot';
import type { ProblemCode } from '../problem.js';

/** Who may call an operation: anyone, an account, a program with a header and no cookie, or an administrator. */
export type Access = 'anyone' | 'account' | 'program' | 'admin';

export type Tag =
  | 'Accounts'
  | 'Sessions and keys'
  | 'Passwords and emails'
  | 'Chat'
  | 'Tokens'
  | 'OpenAI-compatible'
  | 'Administration'
  | 'Operations';

/** What one method of a path does, in terms of the schemas that check its requests and shape its answers. */
export interface Operation {
  /** The name of the operation, for generated clients. */
  id: string;
  tag: Tag;
  summary: string;
  description?: string;
  access: Access;
  /** The filters in the query. */
  query?: v.GenericSchema & { entries: v.ObjectEntries };
  /** Takes `limit` and `cursor`. */
  isPaged?: true;
  /** Takes `Idempotency-Key`. */
  isIdempotent?: true;
  /** Counted by a limit, which is told in headers. */
  isLimited?: true;
  body?: { schema: v.GenericSchema; examples: Record<string, unknown> };
  /** What it answers when it succeeds, by status. */
  responses: Record<number, OperationResponse>;
  /** What it can refuse, beside what follows from the rest. */
  problems?: readonly ProblemCode[];
}

export interface OperationResponse {
  description: string;
  /** Null for an answer without a body. */
  json: v.GenericSchema | null;
  example?: unknown;
  /** The schemas of the data of its events, where it can be a stream; an event without a name is under `message`. */
  events?: { schemas: Record<string, v.GenericSchema>; description: string; example: string };
  /** What it is where it is neither JSON nor empty. */
  text?: { mediaType: string; example: string };
  /** The first lines of the table, where it can be one. */
  csvExample?: string;
  /** What the body is when it is JSON to be downloaded, or anything else that says so. */
  headers?: readonly HeaderName[];
}

export type HeaderName =
  | 'X-Request-Id'
  | 'RateLimit-Limit'
  | 'RateLimit-Remaining'
  | 'RateLimit-Reset'
  | 'Retry-After'
  | 'WWW-Authenticate'
  | 'Idempotent-Replayed'
  | 'X-Remaining-Tokens'
  | 'X-Should-Retry'
  | 'Content-Disposition'
  | 'Set-Cookie';

/** Operations by their paths and methods. */
export type Operations = Record<
  string,
  Partial<Record<'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', Operation>>
>;
