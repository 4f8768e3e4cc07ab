import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { call, logIn, register } from '../../process/api-client.js';
import { administratorVisits } from '../administrator.js';
import type { ServedPages } from '../served-pages.js';

const people = Array.from({ length: 14 }, (_, index) => `listed_${String(index).padStart(2, '0')}`);
const lists = [
  '/users',
  '/chats',
  '/entries',
  '/orders',
  '/audit',
  '/packages',
  '/vouchers',
  '/webhooks',
  '/service-keys',
];

/** The lists of the administration: selections, widths and the keyboard. */
export function adminListsSuite(pages: () => ServedPages): void {
  const visitAsAdmin = administratorVisits(pages);
  const rowOf = (page: Page, username: string) => page.getByRole('row', { name: new RegExp(username) });
  const select = (page: Page, username: string) => rowOf(page, username).getByRole('checkbox').check();
  const selected = (page: Page) => page.locator('tbody input:checked').count();

  beforeAll(async () => {
    const { url } = pages().server;
    for (const username of people) await register(url, username);
    const { authToken } = await logIn(url, people[0] ?? '');
    await call(url, '/api/chat/', { authToken, body: { message: 'What is the tide?', model: 'cheap' } });
  });

  test('a selection ends with the filter, the order, the page and a reload, so that a bulk action acts on what is seen', async () => {
    const { page, pageErrors, reload, close } = await visitAsAdmin('/users?perPage=10');
    await select(page, 'listed_13');
    await page.getByLabel('Search by username or email').fill('listed_0');
    await rowOf(page, 'listed_13').waitFor({ state: 'detached' });
    await expect.poll(() => selected(page)).toBe(0);
    await page.getByLabel('Search by username or email').fill('listed_');
    await rowOf(page, 'listed_13').waitFor();
    await expect.poll(() => selected(page)).toBe(0);

    await select(page, 'listed_13');
    await page.getByRole('button', { name: /^Sort by Username/ }).click();
    await rowOf(page, 'listed_00').waitFor();
    await expect.poll(() => selected(page)).toBe(0);

    await select(page, 'listed_00');
    await page.getByRole('button', { name: 'Go to next page' }).click();
    await rowOf(page, 'listed_12').waitFor();
    await page.getByRole('button', { name: 'Go to previous page' }).click();
    await rowOf(page, 'listed_00').waitFor();
    await expect.poll(() => selected(page)).toBe(0);

    await select(page, 'listed_00');
    await reload();
    await rowOf(page, 'listed_00').waitFor();
    await expect.poll(() => selected(page)).toBe(0);
    expect(await page.getByRole('button', { name: 'Disable' }).count()).toBe(0);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a list says how many match its filters, also on its last page', async () => {
    const { page, pageErrors, close } = await visitAsAdmin('/users?perPage=10');
    await page.getByLabel('Search by username or email').fill('listed_');
    await page.getByRole('main').getByText('14 in all').waitFor();
    await page.getByRole('button', { name: 'Go to next page' }).click();
    await rowOf(page, 'listed_00').waitFor();
    await page.getByRole('main').getByText('14 in all').waitFor();
    await page.getByLabel('Search by username or email').fill('listed_0');
    await page.getByRole('main').getByText('10 in all').waitFor();
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('the dialog of a bulk action names the accounts, and acts on no others', async () => {
    const { page, pageErrors, close } = await visitAsAdmin('/users?perPage=25');
    await page.getByLabel('Search by username or email').fill('listed_');
    await page.getByText('root_admin', { exact: true }).nth(1).waitFor({ state: 'detached' });
    for (const username of people.slice(0, 8)) await select(page, username);
    await page.getByRole('button', { name: 'Disable' }).click();
    const dialog = page.getByRole('dialog');
    const names = 'listed_07, listed_06, listed_05, listed_04, listed_03 and 3 more';
    await dialog.getByText(names).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    for (const username of people.slice(2, 8)) await rowOf(page, username).getByRole('checkbox').uncheck();
    await page.getByRole('button', { name: 'Disable' }).click();
    await dialog.getByText('listed_01 and listed_00').waitFor();
    await dialog.getByRole('button', { name: 'Disable' }).click();
    await page.getByText('2 accounts disabled.').waitFor();
    const disabled = page.getByRole('row').filter({ hasText: 'Disabled' });
    await expect.poll(() => disabled.count()).toBe(2);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test.each([360, 600, 820, 1024, 1250])(
    'at %i px every list and its buttons fit the screen, and only the table scrolls sideways',
    async (width) => {
      const { page, pageErrors, close } = await visitAsAdmin('/users');
      await page.setViewportSize({ width, height: 800 });
      for (const path of lists) {
        await page.goto(`${pages().server.url}/admin/#${path}`);
        await page.locator('main h1, h1').first().waitFor();
        await page.waitForLoadState('networkidle');
        expect([path, await page.evaluate(outsideOfScreen)]).toEqual([path, []]);
      }
      expect(pageErrors).toEqual([]);
      await close();
    },
  );

  test.each(['en-US', 'de-DE'])(
    'at 1280 px the users have their filters in one line and no hidden column, in %s',
    async (locale) => {
      const { page, pageErrors, close } = await visitAsAdmin('/users', /^$/, locale);
      await page.setViewportSize({ width: 1280, height: 800 });
      await rowOf(page, 'listed_13').waitFor();
      await page.evaluate('document.fonts.ready');
      await expect.poll(() => page.evaluate(topsOfFilters)).toHaveLength(1);
      await expect.poll(() => page.evaluate(hiddenPx)).toBe(0);
      expect(pageErrors).toEqual([]);
      await close();
    },
  );

  test.each(['chats', 'entries', 'audit'])(
    'the list of %s is sorted by time, and its file too',
    async (list) => {
      const { page, pageErrors, close } = await visitAsAdmin(`/${list}?perPage=10`);
      const times = () => page.evaluate<string[]>(timesOfRows);
      const requests: string[] = [];
      page.on('request', (request) => requests.push(new URL(request.url()).search));
      await page.getByRole('button', { name: 'Sort by When ascending' }).click();
      await page.getByRole('button', { name: 'Sort by When descending' }).waitFor();
      await expect
        .poll(async () => {
          const shown = await times();
          return shown.join() === shown.toSorted().join();
        })
        .toBe(true);
      expect(requests.some((query) => query.includes('sort=created_at'))).toBe(true);
      const begun = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save as CSV' }).click();
      expect((await begun).url()).toMatch(/sort=created_at.*format=csv/);
      expect(pageErrors).toEqual([]);
      await close();
    },
  );

  test('a keyboard reaches the list by the skip link, each filter is one stop, and hidden buttons get no focus', async () => {
    const { page, pageErrors, close } = await visitAsAdmin('/users');
    await rowOf(page, 'listed_13').waitFor();
    await page.keyboard.press('Tab');
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toMatch(/skip/i);
    await page.keyboard.press('Enter');
    const stops: string[] = [];
    for (let count = 0; count < 20; count += 1) {
      await page.keyboard.press('Tab');
      stops.push(await page.evaluate<string>(nameOfFocus));
      if (stops.at(-1) === 'Select this row') break;
    }
    expect(stops).toEqual([
      ...['Search by username or email', 'Role', 'Status', 'Joined: any time', 'Add', 'Save as CSV'],
      ...['Select all', 'Sort by Username ascending', 'Sort by Tokens descending'],
      ...['Sort by Joined ascending', 'Select this row'],
    ]);
    expect(pageErrors).toEqual([]);
    await close();
  });
}

/** Buttons, fields and links of the page that are not wholly within the screen, but for those in a table that scrolls. */
const outsideOfScreen = `(() => {
  const width = document.documentElement.clientWidth;
  const outside = [...document.querySelectorAll('main button, main input, main a, main [role=combobox], header button')]
    .filter((element) => element.closest('table, [role=group], [inert], .RaSidebar-fixed') === null)
    .filter((element) => element.getClientRects().length > 0)
    .filter((element) => { const { left, right } = element.getBoundingClientRect(); return right > width + 0.5 || left < -0.5; })
    .map((element) => element.outerHTML.slice(0, 120));
  return document.documentElement.scrollWidth > width ? ['the page scrolls', ...outside] : outside;
})()`;

/** The different heights at which the fields and buttons of the filters begin. */
const topsOfFilters = `(() => {
  const fields = [...document.querySelectorAll('.filter-field .MuiInputBase-root, .filter-field > button')];
  return [...new Set(fields.map((field) => Math.round(field.getBoundingClientRect().top)))];
})()`;

/** How much of a table is outside of what shows it. */
const hiddenPx = `(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('.RaDataTable-tableWrapper'))`;

/** The times in the first column. */
const timesOfRows = `[...document.querySelectorAll('main tbody tr td:first-child time')].map((time) => time.dateTime)`;

/** The accessible name of the focused element, roughly. */
const nameOfFocus = `(() => {
  const { activeElement: element } = document;
  const labelledBy = (element.getAttribute('aria-labelledby') ?? '').split(' ')[0];
  const label = element.getAttribute('aria-label') ?? document.getElementById(labelledBy)?.textContent;
  return (label ?? element.labels?.[0]?.textContent ?? element.textContent).trim();
})()`;
