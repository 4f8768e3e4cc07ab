import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const readings =
  'count|innerText|innerHTML|textContent|allInnerTexts|allTextContents|isVisible|isHidden|inputValue|isChecked|isDisabled|isEnabled|isEditable|getAttribute|boundingBox';
const readOnce = new RegExp(`\\bexpect\\((?:[^;]*\\W)?await [^;]*\\.(?:${readings})\\([^;]*;`, 'g');
/** What a page does not show requires no time to appear, and polling would let it disappear unseen. */
const isOfAbsence = /\)\s*\.(not\.|toBe\(\s*(0|false),?\s*\)|toBeNull\(\))/;

/** The assertions of a source text that read once what a page shows, though it may show it a moment later. */
function assertionsReadOnce(text: string): string[] {
  return (text.match(readOnce) ?? []).filter((assertion) => !isOfAbsence.test(assertion));
}

it('what a page shows is asserted by polling, since it may appear a moment after what was awaited', () => {
  const found = readdirSync('tests/pages', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !import.meta.filename.endsWith(name))
    .flatMap((name) =>
      assertionsReadOnce(readFileSync(join('tests/pages', name), 'utf8')).map(
        (assertion) => `${name}: ${assertion}`,
      ),
    );
  expect(found).toEqual([]);
});

it.each([
  ['await expect.poll(() => replies.count()).toBe(2);', false],
  ['expect(await replies.count()).toBe(0);', false],
  ['expect(await body.innerText()).not.toMatch(/token/);', false],
  ['const text = await body.innerText(); expect(text).toBe("a");', false],
  ['expect(await replies.count()).toBe(2);', true],
  ['expect((await cells.allTextContents()).slice(0, 2)).toEqual(["a"]);', true],
  ['expect([name, await box.inputValue()]).toEqual([name, ""]);', true],
])('%s reads once: %s', (text, isReadOnce) => {
  expect(assertionsReadOnce(text)).toHaveLength(isReadOnce ? 1 : 0);
});
