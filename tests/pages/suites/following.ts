import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { awaitUntil } from '../../../src/testing/await-until.js';
import { openAiCompatible as wire } from '../../adapters/ai/wire-formats.js';
import { accessibilityViolations } from '../browser.js';
import { messageBox, replies, sendMessage, signUp } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

const usage = { input: 1, output: 2 };
const paragraph = `${'A line of a reply that is long enough to be one. '.repeat(7)}\n\n`;

/** How the page follows a reply that comes, and what of a conversation it shows. */
export function followingSuite(pages: () => ServedPages): void {
  /** A page with a reply in progress, which the test writes. */
  const visitWriting = async (options: object = {}) => {
    const { provider, visit } = pages();
    let write: (wireText: string) => void = () => undefined;
    let end: () => void = () => undefined;
    provider.behave((response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(wire.start + wire.text('Begin.\n\n'));
      write = (wireText) => response.write(wireText);
      end = () => response.end(wire.finish('stop', usage));
    });
    const visited = await visit(options);
    await signUp(visited.page);
    await visited.page.getByLabel('Model').selectOption('provided');
    await messageBox(visited.page).fill('Go on');
    await visited.page.getByRole('button', { name: 'Send' }).click();
    await replies(visited.page).getByText('Begin.').waitFor();
    const say = (text: string) => {
      write(wire.text(text));
    };
    const finish = () => {
      end();
    };
    return { ...visited, say, finish };
  };
  const abovePx = (page: Page) =>
    page.evaluate<number>(
      '(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)(document.querySelector(".scroll"))',
    );
  const drawn = (page: Page) =>
    page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  /** Waits for a text that the reply ends with. */
  const waitForText = (page: Page, text: string) => replies(page).getByText(text).last().waitFor();

  test.each([
    ['chunks of 350 characters every 40 ms', 12, paragraph, 40],
    ['chunks of 10,000 characters at once', 4, paragraph.repeat(28), 0],
    [
      'code and tables',
      20,
      '```js\nlet a = 1;\n\nlet b = 2;\n```\n\n| a | b |\n|---|---|\n| 1 | $x^2$ |\n\n',
      30,
    ],
  ])('the page follows a reply in %s to its end', async (_, count, chunk, pauseMs) => {
    const { page, pageErrors, say, finish, close } = await visitWriting();
    for (let number = 1; number <= count; number += 1) {
      say(`${chunk}Chunk ${number}.\n\n`);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    await waitForText(page, `Chunk ${count}.`);
    await drawn(page);
    expect(await abovePx(page)).toBeLessThan(2);
    finish();
    await replies(page).getByText('100 tokens').waitFor();
    await drawn(page);
    expect(await abovePx(page)).toBeLessThan(2);
    expect(pageErrors).toEqual([]);
    await close();
  });

  const scroller = (page: Page) => page.locator('.scroll');
  test.each([
    [
      'the wheel',
      async (page: Page) => {
        await scroller(page).hover();
        await page.mouse.wheel(0, -60);
      },
    ],
    [
      'keys',
      async (page: Page) => {
        await scroller(page).click({ position: { x: 5, y: 100 } });
        await page.keyboard.press('PageUp');
      },
    ],
    [
      'the scroll bar, a search, or the focus',
      (page: Page) => page.evaluate('document.querySelector(".scroll").scrollTop -= 150'),
    ],
  ])(
    'the page stops following once the person scrolls up by %s, and follows again from the end',
    async (_, scrollUp) => {
      const { page, pageErrors, say, finish, close } = await visitWriting();
      say(paragraph.repeat(8));
      say('Chunk 1.\n\n');
      await waitForText(page, 'Chunk 1.');
      await drawn(page);
      await scrollUp(page);
      const toEnd = page.getByRole('button', { name: 'Scroll to the newest message' });
      await toEnd.waitFor();
      await drawn(page);
      const before = await page.evaluate('document.querySelector(".scroll").scrollTop');
      for (let number = 2; number <= 6; number += 1) say(`${paragraph}Chunk ${number}.\n\n`);
      await waitForText(page, 'Chunk 6.');
      await drawn(page);
      expect(await abovePx(page)).toBeGreaterThan(100);
      const after = await page.evaluate<number>('document.querySelector(".scroll").scrollTop');
      expect(after).toBeLessThanOrEqual(Number(before) + 1);
      await toEnd.click();
      say(`${paragraph.repeat(3)}Chunk 7.\n\n`);
      await waitForText(page, 'Chunk 7.');
      await drawn(page);
      expect(await abovePx(page)).toBeLessThan(2);
      await scroller(page).hover();
      await page.mouse.wheel(0, -600);
      await toEnd.waitFor();
      await page.mouse.wheel(0, 5000);
      await toEnd.waitFor({ state: 'detached' });
      say(`${paragraph.repeat(3)}Chunk 8.\n\n`);
      await waitForText(page, 'Chunk 8.');
      await drawn(page);
      expect(await abovePx(page)).toBeLessThan(2);
      finish();
      await replies(page).getByText('100 tokens').waitFor();
      expect(pageErrors).toEqual([]);
      await close();
    },
  );

  test('the page stops following once the person scrolls up by touch', async () => {
    const { page, pageErrors, say, finish, close } = await visitWriting({
      ...{ viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true },
    });
    say(`${paragraph.repeat(8)}Chunk 1.\n\n`);
    await waitForText(page, 'Chunk 1.');
    await drawn(page);
    const client = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y: number) =>
      client.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x: 150, y }],
      });
    await touch('touchStart', 200);
    for (const y of [215, 230, 260, 300, 350]) await touch('touchMove', y);
    await touch('touchEnd', 350);
    await page.getByRole('button', { name: 'Scroll to the newest message' }).waitFor();
    for (let number = 2; number <= 4; number += 1) say(`${paragraph}Chunk ${number}.\n\n`);
    await waitForText(page, 'Chunk 4.');
    expect(await abovePx(page)).toBeGreaterThan(100);
    finish();
    await replies(page).getByText('100 tokens').waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a long message is collapsed until all of it is asked for', async () => {
    const { page, pageErrors, close } = await pages().visit();
    await signUp(page);
    const message = `${'Some words of a message. '.repeat(1160)}The end of it.`;
    await sendMessage(page, message);
    await replies(page).getByText('1,500 tokens').waitFor();
    const shown = page.locator('.message');
    await expect.poll(async () => (await shown.boundingBox())?.height).toBeLessThan(820);
    const all = shown.getByRole('button', { name: 'Show all 29,014 characters' });
    await expect.poll(() => all.getAttribute('aria-expanded')).toBe('false');
    expect(await accessibilityViolations(page)).toEqual([]);
    await all.click();
    await shown.getByText('The end of it.').waitFor();
    await shown.getByRole('button', { name: 'Show less' }).click();
    await awaitUntil('the message is collapsed', 5000, async () =>
      ((await shown.boundingBox())?.height ?? Infinity) < 820 ? true : null,
    );
    expect(pageErrors).toEqual([]);
    await close();
  });
}
