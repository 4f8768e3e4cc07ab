import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** The most stops from one thing to the next that a person has to use. */
const maxStops = 30;

/** Presses Tab until the thing of that name has the focus, and a ring that shows it. */
export async function tabTo(page: Page, name: string): Promise<void> {
  const stops: string[] = [];
  while (stops.at(-1) !== name && stops.length < maxStops) {
    // A field may have the focus already when its page opens.
    if (stops.length > 0 || (await page.evaluate<string>(nameOfFocus)) !== name)
      await page.keyboard.press('Tab');
    stops.push(await page.evaluate<string>(nameOfFocus));
  }
  if (stops.at(-1) !== name) throw new Error(`Tab did not reach "${name}", but: ${stops.join(', ')}.`);
  expect([name, await page.evaluate('document.activeElement.matches(":focus-visible")')]).toEqual([
    name,
    true,
  ]);
}

export async function typeInto(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.type(text);
}

/** The accessible name of the focused element, roughly, without the mark of a required field. */
export const nameOfFocus = `(() => {
  const { activeElement: element } = document;
  const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent;
  return label.replace('*', '').trim();
})()`;
