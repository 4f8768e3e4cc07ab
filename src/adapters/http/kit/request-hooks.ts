/** A request before it is handled. */
export interface IncomingRequest {
  requestId: string;
  method: string;
  header(name: string): string | undefined;
}

/** A request whose response begins, without its query, headers and body. */
export interface RequestOutcome {
  requestId: string;
  method: string;
  /** The template of its path, such as `/api/keys/{id}`; null if there is no such route. */
  route: string | null;
  path: string;
  status: number;
  /** Until the response begins. A plain response begins when it is complete, a stream with its first event. */
  durationMs: number;
  /** The account that called, if the request was authenticated. */
  userId: string | null;
  /** The service key that called; null for other callers. */
  serviceKeyId: string | null;
}

/** Is called when the response to a request begins. */
export type OnResponse = (outcome: RequestOutcome) => void;

/** Runs the handling of a request, for instance within a span, and returns its outcome. */
export type RequestHook = (
  request: IncomingRequest,
  handle: () => Promise<RequestOutcome>,
) => Promise<RequestOutcome>;
