import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { openAiCompatible as wire } from '../../adapters/ai/wire-formats.js';
import { redirectableAddress } from '../../process/redirectable-address.js';
import { replies, sendMessage, signUp, waitForBalance } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

const usage = { input: 1, output: 2 };

/** Replies whose page loses its connection, or is reloaded, while they come. */
export function lostConnectionsSuite(pages: () => ServedPages): void {
  /** A page behind a network that can be cut, and a model that says what the test wants. */
  const visitBehindNetwork = async () => {
    const { server, provider, visit } = pages();
    const port = Number(new URL(server.url).port);
    const network = await redirectableAddress(port);
    onTestFinished(() => network.close());
    let write: (wireText: string) => void = () => undefined;
    provider.behave((response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(wire.start + wire.text('One. '));
      write = (wireText) => response.write(wireText);
    });
    const visited = await visit({ expects: /net::ERR_/ }, `http://127.0.0.1:${network.port}`);
    return {
      ...visited,
      provider,
      say: (words: string) => {
        write(wire.text(words));
      },
      endReply: () => {
        write(wire.finish('stop', usage));
      },
      /** Cuts every connection; new ones are possible. */
      cutConnections: () => {
        network.redirectTo(port);
      },
      cutNetwork: () => {
        network.redirectTo(null);
      },
      restoreNetwork: async () => {
        network.redirectTo(port);
        await visited.page.evaluate("void dispatchEvent(new Event('online'))");
      },
    };
  };
  type Visited = Awaited<ReturnType<typeof visitBehindNetwork>>;

  const begin = async (page: Page) => {
    await signUp(page);
    await page.getByLabel('Model').selectOption('provided');
    await sendMessage(page, 'Go on');
    await replies(page).getByText('One.').waitFor();
  };

  /** Expects one exchange with the whole reply, charged once, for one request to the provider; also after a reload. */
  const expectWhole = async ({ page, provider, pageErrors, reload, close }: Visited) => {
    for (const look of [() => Promise.resolve(), reload]) {
      await look();
      await replies(page).getByText('One. Two. Three.').waitFor();
      await replies(page).getByText('100 tokens').waitFor();
      await waitForBalance(page, '3,900');
      await expect.poll(() => page.locator('.exchange').count()).toBe(1);
    }
    await expect.poll(() => provider.requests).toHaveLength(1);
    expect(pageErrors).toEqual([]);
    await close();
  };

  test('a reply whose connection is cut twice goes on in the page, and is charged once', async () => {
    const visited = await visitBehindNetwork();
    const { page, say, endReply, cutConnections } = visited;
    await begin(page);
    cutConnections();
    say('Two. ');
    await replies(page).getByText('One. Two.').waitFor();
    cutConnections();
    say('Three.');
    endReply();
    await expectWhole(visited);
  });

  test('a reply goes on while the network is down, and is shown whole once it is back', async () => {
    const visited = await visitBehindNetwork();
    const { page, say, endReply, cutNetwork, restoreNetwork } = visited;
    await begin(page);
    cutNetwork();
    await replies(page).getByText('The server cannot be reached.').waitFor();
    await replies(page).getByText('Result unknown').waitFor();
    say('Two. ');
    await restoreNetwork();
    await replies(page).getByText('One. Two.').waitFor();
    cutNetwork();
    await replies(page).getByText('Result unknown').waitFor();
    say('Three.');
    endReply();
    await restoreNetwork();
    await expectWhole(visited);
  });

  test('a reply goes on when its page is reloaded midway, and is charged once', async () => {
    const visited = await visitBehindNetwork();
    const { page, say, endReply, reload } = visited;
    await begin(page);
    await page.waitForURL(/#\/c/);
    await reload();
    await replies(page).getByText('One.').waitFor();
    say('Two. ');
    await replies(page).getByText('One. Two.').waitFor();
    await reload();
    await replies(page).getByText('One. Two.').waitFor();
    say('Three.');
    endReply();
    await expectWhole(visited);
  });

  test('a reply that is followed after a reload goes on when the network comes back', async () => {
    const visited = await visitBehindNetwork();
    const { page, say, endReply, reload, cutNetwork, restoreNetwork } = visited;
    await begin(page);
    await page.waitForURL(/#\/c/);
    await reload();
    await replies(page).getByText('One.').waitFor();
    cutNetwork();
    await replies(page).getByText('Looking up the result of this message').waitFor();
    say('Two. ');
    await restoreNetwork();
    await replies(page).getByText('One. Two.').waitFor();
    say('Three.');
    endReply();
    await expectWhole(visited);
  });
}
