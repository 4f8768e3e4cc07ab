import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { accessibilityViolations } from '../browser.js';
import { signIn, signUp, waitForBalance } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** Vouchers on both pages, with the administrator `root_admin`. */
export function vouchersSuite(pages: () => ServedPages): void {
  test('an administrator creates vouchers, saves and prints the codes once; a user redeems one, whatever its letters', async () => {
    const { visit } = pages();
    const { page, pageErrors, close } = await visit({ path: '/admin/#/login' });
    await signIn(page, 'root_admin');
    await page.getByRole('menuitem', { name: 'Vouchers' }).click();
    await page.getByText('There are no vouchers yet.').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Create vouchers' }).click();
    await page.getByRole('textbox', { name: 'Codes' }).fill('none');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await expect.poll(() => page.getByText('Enter a whole number above 0.').count()).toBe(2);
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'Tokens of each' }).fill('1,500');
    await page.getByRole('textbox', { name: 'Codes' }).fill('3');
    await page.getByRole('textbox', { name: 'For (optional)' }).fill('<b>Spring</b>');
    await page.getByLabel('Can be redeemed until (optional)').fill('2099-12-31T23:59');
    await page.getByRole('textbox', { name: 'Days that the tokens last (optional)' }).fill('90');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByText('3 vouchers created. Save the codes now').waitFor();
    const codes = await page.getByRole('list', { name: 'New codes' }).locator('code').allInnerTexts();
    expect(codes).toHaveLength(3);
    expect(await accessibilityViolations(page)).toEqual([]);

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as CSV' }).click();
    const rows = (await readFile(await (await download).path(), 'utf8')).trim().split('\r\n');
    expect(rows[0]).toBe('code,credits,expires_at');
    expect(rows.slice(1).map((row) => row.split(',').slice(0, 2))).toEqual(
      codes.map((code) => [code, '1500']),
    );

    await page.getByRole('button', { name: 'Print' }).click();
    const sheet = page.getByRole('dialog', { name: 'Vouchers to print' });
    for (const code of codes) await sheet.getByText(code).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    expect(await sheet.getByRole('button', { name: 'Close' }).isVisible()).toBe(false);
    expect(await page.getByRole('menuitem', { name: 'Vouchers' }).isVisible()).toBe(false);
    await expect.poll(() => sheet.getByText(codes[2] ?? '').isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    await sheet.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'I have saved them' }).click();
    expect(await page.content()).not.toContain(codes[0]);

    const user = await visit({ expects: /\b(404|409)\b.*\/api\/vouchers\/redeem\/$/ });
    await signUp(user.page);
    await user.page.locator('.pill').click();
    await user.page.getByRole('link', { name: 'Get more tokens' }).click();
    const redeem = user.page.getByRole('region', { name: 'Redeem a voucher' });
    await redeem.getByLabel('Voucher code').fill('7KQ2-0VHM-9XTA-D4ZB');
    await redeem.getByRole('button', { name: 'Redeem' }).click();
    await redeem.getByText('There is no voucher with this code.').waitFor();
    expect(await accessibilityViolations(user.page)).toEqual([]);
    await redeem.getByLabel('Voucher code').fill((codes[0] ?? '').toLowerCase().replaceAll('-', ' '));
    await user.page.keyboard.press('Enter');
    await redeem.getByText('1,500 tokens were added. What is left of them expires on').waitFor();
    await waitForBalance(user.page, '5,500');
    await redeem.getByLabel('Voucher code').fill(codes[0] ?? '');
    await user.page.keyboard.press('Enter');
    await redeem.getByText('You have redeemed this voucher already.').waitFor();
    await user.page.setViewportSize({ width: 390, height: 780 });
    expect(await user.page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(await accessibilityViolations(user.page)).toEqual([]);

    await page.reload();
    await page.getByRole('row', { name: /<b>Spring<\/b>.* open 3 1,500 1 of 3/ }).waitFor();
    await page.getByRole('button', { name: 'End the vouchers <b>Spring</b>' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End' }).click();
    await page.getByRole('row', { name: /<b>Spring<\/b>.* ended 3/ }).waitFor();
    await redeem.getByLabel('Voucher code').fill(codes[1] ?? '');
    await user.page.keyboard.press('Enter');
    await redeem.getByText('This voucher is no longer valid.').waitFor();
    await page.setViewportSize({ width: 390, height: 780 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(await accessibilityViolations(page)).toEqual([]);
    expect([...pageErrors, ...user.pageErrors]).toEqual([]);
    await close();
    await user.close();
  });

  test('if the vouchers cannot be read, the page says so and tries again', async () => {
    const { page, close } = await pages().visit({ path: '/admin/#/login', expects: /vouchers/ });
    await signIn(page, 'root_admin');
    await page.getByText('The ledger is sound').waitFor();
    await page.route('**/api/admin/vouchers/**', (route) => route.abort('connectionreset'));
    await page.getByRole('menuitem', { name: 'Vouchers' }).click();
    await page.getByText('The server cannot be reached.').waitFor();
    await page.unroute('**/api/admin/vouchers/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('table', { name: 'Vouchers' }).waitFor();
    await close();
  });
}
