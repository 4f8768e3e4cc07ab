import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { accessibilityViolations } from '../browser.js';
import { messageBox, replies, sendMessage, signUp, waitForBalance } from '../chat-steps.js';
import { nameOfFocus } from '../keyboard-steps.js';
import type { ServedPages } from '../served-pages.js';

const background = (page: Page) => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
const sidebar = (page: Page) => page.locator('.side');

/** The frame of the chat page, and what the composer says before a message is sent. */
export function displaySuite(pages: () => ServedPages): void {
  test('the theme that was chosen is kept, whatever the system has', async () => {
    const { page, pageErrors, reload, close } = await pages().visit({ colorScheme: 'light' });
    await signUp(page);
    const light = await background(page);
    await page.getByRole('link', { name: /^person_/ }).click();
    await page.getByLabel('Theme').selectOption('Dark');
    const dark = await background(page);
    expect(dark).not.toBe(light);
    await reload();
    await page.getByLabel('Theme').waitFor();
    await expect.poll(() => background(page)).toBe(dark);
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.getByLabel('Theme').selectOption('Light');
    await expect.poll(() => background(page)).toBe(light);
    await page.getByLabel('Theme').selectOption('As the system');
    await expect.poll(() => background(page)).toBe(dark);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a page of a chosen theme is in its colours before its scripts have loaded', async () => {
    const { page, pageErrors, close } = await pages().visit({ colorScheme: 'light' });
    await signUp(page);
    await page.getByRole('link', { name: /^person_/ }).click();
    const light = await background(page);
    await page.getByLabel('Theme').selectOption('Dark');
    const dark = await background(page);
    expect(dark).not.toBe(light);
    let load = (): void => undefined;
    const loads = new Promise<void>((resolve) => {
      load = resolve;
    });
    await page.route(/\/assets\/(?!theme-at-load)[^/]+\.js$/, async (route) => {
      await loads;
      await route.continue();
    });
    await page.goto(pages().server.url, { waitUntil: 'commit' });
    await page.getByText('Loading …').waitFor();
    await expect.poll(() => background(page)).toBe(dark);
    load();
    await messageBox(page).waitFor();
    await expect.poll(() => background(page)).toBe(dark);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('the sidebar is hidden and shown again with the keyboard, and stays hidden after a reload', async () => {
    const { page, pageErrors, reload, close } = await pages().visit();
    await signUp(page);
    await page.getByRole('button', { name: 'Hide the sidebar' }).press('Enter');
    await sidebar(page).waitFor({ state: 'hidden' });
    await expect.poll(() => page.evaluate<string>(nameOfFocus)).toBe('Show the sidebar');
    expect(await accessibilityViolations(page)).toEqual([]);
    await reload();
    await messageBox(page).waitFor();
    expect(await sidebar(page).isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Show the sidebar' }).press('Enter');
    await sidebar(page).waitFor();
    await expect.poll(() => page.evaluate<string>(nameOfFocus)).toBe('Hide the sidebar');
    await page.keyboard.press('Control+Shift+S');
    await sidebar(page).waitFor({ state: 'hidden' });
    await page.keyboard.press('Control+K');
    await expect.poll(() => page.evaluate<string>(nameOfFocus)).toBe('Search the conversations');
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('the question mark shows the shortcuts outside of a text field, and is a character in one', async () => {
    const { page, pageErrors, close } = await pages().visit();
    await signUp(page);
    await messageBox(page).press('?');
    await expect.poll(() => messageBox(page).inputValue()).toBe('?');
    await page.getByRole('button', { name: 'New conversation' }).focus();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await dialog.waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    // A dialog takes the other shortcuts away.
    await page.keyboard.press('Control+Shift+S');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => sidebar(page).isVisible()).toBe(true);
    await expect.poll(() => page.evaluate<string>(nameOfFocus)).toBe('New conversation');
    await messageBox(page).fill('A message');
    await messageBox(page).press('Enter');
    await replies(page).getByText('Echo: A message').waitFor();
    await page.keyboard.press('Control+Shift+O');
    await page.getByText('What would you like to know?').waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('the price of a model by length is estimated before a message is sent, with the conversation that it reads', async () => {
    const { page, pageErrors, close } = await pages().visit();
    await withModel(page, { price: { per_1k_input: 3000, per_1k_output: 0 } });
    await signUp(page);
    await messageBox(page).fill('x'.repeat(300));
    await page.getByText('Estimate: about 300 tokens').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await messageBox(page).press('Enter');
    await replies(page).getByText('Echo: x').waitFor();
    await messageBox(page).fill('x'.repeat(300));
    // It reads the first message and its reply as well.
    await page.getByText('Estimate: about 906 tokens').waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a message that is almost too long says how many characters are left, and a longer one is not sent', async () => {
    const { page, pageErrors, close } = await pages().visit();
    await signUp(page);
    // MAX_MESSAGE_CHARS of the server is 300.
    await messageBox(page).fill('x'.repeat(200));
    await page.locator('.composer-facts').waitFor();
    await expect.poll(() => page.locator('.composer-facts').textContent()).toBe('');
    await messageBox(page).fill('😀'.repeat(299));
    await page.getByText('1 character left').waitFor();
    await messageBox(page).fill('x'.repeat(302));
    await page.getByText('2 characters too long').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await messageBox(page).press('Enter');
    expect(await replies(page).count()).toBe(0);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a balance below LOW_BALANCE is said above the composer, with a way to more', async () => {
    const { page, pageErrors, close } = await pages().visit();
    await signUp(page);
    await sendMessage(page, 'One');
    await waitForBalance(page, '2,500');
    await page.getByText('You have only 2,500 tokens left.').waitFor();
    await expect.poll(() => page.locator('.balance-notice a').getAttribute('href')).toBe('#/buy');
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('the address of a conversation that is not there says that it was erased or belongs to another account', async () => {
    const { page, close } = await pages().visit({ expects: /\b404\b/ });
    await signUp(page);
    await page.goto(`${pages().server.url}/#/c/0198f3c2-0000-7000-8000-000000000000`);
    await page.getByText('It was erased, or it belongs to another account.').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Start a new conversation' }).click();
    await page.getByText('What would you like to know?').waitFor();
    await close();
  });

  test('messages that had not left the browser are in the message field after a reload', async () => {
    const { page, close } = await pages().visit({ expects: /net::ERR_|404/ });
    await signUp(page);
    await page.context().setOffline(true);
    await sendMessage(page, 'Not sent yet, first');
    await page.getByText('Not sent yet', { exact: true }).waitFor();
    await messageBox(page).fill('A draft');
    // The reload comes before the browser is online for the page.
    await page.goto('about:blank');
    await page.context().setOffline(false);
    await page.goto(pages().server.url);
    await messageBox(page).waitFor();
    await expect.poll(() => messageBox(page).inputValue()).toBe('Not sent yet, first\n\nA draft');
    await messageBox(page).press('Enter');
    await replies(page).getByText('Echo: Not sent yet, first').waitFor();
    await waitForBalance(page, '2,500');
    await page.reload();
    await messageBox(page).waitFor();
    await expect.poll(() => messageBox(page).inputValue()).toBe('');
    await close();
  });
}

/** Changes what the page knows of the default model. */
async function withModel(page: Page, changes: object): Promise<void> {
  await page.route('**/api/models/', async (route) => {
    const response = await route.fetch();
    const body = (await response.json()) as { results: { default: boolean }[] };
    const results = body.results.map((model) => (model.default ? { ...model, ...changes } : model));
    await route.fulfill({ response, json: { ...body, results } });
  });
}
