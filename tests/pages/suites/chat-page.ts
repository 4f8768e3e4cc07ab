import { expect, test } from 'vitest';
import { accessibilityViolations } from '../browser.js';
import { waitForBalance, messageBox, replies, sendMessage, signIn, signUp } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** The main functions of the chat page. */
export function chatPageSuite(pages: () => ServedPages): void {
  test('the views are accessible, in the light and the dark theme', async () => {
    const { page, pageErrors, close } = await pages().visit({ expects: /\b401\b.*\/api\/login\/$/ });
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await signIn(page, 'unknown_user');
    await page.getByText('The username or password is wrong').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await signUp(page);
    await sendMessage(
      page,
      '# A heading\n\n- `code` and [a link](https://example.com)\n\n| a | b |\n|---|---|\n| 1 | 2 |',
    );
    await waitForBalance(page, '2,500');
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.locator('.pill').click();
    await page.getByRole('cell', { name: '+4,000' }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('HTML in messages and replies is shown as text and loads nothing', async () => {
    const { page, pageErrors, reload, close } = await pages().visit();
    await signUp(page);
    const attack =
      '<img src=x onerror=alert(1)> <script>alert(2)</script> [click](javascript:alert(3)) ' +
      '![p](https://evil.example/p.png) [data](data:text/html,<script>alert(4)</script>) <iframe src="//evil.example">';
    await sendMessage(page, attack);
    await waitForBalance(page, '2,500');
    await reload();
    await replies(page).getByText('<script>alert(2)</script>').waitFor();
    expect(await page.locator('.exchanges').locator('img, script, iframe').count()).toBe(0);
    const links = page.locator('.exchanges a');
    await expect.poll(() => links.count()).toBe(1);
    await expect.poll(() => links.getAttribute('rel')).toBe('noopener noreferrer nofollow');
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('an expired access token is renewed, and an ended session keeps the draft', async () => {
    const { page, pageErrors, close } = await pages().visit({ expects: /\b401\b/ });
    const username = await signUp(page);
    await page.context().clearCookies({ name: 'metered_chat_access' });
    await sendMessage(page, 'Still here?');
    await replies(page).getByText('Echo: Still here?').waitFor();
    const address = page.url();
    await messageBox(page).fill('Not lost');
    await page.context().clearCookies();
    // A request that follows the last reply may fail before this one.
    await page.keyboard.press('Enter');
    await page.getByText('Your session has ended.').waitFor();
    await signIn(page, username);
    await replies(page).getByText('Echo: Still here?').waitFor();
    expect(page.url()).toBe(address);
    await expect.poll(() => messageBox(page).inputValue()).toBe('Not lost');
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('the page fits the screen of a phone, and can be used with the keyboard alone', async () => {
    const { page, pageErrors, close } = await pages().visit({ viewport: { width: 375, height: 720 } });
    await signUp(page);
    await sendMessage(page, 'long'.repeat(200));
    await waitForBalance(page, '2,500');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
    const menu = page.getByRole('button', { name: 'Conversations and account' });
    await menu.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'New conversation' }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('.menu:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'New conversation' }).press('Enter');
    await sendMessage(page, 'Which rivers are the *longest*, and where do they end?');
    await waitForBalance(page, '1,000');
    expect(pageErrors).toEqual([]);
    await close();
  });
}
