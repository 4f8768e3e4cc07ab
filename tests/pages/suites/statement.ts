import { expect, test } from 'vitest';
import { accessibilityViolations } from '../browser.js';
import { replies, sendMessage, signUp } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** What a month was spent on. */
export function statementSuite(pages: () => ServedPages): void {
  test('the statement says what each conversation cost with each model, and leads to it', async () => {
    const { page, pageErrors, close } = await pages().visit();
    await signUp(page);
    await sendMessage(page, 'How tall is <b>the tower</b>?');
    await replies(page).getByText('Echo: How tall').waitFor();
    await page.getByLabel('Model', { exact: true }).selectOption('cheap');
    await sendMessage(page, 'And how wide?');
    await replies(page).getByText('Echo: And how wide?').waitFor();
    await page.getByRole('button', { name: 'New conversation' }).click();
    await page.getByLabel('Model', { exact: true }).selectOption('echo');
    await sendMessage(page, 'Another subject');
    await replies(page).getByText('Echo: Another subject').waitFor();

    await page.evaluate(`location.hash = '#/statement'`);
    const table = page.getByRole('region', { name: 'What it was spent on' }).last();
    await table.waitFor();
    const rows = (await table.getByRole('row').allInnerTexts()).map((row) => row.split('\t'));
    expect(rows.slice(1).sort()).toEqual([
      ['Another subject', 'echo', '1', '-1,500'],
      ['How tall is <b>the tower</b>?', 'cheap', '1', '-1'],
      ['How tall is <b>the tower</b>?', 'echo', '1', '-1,500'],
    ]);
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await table.getByRole('link', { name: 'How tall is' }).first().click();
    await replies(page).getByText('Echo: And how wide?').waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });
}
