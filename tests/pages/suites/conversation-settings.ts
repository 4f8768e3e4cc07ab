import { expect, test } from 'vitest';
import { sends } from '../../adapters/ai/misbehaving-provider.js';
import { openAiCompatible as wire } from '../../adapters/ai/wire-formats.js';
import { accessibilityViolations } from '../browser.js';
import { replies, sendMessage, signUp, waitForBalance } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** The model, system prompt and temperature of each conversation. */
export function conversationSettingsSuite(pages: () => ServedPages): void {
  test('each conversation keeps its model, whatever is chosen in others', async () => {
    const { page, pageErrors, reload, close } = await pages().visit();
    await signUp(page);
    const model = page.getByLabel('Model', { exact: true });
    await model.selectOption('cheap');
    await sendMessage(page, 'The first');
    await replies(page).getByText('Echo: The first').waitFor();
    await waitForBalance(page, '3,999');
    const first = page.url();
    await page.getByRole('button', { name: 'New conversation' }).click();
    await expect.poll(() => model.inputValue()).toBe('cheap');
    await model.selectOption('echo');
    await sendMessage(page, 'The second');
    await waitForBalance(page, '2,499');
    const second = page.url();
    await page.goto(first);
    await replies(page).getByText('Echo: The first').waitFor();
    await expect.poll(() => model.inputValue()).toBe('cheap');
    await sendMessage(page, 'Still cheap');
    await waitForBalance(page, '2,498');
    await page.goto(second);
    await replies(page).getByText('Echo: The second').waitFor();
    await expect.poll(() => model.inputValue()).toBe('echo');
    await model.selectOption('cheap');
    await page.waitForResponse((response) => response.request().method() === 'PATCH');
    await reload();
    await replies(page).getByText('Echo: The second').waitFor();
    await expect.poll(() => model.inputValue()).toBe('cheap');
    await sendMessage(page, 'Now cheap');
    await waitForBalance(page, '2,497');
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a model that cannot be stored stays the one before, and the page says why', async () => {
    const { page, close } = await pages().visit({ expects: /conversations/ });
    await signUp(page);
    const model = page.getByLabel('Model', { exact: true });
    await model.selectOption('cheap');
    await sendMessage(page, 'Hello');
    await replies(page).getByText('Echo: Hello').waitFor();
    await page.route('**/api/conversations/*/', (route) => route.abort('connectionreset'));
    await model.selectOption('echo');
    await page.getByText('The server cannot be reached.').waitFor();
    await expect.poll(() => model.inputValue()).toBe('cheap');
    await close();
  });

  test('the system prompt and the temperature of a conversation reach the AI, and a wrong one says why', async () => {
    const { provider, visit } = pages();
    const { page, pageErrors, reload, close } = await visit({ expects: /\b400\b.*\/conversations\// });
    await signUp(page);
    provider.behave(sends(wire.start, wire.text('Bonjour.'), wire.finish('stop', { input: 1, output: 2 })));
    const open = () => page.getByRole('button', { name: /^Settings of this conversation/ }).click();
    const dialog = page.getByRole('dialog');
    await open();
    await dialog.getByLabel('Model').selectOption('provided');
    await dialog.getByRole('list', { name: 'Price of provided' }).getByText('100 tokens a message').waitFor();
    await dialog.getByLabel('System prompt').fill('Reply in French.');
    await dialog.getByLabel('Temperature').fill('0,5');
    expect(await accessibilityViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await sendMessage(page, 'Hello');
    await replies(page).getByText('Bonjour.').waitFor();
    expect(provider.requests.at(-1)?.body).toMatchObject({
      temperature: 0.5,
      messages: [{ role: 'system', content: 'Reply in French.' }, { role: 'user' }],
    });
    await reload();
    await page.getByRole('button', { name: 'Settings of this conversation, changed' }).waitFor();
    await open();
    await expect.poll(() => dialog.getByLabel('System prompt').inputValue()).toBe('Reply in French.');
    await dialog.getByLabel('Temperature').fill('3');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Temperature: Must be from 0 to 2.').waitFor();
    await dialog.getByLabel('Temperature').fill('warm');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Temperature: Must be a number.').waitFor();
    await page.setViewportSize({ width: 390, height: 700 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(pageErrors).toEqual([]);
    await close();
  });
}
