import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** An address that leads to one server, and later to another, as an operator's proxy or virtual address does. */
export interface MovableAddress {
  port: number;
  /** Breaks off what is open, and leads whoever connects from now on to another port; null refuses them. */
  moveTo(port: number | null): void;
  close(): Promise<void>;
}

export async function movableAddress(firstPort: number): Promise<MovableAddress> {
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
  const breakOff = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    moveTo: (port) => {
      target = port;
      breakOff();
    },
    close: async () => {
      breakOff();
      server.close();
      await once(server, 'close');
    },
  };
}
