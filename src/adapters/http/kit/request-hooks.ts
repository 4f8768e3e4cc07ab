/** A request before anything is done about it. */
export interface IncomingRequest {
  requestId: string;
  method: string;
  header(name: string): string | undefined;
}

/** A request whose answer begins. Nothing of its query, headers or body. */
export interface RequestOutcome {
  requestId: string;
  method: string;
  /** The template of its path, such as `/api/keys/{id}`; null where there is none. */
  route: string | null;
  path: string;
  status: number;
  /** Until the answer begins: the whole of it, but of a stream the first words. */
  durationMs: number;
  /** Who asked, where that was found out. */
  userId: string | null;
}

/** Looks at what a request came to. */
export type OnResponse = (answered: RequestOutcome) => void;

/** Runs the work of a request, in whatever surroundings, and passes on what it answers. */
export type RequestHook = (
  arrived: IncomingRequest,
  work: () => Promise<RequestOutcome>,
) => Promise<RequestOutcome>;
