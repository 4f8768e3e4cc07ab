import { expect, test } from 'vitest';
import { accessibilityViolations } from '../browser.js';
import { messageBox, replies, sendMessage, signUp } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** How people write and read, with any keyboard and script. */
export function writingSuite(pages: () => ServedPages): void {
  test('Enter that selects what an input method composes does not send', async () => {
    const { page, pageErrors, close } = await pages().visit();
    await signUp(page);
    await messageBox(page).fill('にほん');
    // As Safari reports it, after the end of the composition.
    const composing = { key: 'Enter', keyCode: 229, isComposing: false, bubbles: true, cancelable: true };
    await messageBox(page).dispatchEvent('keydown', composing);
    await expect.poll(() => messageBox(page).inputValue()).toBe('にほん');
    await messageBox(page).press('Enter');
    await replies(page).getByText('Echo: にほん').waitFor();
    await expect.poll(() => replies(page).count()).toBe(1);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('Enter starts a new line on a touch keyboard, and the button sends', async () => {
    const { page, pageErrors, close } = await pages().visit({
      viewport: { width: 390, height: 780 },
      ...{ hasTouch: true, isMobile: true },
    });
    await signUp(page);
    await messageBox(page).fill('One');
    await messageBox(page).press('Enter');
    await messageBox(page).pressSequentially('Two');
    await expect.poll(() => messageBox(page).inputValue()).toBe('One\nTwo');
    await page.getByRole('button', { name: 'Send' }).tap();
    await replies(page).getByText('Two').waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('each block is laid out in the direction of its text', async () => {
    const { page, pageErrors, close } = await pages().visit();
    await signUp(page);
    await messageBox(page).fill('שלום');
    const directionOf = (selector: string) =>
      page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).direction`);
    await expect.poll(() => directionOf('#message')).toBe('rtl');
    await sendMessage(page, 'Hello\n\nמה שלומך\n\n- אחת\n\n```js\nlet a = 1;\n```');
    await replies(page).locator('pre').waitFor();
    await expect.poll(() => directionOf('.reply p:first-of-type')).toBe('ltr');
    expect(await directionOf('.reply p:nth-of-type(2)')).toBe('rtl');
    await expect.poll(() => directionOf('.reply ul')).toBe('rtl');
    await expect.poll(() => directionOf('.reply pre')).toBe('ltr');
    await expect.poll(() => directionOf('.message p')).toBe('ltr');
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('code has its language and its copy button above the first line', async () => {
    const { page, pageErrors, close } = await pages().visit();
    await signUp(page);
    await sendMessage(page, `Look:\n\n\`\`\`python\n${'wide = 1; '.repeat(60)}\n\`\`\``);
    const code = replies(page).locator('.code');
    await code.getByText('python').waitFor();
    const [line, copy] = [code.locator('code'), code.getByRole('button', { name: 'Copy the code' })];
    const { y = 0 } = (await line.boundingBox()) ?? {};
    const button = await copy.boundingBox();
    expect((button?.y ?? Infinity) + (button?.height ?? Infinity)).toBeLessThanOrEqual(y);
    await copy.click();
    await code.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('each tab has its own draft, which a reload keeps', async () => {
    const { page, pageErrors, openTab, reload, close } = await pages().visit();
    await signUp(page);
    await messageBox(page).fill('In the first tab');
    const other = await openTab();
    await messageBox(other).waitFor();
    await expect.poll(() => messageBox(other).inputValue()).toBe('');
    await messageBox(other).fill('In the second tab');
    await reload();
    await messageBox(page).waitFor();
    await expect.poll(() => messageBox(page).inputValue()).toBe('In the first tab');
    await expect.poll(() => messageBox(other).inputValue()).toBe('In the second tab');
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a sign-in with an empty field is not sent', async () => {
    const { page, pageErrors, close } = await pages().visit();
    const requests: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') requests.push(request.url());
    });
    await page.getByLabel('Username or email').fill('jane_doe');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Must not be empty.').waitFor();
    await page.locator('input[name=password]:focus').waitFor();
    await expect.poll(() => page.getByText('Must not be empty.').count()).toBe(1);
    expect(requests).toEqual([]);
    expect(pageErrors).toEqual([]);
    await close();
  });
}
