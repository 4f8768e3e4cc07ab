import { AsyncLocalStorage } from 'node:async_hooks';

/** What is logged while a request is worked on, however deep, belongs to it. */
export interface RequestContext {
  /** Runs a request's work; whatever it leaves to be done later still belongs to it. */
  around: <Answer>(arrived: { requestId: string }, work: () => Promise<Answer>) => Promise<Answer>;
  /** The id of the request that is worked on, if any. */
  requestId: () => string | undefined;
}

/** Remembers by Node's own asynchronous context. */
export function requestContext(): RequestContext {
  const requests = new AsyncLocalStorage<string>();
  return {
    around: ({ requestId }, work) => requests.run(requestId, work),
    requestId: () => requests.getStore(),
  };
}
