import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, test } from 'vitest';
import {
  isPublicAddress,
  publicLookup,
  type ResolveHost,
} from '../../../src/adapters/webhooks/public-address.js';
import { webhookSender } from '../../../src/adapters/webhooks/webhook-sender.js';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const message = {
  id: 'f2b1c7de-6b0e-4a5f-9d3c-0a1b2c3d4e5f',
  type: 'credits.granted',
  accountId: '01890a5d-ac96-774b-bcce-b302099a8057',
  sequence: 3,
  createdAt: new Date('2026-11-30T10:00:00Z'),
  data: { entryId: 'x', amount: 5 },
};

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function listen(handler: (request: IncomingMessage, response: ServerResponse, body: string) => void) {
  const created = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      handler(request, response, body);
    });
  });
  server = created;
  await new Promise<void>((resolve) => created.listen(0, '127.0.0.1', resolve));
  return (created.address() as AddressInfo).port;
}

describe('the sender of webhooks', () => {
  test('signs what a receiver with the package standardwebhooks verifies', async () => {
    const verified: unknown[] = [];
    const port = await listen((request, response, body) => {
      verified.push(new Webhook(secret).verify(body, request.headers as Record<string, string>));
      response.writeHead(204).end();
    });
    const url = `http://127.0.0.1:${port}/hooks`;
    const sent = await webhookSender({ allowsPrivate: true }).send({ url, secret }, message, new Date());
    expect(sent).toEqual({ outcome: 'accepted', status: 204 });
    expect(verified).toEqual([
      {
        id: message.id,
        type: 'credits.granted',
        account_id: message.accountId,
        sequence: 3,
        created_at: '2026-11-30T10:00:00.000Z',
        data: { entry_id: 'x', amount: 5 },
      },
    ]);
  });

  test('does not follow redirects', async () => {
    const paths: (string | undefined)[] = [];
    const port = await listen((request, response) => {
      paths.push(request.url);
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    const url = `http://127.0.0.1:${port}/hooks`;
    const sent = await webhookSender({ allowsPrivate: true }).send({ url, secret }, message, new Date());
    expect(sent).toEqual({ outcome: 'rejected', status: 302 });
    expect(paths).toEqual(['/hooks']);
  });

  test('reads at most 64 KiB of a response that never ends', async () => {
    const port = await listen((_request, response) => {
      response.writeHead(200);
      const write = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      };
      response.on('drain', write);
      write();
    });
    const url = `http://127.0.0.1:${port}/`;
    const sent = await webhookSender({ allowsPrivate: true }).send({ url, secret }, message, new Date());
    expect(sent).toEqual({ outcome: 'accepted', status: 200 });
  });

  test('gives up a receiver that does not respond in time', async () => {
    const port = await listen(() => undefined);
    const url = `http://127.0.0.1:${port}/`;
    const sender = webhookSender({ allowsPrivate: true, timeoutMs: 50 });
    await expect(sender.send({ url, secret }, message, new Date())).resolves.toMatchObject({
      outcome: 'failed',
    });
  });

  test.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0177.0.0.1/',
    'http://0x7f.1/',
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://100.64.0.1/',
    'http://0.0.0.0/',
    'http://0/',
    'http://127.1/',
    'http://0x7f000001/',
    'http://017700000001/',
    'http://127.0.0.1./',
    'http://①②⑦.0.0.1/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:10.0.0.1]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[fc00::1]/',
    'http://[fe80::1]/',
    'http://localhost/',
    'http://localhost./',
    'http://LOCALHOST/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[64:ff9b:1::a00:1]/',
    'http://[fec0::1]/',
    'http://[ff02::1]/',
    'http://255.255.255.255/',
    'http://224.0.0.1/',
    'http://198.18.0.1/',
    'http://192.0.2.1/',
    'http://api.localhost./',
  ])('refuses %s', async (url) => {
    const sender = webhookSender();
    expect(sender.urlProblem(url)).toMatch('private network');
    const sent = await sender.send({ url, secret }, message, new Date());
    expect(sent).toMatchObject({
      outcome: 'failed',
      error: expect.stringMatching('private network') as string,
    });
  });

  test.each(['ftp://example.com/', 'example.com', 'https://a:b@example.com/', 'https://example.com/#x'])(
    'refuses the URL %s',
    (url) => {
      expect(webhookSender({ allowsPrivate: true }).urlProblem(url)).not.toBeNull();
    },
  );

  test('refuses a name that has a private address, whatever its other addresses and the addresses before were', async () => {
    const received: string[] = [];
    const port = await listen((_request, response, body) => {
      received.push(body);
      response.writeHead(204).end();
    });
    const addresses = [
      [{ address: '127.0.0.1', family: 4 }],
      [
        { address: '93.184.215.14', family: 4 },
        { address: '::ffff:127.0.0.1', family: 6 },
      ],
    ];
    const resolve: ResolveHost = (_host, callback) => {
      callback(null, addresses.shift() ?? []);
    };
    const sender = webhookSender({ resolve });
    const url = `http://receiver.example:${port}/`;
    for (let count = 0; count < 2; count += 1) {
      const sent = await sender.send({ url, secret }, message, new Date());
      expect(sent).toMatchObject({ outcome: 'failed', error: expect.stringMatching('private') as string });
    }
    expect(received).toEqual([]);
  });

  test('asks for the address once, and connects to the one that it has checked', async () => {
    const asked: string[] = [];
    const resolve: ResolveHost = (host, callback) => {
      asked.push(host);
      // The second response would be that of an attacker, after the check.
      callback(null, [{ address: asked.length === 1 ? '93.184.215.14' : '127.0.0.1', family: 4 }]);
    };
    for (const all of [true, false]) {
      asked.length = 0;
      const connected = await new Promise((settle) => {
        publicLookup(resolve)('receiver.example', { all }, (error, address) => {
          settle({ error, address });
        });
      });
      const address = all ? [{ address: '93.184.215.14', family: 4 }] : '93.184.215.14';
      expect(connected).toEqual({ error: null, address });
      expect(asked).toEqual(['receiver.example']);
    }
  });

  test('a redirect to an address of a private network is not followed', async () => {
    const paths: (string | undefined)[] = [];
    const port = await listen((request, response) => {
      paths.push(request.url);
      const location = `http://${String(request.headers.host)}/internal`;
      response.writeHead(307, { location, refresh: `0; url=${location}` }).end();
    });
    const url = `http://127.0.0.1:${port}/hooks`;
    const sent = await webhookSender({ allowsPrivate: true }).send({ url, secret }, message, new Date());
    expect(sent).toEqual({ outcome: 'rejected', status: 307 });
    expect(paths).toEqual(['/hooks']);
  });

  test.each([300, 304, 308, 400, 401, 404, 410, 429, 500, 503])(
    'the status %i does not accept an event',
    async (status) => {
      const port = await listen((_request, response) => response.writeHead(status).end());
      const url = `http://127.0.0.1:${port}/`;
      const sent = await webhookSender({ allowsPrivate: true }).send({ url, secret }, message, new Date());
      expect(sent).toEqual({ outcome: 'rejected', status });
    },
  );

  test('reads no more than 64 KiB of a response of a gigabyte, and closes the connection', async () => {
    let written = 0;
    let closed: Promise<unknown> = Promise.resolve();
    const port = await listen((_request, response) => {
      closed = once(response, 'close');
      response.writeHead(200, { 'content-length': 1024 ** 3 });
      const write = () => {
        while (!response.destroyed && written < 1024 ** 3) {
          written += 16_384;
          if (!response.write('x'.repeat(16_384))) break;
        }
      };
      response.on('drain', write);
      write();
    });
    const url = `http://127.0.0.1:${port}/`;
    const sent = await webhookSender({ allowsPrivate: true }).send({ url, secret }, message, new Date());
    expect(sent).toEqual({ outcome: 'accepted', status: 200 });
    await closed;
    expect(written).toBeLessThan(32 * 1024 * 1024);
  });

  test.each(['headers', 'body'] as const)(
    'gives up a receiver that sends its %s byte by byte, when its time is over',
    async (part) => {
      let timer: NodeJS.Timeout | undefined;
      const port = await listen((request, response) => {
        if (part === 'body') response.writeHead(200).flushHeaders();
        else request.socket.write('HTTP/1.1 200 OK\r\n');
        timer = setInterval(() => {
          if (part === 'body') response.write('x');
          else request.socket.write('X-More: 1\r\n');
        }, 10);
      });
      const url = `http://127.0.0.1:${port}/`;
      const sender = webhookSender({ allowsPrivate: true, timeoutMs: 150 });
      const sent = await sender.send({ url, secret }, message, new Date());
      clearInterval(timer);
      expect(sent.outcome).toBe('failed');
    },
  );

  test('refuses headers without an end, and what is not HTTP', async () => {
    for (const garbage of [
      `HTTP/1.1 200 OK\r\n${'X-Long: y\r\n'.repeat(10_000)}`,
      'SSH-2.0-x\r\n\r\n',
      '\0',
    ]) {
      const port = await listen((request) => request.socket.end(garbage));
      const url = `http://127.0.0.1:${port}/`;
      const sent = await webhookSender({ allowsPrivate: true }).send({ url, secret }, message, new Date());
      expect(sent.outcome).toBe('failed');
      server?.closeAllConnections();
      server?.close();
    }
  });

  test('line breaks in a URL add no header and no request', async () => {
    const requests: { url: string | undefined; names: string[] }[] = [];
    const port = await listen(({ url, headers }, response) => {
      requests.push({ url, names: Object.keys(headers) });
      response.writeHead(204).end();
    });
    const url = `http://127.0.0.1:${port}/a HTTP/1.1\r\nX-Evil: 1\r\n\r\nGET /b`;
    const sent = await webhookSender({ allowsPrivate: true }).send({ url, secret }, message, new Date());
    expect(sent).toEqual({ outcome: 'accepted', status: 204 });
    expect(requests).toHaveLength(1);
    expect(requests[0]?.names).not.toContain('x-evil');
    expect(requests[0]?.url).not.toMatch(/\s/);
  });
});

test.each(['8.8.8.8', '2606:4700::1111', '93.184.215.14'])('%s is a public address', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});
