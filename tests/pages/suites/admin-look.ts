import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { administratorVisits } from '../administrator.js';
import type { ServedPages } from '../served-pages.js';

/** The look of the administration beside that of the chat page. */
export function adminLookSuite(pages: () => ServedPages): void {
  const visitAsAdmin = administratorVisits(pages);

  test('the theme that is chosen on one page is that of the other', async () => {
    const { page, pageErrors, close } = await visitAsAdmin('/users');
    const ground = async () => (await lookOf(page)).ground;
    await page.getByRole('heading', { name: 'Users' }).waitFor();
    const light = await ground();
    await page.getByRole('button', { name: 'Toggle light/dark mode' }).click();
    await expect.poll(ground).not.toBe(light);
    const dark = await ground();
    await page.goto(`${pages().server.url}/#/account`);
    await expect.poll(() => page.getByLabel('Theme').inputValue()).toBe('dark');
    await expect.poll(ground).toBe(dark);
    await page.getByLabel('Theme').selectOption('Light');
    await page.goto(`${pages().server.url}/admin/#/users`);
    await page.getByRole('heading', { name: 'Users' }).waitFor();
    await expect.poll(ground).toBe(light);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test.each(['light', 'dark'] as const)(
    'the administration has the type face and the colours of the chat page, in the %s theme',
    async (colorScheme) => {
      const [chat, administration] = await Promise.all([
        pages().visit({ path: '/', colorScheme }),
        pages().visit({ path: '/admin/', colorScheme }),
      ]);
      const looks = [];
      for (const { page } of [chat, administration]) {
        await page.getByLabel('Username or email').waitFor();
        await page.waitForFunction('document.fonts.check(\'16px "Inter Variable"\')');
        looks.push(await lookOf(page));
      }
      expect(looks[1]).toEqual(looks[0]);
      expect(looks[0]?.font).toBe('"Inter Variable"');
      for (const { pageErrors, close } of [chat, administration]) {
        expect(pageErrors).toEqual([]);
        await close();
      }
    },
  );
}

interface Look {
  font: string;
  ground: string;
  text: string;
  button: string;
}

function lookOf(page: Page): Promise<Look> {
  return page.evaluate<Look>(`(() => {
    const { fontFamily, backgroundColor, color } = getComputedStyle(document.body);
    const { backgroundColor: button } = getComputedStyle(document.querySelector('button[type=submit]') ?? document.body);
    return { font: fontFamily.split(',')[0], ground: backgroundColor, text: color, button };
  })()`);
}
