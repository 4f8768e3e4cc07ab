import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { messageBox, newName, password, replies, waitForBalance } from '../chat-steps.js';
import { tabTo, typeInto } from '../keyboard-steps.js';
import type { ServedPages } from '../served-pages.js';

async function enter(page: Page, name: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

/** The chat page and the shop without a mouse. */
export function keyboardWalkSuite(pages: () => ServedPages): void {
  test('with the keyboard alone, a person signs up, chats, buys a package and sees it on the statement', async () => {
    const { page, pageErrors, close } = await pages().visit({ expects: /net::ERR_ABORTED/ });
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await enter(page, 'Create an account');
    await page.getByRole('heading', { name: 'Create an account' }).waitFor();
    await typeInto(page, 'Username', newName());
    await typeInto(page, 'Password', password);
    await page.keyboard.press('Enter');

    await messageBox(page).waitFor();
    await typeInto(page, 'Your message', 'Without a mouse');
    await page.keyboard.press('Enter');
    await replies(page).getByText('Echo: Without a mouse').waitFor();
    await waitForBalance(page, '2,500');
    await enter(page, '2,500 tokens');
    await page.getByRole('heading', { name: 'Tokens', exact: true }).waitFor();
    await enter(page, 'Get more tokens');
    await page.getByRole('button', { name: 'Buy for €9.00: Small' }).waitFor();
    await enter(page, 'Buy for €9.00: Small');

    await page.getByRole('button', { name: 'Pay', exact: true }).waitFor();
    await enter(page, 'Pay');
    await page.getByText('Thank you. The payment has arrived, and 10,000 tokens were added.').waitFor();
    await waitForBalance(page, '12,500');
    await enter(page, '12,500 tokens');
    await page.getByRole('heading', { name: 'Tokens', exact: true }).waitFor();
    await enter(page, 'Statement');
    await page.getByRole('row', { name: 'At the end 12,500' }).waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });
}
