import { connect } from 'node:net';
import { once } from 'node:events';
import { until } from './requests.js';

/** A connection whose bytes are written by hand. */
export interface RawConnection {
  /** Sends bytes; false when the other end does not take any more. */
  send(bytes: string | Uint8Array): Promise<boolean>;
  /** Says that nothing more will be sent. */
  end(): void;
  /** Reads no more. */
  pause(): void;
  /** Goes away without a word. */
  destroy(): void;
  /** What came so far. */
  received(): string;
  /** Resolves with all that came, when the server has closed the connection. */
  closed: Promise<string>;
}

/** Connects to a server that is running here. */
export async function openConnection(url: string): Promise<RawConnection> {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
  let received = '';
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => {
    received += text;
  });
  socket.on('end', () => {
    socket.end();
  });
  // A reset is one of the ways in which a server may close.
  socket.on('error', () => undefined);
  const closed = new Promise<string>((resolve) => {
    socket.once('close', () => {
      resolve(received);
    });
  });
  await once(socket, 'connect');
  return {
    send: (bytes) =>
      new Promise((resolve) => {
        // Called with an error, too, when the socket closes with bytes unsent.
        socket.write(bytes, (error) => {
          resolve(error === null || error === undefined);
        });
      }),
    end: () => {
      socket.end();
    },
    pause: () => {
      socket.pause();
    },
    destroy: () => {
      socket.destroy();
    },
    received: () => received,
    closed,
  };
}

/** Sends bytes, waits for a number of responses, and returns everything that was received until the connection was closed. */
export async function exchangeBytes(
  url: string,
  bytes: readonly (string | Uint8Array)[],
  responses: number,
): Promise<string> {
  const connection = await openConnection(url);
  for (const chunk of bytes) await connection.send(chunk);
  let isClosed = false;
  void connection.closed.then(() => {
    isClosed = true;
  });
  // A server takes a client that has said its last word for one that has left.
  await until(() => isClosed || statusesIn(connection.received()).length >= responses);
  connection.end();
  return connection.closed;
}

/** Returns the statuses of the responses that a connection received. */
export function statusesIn(received: string): number[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}

/** A request as bytes; the header Host is there unless it is given. */
export function requestBytes(line: string, headers: readonly string[] = [], body = ''): string {
  const host = headers.some((header) => /^host:/i.test(header)) ? [] : ['Host: localhost'];
  return [`${line} HTTP/1.1`, ...host, ...headers, '', body].join('\r\n');
}
