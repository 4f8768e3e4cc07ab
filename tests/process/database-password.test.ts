import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { killProcesses, runCommand } from './server-process.js';

afterEach(killProcesses);

const authentication = { sasl: 10, saslContinue: 11 } as const;

/** Encodes an authentication message of the PostgreSQL protocol. */
function authenticationMessage(kind: number, content: string): Buffer {
  const text = Buffer.from(content);
  const header = Buffer.alloc(9);
  header.write('R');
  header.writeInt32BE(8 + text.length, 1);
  header.writeInt32BE(kind, 5);
  return Buffer.concat([header, text]);
}

/** Starts a server that requires a password with SCRAM-SHA-256, like PostgreSQL. Returns its address. */
async function passwordRequiringServer(): Promise<string> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(authenticationMessage(authentication.sasl, 'SCRAM-SHA-256\0\0'));
      socket.once('data', (bytes: Buffer) => {
        const nonce = /r=([^,]+)/.exec(bytes.toString('latin1'))?.[1] ?? '';
        const challenge = `r=${nonce}more,s=c2FsdA==,i=4096`;
        socket.write(authenticationMessage(authentication.saslContinue, challenge));
      });
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('the error about a missing password names the settings to use, without a stack trace', async () => {
  const url = `postgresql://jane@${await passwordRequiringServer()}/chat`;
  for (const args of [['migrate'], ['serve']]) {
    const { exitCode, output } = await runCommand(args, { DATABASE_URL: url, PORT: '0' });
    expect(output).toContain(
      'PostgreSQL requires a password: set DATABASE_PASSWORD or DATABASE_PASSWORD_FILE',
    );
    expect(output).not.toContain('    at ');
    // A permanent error is not retried.
    expect(output).not.toContain('trying again');
    expect(exitCode).toBe(1);
  }
});
