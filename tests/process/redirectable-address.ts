import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** An address that forwards to one server, and later to another, like a proxy or a virtual IP address. */
export interface RedirectableAddress {
  port: number;
  /** Closes all connections, and forwards new ones to another port; null closes new ones too. */
  redirectTo(port: number | null): void;
  close(): Promise<void>;
}

export async function redirectableAddress(firstPort: number): Promise<RedirectableAddress> {
  const open = new Set<Socket>();
  let target: number | null = firstPort;
  const server = createServer((client) => {
    if (target === null) {
      client.destroy();
      return;
    }
    const upstream = connect(target, '127.0.0.1');
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(one);
      one.setNoDelay(true);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const closeConnections = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    redirectTo: (port) => {
      target = port;
      closeConnections();
    },
    close: async () => {
      closeConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
