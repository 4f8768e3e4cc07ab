import type * as v from 'valibot';
import type { ProblemCode } from '../problem.js';

/**
 * Who may call a route: anyone, an account, a program with a header and no cookie, or an administrator and perhaps a service
 * key.
 */
export type Access = 'anyone' | 'account' | 'program' | 'admin';

export type Tag =
  | 'Accounts'
  | 'Sessions and keys'
  | 'Second factors'
  | 'Passwords and emails'
  | 'Chat'
  | 'Tokens'
  | 'Orders'
  | 'OpenAI-compatible'
  | 'Anthropic-compatible'
  | 'Metering'
  | 'Administration'
  | 'Operations';

/** What the OpenAPI document says about a route. The rest follows from how it is served. */
export interface Documentation {
  /** The operation id, from which clients derive names. */
  id: string;
  tag: Tag;
  summary: string;
  description?: string;
  /** Accepts `Idempotency-Key`. */
  isIdempotent?: true;
  /** The successful responses, by status. */
  responses: Record<number, DocumentedResponse>;
  /** The codes of its problems that do not follow from its other properties. */
  problems?: readonly ProblemCode[];
}

export interface DocumentedResponse {
  description: string;
  /** Null for a response without a body, and for one with `text`. */
  json: v.GenericSchema | null;
  example?: unknown;
  /** The schemas of the data of events by the names of the events, if the response can be a stream. The event without a name is `message`. */
  events?: { schemas: Record<string, v.GenericSchema>; description: string; example: string };
  /** The media type, if it is neither JSON nor CSV. */
  text?: { mediaType: string; example: string };
  /** Whether it is a file of any media type. */
  isFile?: true;
  /** The first lines, if the response can be CSV. */
  csvExample?: string;
  /** Headers that do not follow from the properties of the route. */
  headers?: readonly HeaderName[];
}

export type HeaderName =
  | 'X-Request-Id'
  | 'Request-Id'
  | 'RateLimit-Limit'
  | 'RateLimit-Remaining'
  | 'RateLimit-Reset'
  | 'Retry-After'
  | 'WWW-Authenticate'
  | 'Idempotent-Replayed'
  | 'X-Remaining-Tokens'
  | 'X-Should-Retry'
  | 'Content-Disposition'
  | 'X-Vercel-AI-UI-Message-Stream'
  | 'Set-Cookie';
