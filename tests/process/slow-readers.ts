import { request, type IncomingMessage } from 'node:http';
import type { Account } from './api-client.js';

/** A streamed answer of which nothing is read until it is asked for. */
export interface UnreadStream {
  /** Reads to the end; answers with the name of the last event, or null when the stream was cut off. */
  read(): Promise<string | null>;
}

/** Sends a message, and waits for the answer's headers. */
export async function openUnreadStream(
  url: string,
  { accessSecret }: Account,
  message: string,
): Promise<UnreadStream> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request(`${url}/api/chat/`, {
      method: 'POST',
      headers: { Authorization: `Token ${accessSecret}`, 'Content-Type': 'application/json' },
    });
    asked.once('response', resolve);
    asked.once('error', reject);
    asked.end(JSON.stringify({ message, stream: true }));
  });
  if (response.statusCode !== 200) throw new Error(`A stream was refused with ${response.statusCode ?? 0}.`);
  return {
    async read() {
      let end = '';
      try {
        for await (const bytes of response as AsyncIterable<Buffer>) {
          // The last event repeats the whole message, and is longer than all that is kept here; its name is not.
          for (const [name] of bytes.toString('latin1').matchAll(/event: [a-z]+/g)) end = name;
        }
      } catch {
        return null;
      }
      return end.replace('event: ', '');
    },
  };
}
