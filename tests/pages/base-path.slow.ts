import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { mount } from 'hono/mount';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operatorCaller } from '../../src/domain/auth/caller.js';
import { mountableApp } from '../../src/adapters/http/mountable-app.js';
import { readPages } from '../../src/adapters/http/pages/pages.js';
import { openEngine, type Engine } from '../adapters/http/engines.js';
import { linesLog, testApi } from '../adapters/http/test-api.js';
import { openBrowser, watchedPage, type WatchedPage } from './browser.js';
import { messageBox, password, replies, sendMessage, signIn, signUp } from './chat-steps.js';
import { chromiumPath } from './chromium.js';

const built = new URL('../../dist/web/', import.meta.url);

/** A host with apps below different paths. */
interface Host {
  origin: string;
  close(): Promise<void>;
}

type StartHost = (paths: readonly string[]) => Promise<Host>;

/** The API with its pages at `publicUrl`. */
async function appFor(publicUrl: string, engines: Engine[]) {
  const engine = await openEngine('memory');
  engines.push(engine);
  const { core } = testApi(engine, { policy: { publicUrl } });
  await core.admin.createAdmin({ caller: operatorCaller, username: 'root_admin', email: null, password });
  return mountableApp({ core, publicUrl, pages: readPages(built), log: linesLog([]) });
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://localhost:${(server.address() as AddressInfo).port}`);
    });
  });
}

