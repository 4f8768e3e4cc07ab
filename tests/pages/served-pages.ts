import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { awaitUntil } from '../../src/testing/await-until.js';
import { misbehavingProvider, type MisbehavingProvider } from '../adapters/ai/misbehaving-provider.js';
import { emptyDataFolder, removeDataFolders } from '../process/data-folder.js';
import { killProcesses, startServer, type ServerProcess } from '../process/server-process.js';
import { storageOn, type Engine, type Storage } from '../process/storage.js';
import { openBrowser, watchedPage, type WatchedPage } from './browser.js';

/** The price of a message to `echo`, the default model. */
export const echoPrice = 1500;

/** A server with its pages, and a browser. */
export interface ServedPages {
  server: ServerProcess;
  storage: Storage;
  /** Waits for a mail with a link to a page. Returns the path and query of the link. */
  mailedLink: (email: string, page: string) => Promise<string>;
  /** As `mailedLink`, with the text of the mail. */
  mailed: (email: string, page: string) => Promise<{ link: string; mail: string }>;
  /** The provider of the model `provided`, whose price is 100 per message. */
  provider: MisbehavingProvider;
  /** Opens a page in a new browser context, at another address of the server if one is given. */
  visit: (options?: Parameters<typeof watchedPage>[2], url?: string) => Promise<WatchedPage>;
}

/**
 * Starts one server, with further settings and packages for sale, and one browser for all tests of the `describe` block that it is
 * called in.
 */
export function servedPages(
  engine: Engine,
  settings: Record<string, string> | (() => Promise<Record<string, string>>) = {},
  packages: readonly object[] = [],
): () => ServedPages {
  let storage: Storage;
  let browser: Browser;
  let pages: ServedPages;
  beforeAll(async () => {
    const [provider, folder] = await Promise.all([misbehavingProvider(), emptyDataFolder()]);
    [storage, browser] = await Promise.all([storageOn(engine), openBrowser()]);
    const modelsFile = join(folder, 'models.json');
    await writeFile(modelsFile, JSON.stringify(modelsOf(provider)));
    const packagesFile = join(folder, 'packages.json');
    await writeFile(packagesFile, JSON.stringify({ packages }));
    const server = await startServer({
      DATA_DIR: folder,
      ...storage.environment,
      MODELS_FILE: modelsFile,
      RATE_LIMIT: 'on',
      RATE_LIMIT_CHAT: '30/5s',
      RATE_LIMIT_REGISTER: '1000/1h',
      ...(packages.length === 0 ? {} : { PACKAGES_FILE: packagesFile }),
      ...(typeof settings === 'function' ? await settings() : settings),
    });
    const visit: ServedPages['visit'] = (options, url = server.url) => watchedPage(browser, url, options);
    const mailFolder = join(storage.environment['DATA_DIR'] ?? folder, 'mail');
    const mailed: ServedPages['mailed'] = (email, page) => findMail(mailFolder, email, page);
    pages = {
      server,
      storage,
      provider,
      visit,
      mailed,
      mailedLink: async (email, page) => (await mailed(email, page)).link,
    };
  }, 300_000);
  afterAll(async () => {
    if (pages.server.hasExited()) console.error(`The server exited unexpectedly:\n${pages.server.output()}`);
    await browser.close();
    await killProcesses();
    await pages.provider.stop();
    await storage.remove();
    await removeDataFolders();
  });
  return () => pages;
}

function findMail(mailFolder: string, email: string, page: string): Promise<{ link: string; mail: string }> {
  return awaitUntil(`a mail to ${email} with a link to ${page}`, 10_000, async () => {
    const names = await readdir(mailFolder).catch(() => []);
    for (const name of names.sort().reverse()) {
      const mail = await readFile(join(mailFolder, name), 'utf8');
      // Decodes the quoted-printable line breaks and equals signs.
      const text = mail.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=');
      const link = new RegExp(`/${page}\\?token=[\\w-]+`).exec(text)?.[0];
      if (text.includes(`To: ${email}`) && link !== undefined) return { link, mail: text };
    }
    return null;
  });
}

function modelsOf(provider: MisbehavingProvider): object {
  return {
    default: 'echo',
    models: [
      { name: 'echo', provider: 'echo', price: { per_message: echoPrice } },
      { name: 'cheap', provider: 'echo', price: { per_message: 1 } },
      {
        name: 'provided',
        provider: 'openai-compatible',
        base_url: provider.url,
        upstream: 'm',
        price: { per_message: 100 },
        retries: 0,
      },
      {
        name: 'seeing',
        provider: 'openai-compatible',
        base_url: provider.url,
        upstream: 'm',
        price: { per_message: 100 },
        capabilities: ['images', 'files'],
        retries: 0,
      },
    ],
  };
}
