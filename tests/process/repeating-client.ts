import { setTimeout as delay } from 'node:timers/promises';
import type { TestResponse } from './api-client.js';

/** What became of requests that are repeated until they have a response. */
export interface RequestCounts {
  /** Requests that have a response. */
  done: number;
  /** Requests that a kill interrupted, and that were repeated with their keys. */
  interrupted: number;
  /** Repeated requests that had been done before the kill: they got the first result. */
  replayed: number;
}

/** Repeats each request until it has a response, as a client does that cannot know whether it was done. */
export function repeatingClient(serverUrl: () => string, counts: RequestCounts) {
  let running = Promise.resolve();
  let resume = (): void => undefined;
  return {
    pause: () => {
      running = new Promise((resolve) => (resume = resolve));
    },
    resume: () => {
      resume();
    },
    async certainly<Body>(send: (url: string) => Promise<TestResponse<Body>>): Promise<TestResponse<Body>> {
      let isRepeated = false;
      for (;;) {
        await running;
        const response = await send(serverUrl()).catch(() => null);
        if (response !== null && response.status < 500 && !isInProgress(response)) {
          counts.done += 1;
          if (isRepeated && response.headers.get('Idempotent-Replayed') === 'true') counts.replayed += 1;
          return response;
        }
        if (!isRepeated) counts.interrupted += 1;
        isRepeated = true;
        await delay(20);
      }
    },
  };
}

export type RepeatingClient = ReturnType<typeof repeatingClient>;

export function expectStatus({ status, body }: TestResponse<unknown>, expected: number): void {
  if (status !== expected)
    throw new Error(`A response was ${status} in place of ${expected}: ${JSON.stringify(body)}`);
}

function isInProgress({ status, body }: TestResponse<unknown>): boolean {
  return status === 409 && (body as { code?: string }).code === 'idempotency_in_progress';
}
