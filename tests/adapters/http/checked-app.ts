import { afterEach } from 'vitest';
import type { HttpApp } from '../../../src/adapters/http/kit/context.js';
import { expectDocumented, isDescribed } from './documented-responses.js';

/** How much of a stream is looked at, so that those who read slowly are kept waiting by nobody else. */
const mostChars = 100_000;

const undocumented: unknown[] = [];

// Whoever asked may not look at the whole answer, or may be at the other end of a socket.
afterEach(() => {
  const [first, ...more] = undocumented.splice(0);
  if (first !== undefined) throw new Error(`${more.length} more like this one`, { cause: first });
});

/**
 * The same app; each of its answers is held against the document of the API as it goes out, and what is not as described
 * breaks off and fails the test.
 */
export function checkedApp(app: HttpApp): HttpApp {
  const answer = app.fetch;
  app.fetch = async (request, ...others) => {
    const response = await answer(request, ...others);
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

/** The same pieces, read no sooner than they are asked for; what came is checked at the end, or when the reader leaves. */
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