function closeAll(servers: readonly Server[], engines: readonly Engine[]): () => Promise<void> {
  return async () => {
    for (const server of servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    await Promise.all(engines.map((engine) => engine.close()));
  };
}

/** A reverse proxy in front of one server for each path. It removes the path from requests, or keeps it. */
const behindProxy =
  ({ strips }: { strips: boolean }): StartHost =>
  async (paths) => {
    const engines: Engine[] = [];
    const targets = new Map<string, { port: number; server: Server }>();
    const proxy = createServer((incoming, response) => {
      const path = paths.find(
        (each) => incoming.url === each || incoming.url?.startsWith(`${each}/`) === true,
      );
      const target = targets.get(path ?? '');
      if (path === undefined || target === undefined) {
        response.writeHead(404).end('elsewhere');
        return;
      }
      const rest = incoming.url?.slice(path.length);
      const url = strips ? (rest === '' ? '/' : rest) : incoming.url;
      const forwarded = httpRequest(
        {
          host: '127.0.0.1',
          port: target.port,
          path: url,
          method: incoming.method,
          headers: incoming.headers,
        },
        (upstream) => {
          response.writeHead(upstream.statusCode ?? 502, upstream.headers);
          upstream.pipe(response);
        },
      );
      forwarded.on('error', () => response.destroy());
      incoming.pipe(forwarded);
    });
    const origin = await listen(proxy);
    for (const path of paths) {
      const app = await appFor(origin + path, engines);
      const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server;
      await new Promise((resolve) => server.once('listening', resolve));
      targets.set(path, { port: (server.address() as AddressInfo).port, server });
    }
    const servers = [proxy, ...Array.from(targets.values(), ({ server }) => server)];
    return { origin, close: closeAll(servers, engines) };
  };

/** A Hono app that mounts the API beside its own routes. */
const mountedInHono: StartHost = async (paths) => {
  const engines: Engine[] = [];
  const host = new Hono();
  const server = serve({ fetch: host.fetch, port: 0, hostname: '127.0.0.1' }) as Server;
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  for (const path of [...paths].sort((one, other) => other.length - one.length)) {
    host.all(`${path}/*`, mount((await appFor(origin + path, engines)).fetch));
  }
  return { origin, close: closeAll([server], engines) };
};

describe.runIf(chromiumPath() !== null).each([
  ['behind a proxy that removes the path', behindProxy({ strips: true }), '/assistant'],
  ['behind a proxy that keeps the path', behindProxy({ strips: false }), '/assistant'],
  [
    'behind a proxy, with escaped characters in the path',
    behindProxy({ strips: false }),
    '/tools/gr%C3%B6%C3%9Fe%20x',
  ],
  ['mounted in a Hono app', mountedInHono, '/assistant'],
] as const)('the pages below a path, %s', (_, startHost, path) => {
  let browser: Browser;
  let host: Host;
  beforeAll(async () => {
    [browser, host] = await Promise.all([openBrowser(), startHost([path])]);
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await host.close();
  });
  const visit = (below: string, expects = /^$/) =>
    watchedPage(browser, host.origin, { path: path + below, expects });

  test('on the chat page a user signs up, gets a reply, stays signed in, and the session is renewed', async () => {
    const { page, pageErrors, reload, close } = await visit('/');
    const username = await signUp(page);
    await sendMessage(page, 'Hello below');
    await replies(page).getByText('Echo: Hello below').waitFor();
    await reload();
    await replies(page).getByText('Echo: Hello below').waitFor();
    // Marks the access cookie as about to expire.
    await page.evaluate(`localStorage.setItem(
      Object.keys(localStorage).find((key) => key.startsWith('metered-chat.session')),
      JSON.stringify({ session: 'x', renewAtMs: 0 }))`);
    const renewed = page.waitForResponse(/\/api\/session\/refresh\/$/);
    await sendMessage(page, 'And again');
    expect((await renewed).status()).toBe(200);
    await replies(page).getByText('Echo: And again').waitFor();
    await page.goto(`${host.origin}${path}`);
    await messageBox(page).waitFor();
    const cookies = await page.context().cookies();
    expect(cookies.map((cookie) => decodeURI(cookie.path)).sort()).toEqual(
      [path, `${path}/api/session/`].map(decodeURI),
    );
    expect(pageErrors).toEqual([]);
    expect(username).toBeTruthy();
    await close();
  });

  test.each(['/admin/', '/admin'])(
    'on the administration page at %s an administrator signs in, opens a list and downloads it',
    async (below) => {
      const { page, pageErrors, close } = await visit(below, /\b401\b/);
      await signIn(page, 'root_admin');
      await page.getByRole('menuitem', { name: 'Users' }).click();
      await page.getByRole('link', { name: 'root_admin' }).first().waitFor();
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save as CSV' }).click();
      expect(new URL((await download).url()).pathname).toBe(`${path}/api/admin/users/`);
      expect(pageErrors.filter((pageError) => !pageError.includes('format=csv'))).toEqual([]);
      await close();
    },
  );

  test('the mail pages, the API documentation and the not-found page load their files', async () => {
    const { page, pageErrors, close } = await visit('/verify-email?token=mcp_unknown', /\b(400|404)\b/);
    await page.getByRole('button', { name: 'Confirm my address' }).click();
    await page.getByText('This link does not work any more').waitFor();
    await page.goto(`${host.origin}${path}/api/docs`);
    await page.getByText('/api/register/').first().waitFor();
    expect(new URL(page.url()).pathname).toBe(`${path}/api/docs/`);
    await page.goto(`${host.origin}${path}/nothing/at/all`);
    expect(await page.evaluate('document.styleSheets.length')).toBe(1);
    await page.getByRole('link', { name: 'Go to the chat page' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });
});

describe.runIf(chromiumPath() !== null).each([
  ['behind one proxy', behindProxy({ strips: true })],
  ['in one Hono app', mountedInHono],
])('two mounts %s', (_, startHost) => {
  let browser: Browser;
  let host: Host;
  const paths = ['/one', '/one/two'];
  beforeAll(async () => {
    [browser, host] = await Promise.all([openBrowser(), startHost(paths.toReversed())]);
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await host.close();
  });

  test('keep separate sessions in one browser, although one path is below the other', async () => {
    const first: WatchedPage = await watchedPage(browser, host.origin, { path: '/one/', expects: /\b401\b/ });
    const second = await first.openTab('/one/two/');
    const [inFirst, inSecond] = [await signUp(first.page), await signUp(second)];
    for (const [page, name] of [
      [first.page, inFirst],
      [second, inSecond],
    ] as const) {
      await page.reload();
      await messageBox(page).waitFor();
      expect(await page.evaluate(`fetch('api/me/').then((r) => r.json()).then((me) => me.username)`)).toBe(
        name,
      );
    }
    await first.page.getByRole('button', { name: 'Sign out' }).click();
    await first.page.getByRole('button', { name: 'Sign in' }).waitFor();
    await second.reload();
    await messageBox(second).waitFor();
    await sendMessage(second, 'Still here');
    await replies(second).getByText('Echo: Still here').waitFor();
    await first.close();
  });
});
