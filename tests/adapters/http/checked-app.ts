import { afterEach } from 'vitest';
import type { HttpApp } from '../../../src/adapters/http/kit/context.js';
import { expectDocumented, isDescribed } from './documented-responses.js';

/** How much of a stream is checked, so that the check takes little time. */
const mostChars = 100_000;

const undocumented: unknown[] = [];

// A test may ignore the error of a request, or the client may be in another process.
afterEach(() => {
  const [first, ...more] = undocumented.splice(0);
  if (first !== undefined) throw new Error(`${more.length} more like this one`, { cause: first });
});

/**
 * Returns the app with a check of each response. A response that does not match the OpenAPI document is cut off and fails the test.
 */
export function checkedApp(app: HttpApp): HttpApp {
  const fetch = app.fetch;
  app.fetch = async (request, ...others) => {
    const response = await fetch(request, ...others);
    return isDescribed(request.url) ? checked(request, response) : response;
  };
  return app;
}

async function checked({ method, url }: Request, response: Response): Promise<Response> {
  const { status, headers } = response;
  const check = (text: string) => {
    try {
      expectDocumented(method, url, { status, headers, text });
    } catch (error) {
      undocumented.push(error);
      throw error;
    }
  };
  if (response.body === null) {
    check('');
    return response;
  }
  if (headers.get('Content-Type')?.endsWith('json') !== true) {
    return new Response(watched(response.body, check), { status, headers });
  }
  const text = await response.text();
  check(text);
  return new Response(text, { status, headers });
}

/** Returns the same stream, with the same backpressure. It is checked at its end, or when the reader cancels it. */
function watched(
  body: ReadableStream<Uint8Array>,
  check: (text: string) => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const chunk = await reader.read();
        if (chunk.done) {
          check(text);
          controller.close();
          return;
        }
        if (text.length < mostChars) text += decoder.decode(chunk.value, { stream: true });
        controller.enqueue(chunk.value);
      },
      cancel: async (reason) => {
        await reader.cancel(reason);
        check(text);
      },
    },
    { highWaterMark: 0 },
  );
}
