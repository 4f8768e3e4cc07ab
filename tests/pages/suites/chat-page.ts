import { expect, test } from 'vitest';
import { accessibilityFaults } from '../browser.js';
import { balanceShown, messageBox, replies, say, signIn, signUp } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** What everybody meets on the chat page. */
export function chatPageSuite(pages: () => ServedPages): void {
  test('its views can be used by everybody, in light and in dark', async () => {
    const { page, faults, close } = await pages().visit({ expects: /\b401\b.*\/api\/login\/$/ });
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await signIn(page, 'nobody_here');
    await page.getByText('This name and password do not belong together').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await signUp(page);
    await say(
      page,
      '# A heading\n\n- `code` and [a link](https://example.com)\n\n| a | b |\n|---|---|\n| 1 | 2 |',
    );
    await balanceShown(page, '2,500');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.locator('.pill').click();
    await page.getByRole('cell', { name: '+4,000' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(faults).toEqual([]);
    await close();
  });

  test('markup in messages and replies is text, and leads nowhere by itself', async () => {
    const { page, faults, reload, close } = await pages().visit();
    await signUp(page);
    const attack =
      '<img src=x onerror=alert(1)> <script>alert(2)</script> [click](javascript:alert(3)) ' +
      '![p](https://evil.example/p.png) [data](data:text/html,<script>alert(4)</script>) <iframe src="//evil.example">';
    await say(page, attack);
    await balanceShown(page, '2,500');
    await reload();
    await replies(page).getByText('<script>alert(2)</script>').waitFor();
    expect(await page.locator('.turns').locator('img, script, iframe').count()).toBe(0);
    const links = page.locator('.turns a');
    expect(await links.count()).toBe(1);
    expect(await links.getAttribute('rel')).toBe('noopener noreferrer nofollow');
    expect(faults).toEqual([]);
    await close();
  });

  test('a session whose access has run out goes on by itself, and one that has ended keeps the draft', async () => {
    const { page, faults, close } = await pages().visit({ expects: /\b401\b/ });
    const username = await signUp(page);
    await page.context().clearCookies({ name: 'metered_chat_access' });
    await say(page, 'Still here?');
    await replies(page).getByText('Echo: Still here?').waitFor();
    const address = page.url();
    await messageBox(page).fill('Not lost');
    await page.context().clearCookies();
    // What is still read after the last reply may find out before this does.
    await page.keyboard.press('Enter');
    await page.getByText('Your session has ended.').waitFor();
    await signIn(page, username);
    await replies(page).getByText('Echo: Still here?').waitFor();
    expect(page.url()).toBe(address);
    expect(await messageBox(page).inputValue()).toBe('Not lost');
    expect(faults).toEqual([]);
    await close();
  });

  test('on a phone everything fits, and the keyboard alone reaches all of it', async () => {
    const { page, faults, close } = await pages().visit({ viewport: { width: 375, height: 720 } });
    await signUp(page);
    await say(page, 'long'.repeat(200));
    await balanceShown(page, '2,500');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
    const menu = page.getByRole('button', { name: 'Conversations and account' });
    await menu.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'New conversation' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('.menu:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'New conversation' }).press('Enter');
    await say(page, 'Which rivers are the *longest*, and where do they end?');
    await balanceShown(page, '1,000');
    expect(faults).toEqual([]);
    await close();
  });
}
