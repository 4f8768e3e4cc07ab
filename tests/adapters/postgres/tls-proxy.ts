import { readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';

/** The path of a test certificate: of the authority, or of a server (valid, for another host, or expired). */
export function certificatePath(name: string): string {
  return fileURLToPath(new URL(`./certificates/${name}`, import.meta.url));
}

/** How the proxy responds to a request for TLS. */
export type TlsResponse = { certificate: 'here' | 'elsewhere' | 'expired' } | 'none' | 'another protocol';

const sslRequestBytes = 8;

/** Starts a TLS proxy in front of a PostgreSQL. It responds to a request for TLS as PostgreSQL does. */
export async function tlsProxy(
  url: string,
  response: TlsResponse,
): Promise<{ port: number; attempts: () => number; close: () => Promise<void> }> {
  let attempts = 0;
  const target = new URL(url);
  const server = createServer((socket) => {
    attempts += 1;
    socket.on('error', () => undefined);
    socket.once('readable', () => {
      socket.read(sslRequestBytes);
      if (response === 'none') {
        socket.write('N');
        return;
      }
      if (response === 'another protocol') {
        socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
        return;
      }
      socket.write('S');
      const secured = new TLSSocket(socket, {
        isServer: true,
        cert: readFileSync(certificatePath(`${response.certificate}.pem`)),
        key: readFileSync(certificatePath('server.key')),
      });
      const upstream = connect(Number(target.port), target.hostname);
      secured.on('error', () => upstream.destroy());
      upstream.on('error', () => secured.destroy());
      secured.pipe(upstream).pipe(secured);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    attempts: () => attempts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}
