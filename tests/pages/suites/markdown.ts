import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { awaitUntil } from '../../../src/testing/await-until.js';
import { sends } from '../../adapters/ai/misbehaving-provider.js';
import { openAiCompatible as wire } from '../../adapters/ai/wire-formats.js';
import { accessibilityViolations } from '../browser.js';
import { replies, sendMessage, signUp, waitForBalance } from '../chat-steps.js';
import type { ServedPages } from '../served-pages.js';

/** How the page shows the Markdown of replies. */
export function markdownSuite(pages: () => ServedPages): void {
  /** A page with one reply of the model `provided`. */
  const visitWithReply = async (reply: string, options: object = {}) => {
    const { provider, visit } = pages();
    provider.behave(sends(wire.start, wire.text(reply), wire.finish('stop', { input: 1, output: 2 })));
    const visited = await visit(options);
    await signUp(visited.page);
    await visited.page.getByLabel('Model').selectOption('provided');
    await sendMessage(visited.page, 'Go on');
    await waitForBalance(visited.page, '3,900');
    return visited;
  };
  const textOf = (page: Page) => replies(page).locator('.markdown').innerText();
  const widthsOf = (page: Page) =>
    page.evaluate<number[]>(
      '[...document.querySelectorAll("html, main, .scroll, .column")].map((box) => box.scrollWidth - box.clientWidth)',
    );

  test('code is highlighted by its language, which is loaded with the first code, and can be wrapped', async () => {
    const { page, pageErrors, close } = await visitWithReply('Nothing yet.');
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(request.url()));
    const reply = `\`\`\`py\ndef f(x):\n    return "${'long '.repeat(60)}" # done\n\`\`\`\n\n\`\`\`nothing\nif x\n\`\`\``;
    pages().provider.behave(
      sends(wire.start, wire.text(reply), wire.finish('stop', { input: 1, output: 2 })),
    );
    await sendMessage(page, 'Again');
    const code = page.locator('.code').first();
    await code.getByText('py', { exact: true }).waitFor();
    await code.locator('.hljs-keyword', { hasText: 'def' }).waitFor();
    await code.locator('.hljs-comment', { hasText: '# done' }).waitFor();
    expect(loaded.filter((url) => /\/(python|rust|css|cpp)-/.test(url))).toHaveLength(1);
    expect(await page.locator('.code').nth(1).locator('pre span').count()).toBe(0);
    await code.locator('pre[tabindex="0"]').waitFor();
    await code.getByRole('button', { name: 'Wrap long lines' }).click();
    await code.locator('pre:not([tabindex])').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('the beginning of very long code has colours, and all of it is there', async () => {
    const line = 'def f(x): return x  # the same line\n';
    const code = line.repeat(1500);
    const { page, pageErrors, close } = await visitWithReply(`\`\`\`py\n${code}\`\`\``);
    const block = page.locator('.code pre');
    await block.locator('.hljs-keyword').first().waitFor();
    await expect.poll(() => block.textContent()).toBe(code.trimEnd());
    const coloured = await block.locator('.hljs-comment').count();
    expect(coloured).toBeGreaterThan(1000);
    expect(coloured).toBeLessThan(1200);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('formulas are typeset, and amounts of money and code are left alone', async () => {
    const reply = [
      'It costs $5 and $6. Write `\\(x\\)`; 2\\,T is a weight.',
      'Inline \\(a^2\\) and $b_1$, \\(\\pmb{c}\\) and \\(\\fcolorbox{red}{blue}{d}\\).',
      `\\[\n${'x_{1} + '.repeat(60)} 2\\,T\n\\]`,
      'Wrong: \\(\\frac{\\)',
    ].join('\n\n');
    const { page, pageErrors, close } = await visitWithReply(reply, {
      viewport: { width: 390, height: 780 },
    });
    await page.locator('.formula.displayed[tabindex="0"] .katex').waitFor();
    const sources = page.locator('annotation');
    await expect.poll(async () => (await sources.allTextContents()).slice(0, 2)).toEqual(['a^2', 'b_1']);
    await expect.poll(() => sources.count()).toBe(5);
    await expect.poll(() => sources.last().textContent()).toContain('2\\,T');
    const text = await textOf(page);
    expect(text).toContain('It costs $5 and $6. Write \\(x\\); 2\\,T is a weight.');
    expect(text).toContain('\\(\\frac{\\)');
    // The font is loaded when the first formula is drawn.
    await page.waitForFunction('document.fonts.check("16px KaTeX_Main")');
    expect(await widthsOf(page)).toEqual([0, 0, 0, 0]);
    expect(await accessibilityViolations(page)).toEqual([]);
    // The security policy of the page allows no style attributes; the console would say so.
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('a few elements of HTML are rendered, and all others are text', async () => {
    const reply = [
      'H<sub>2</sub>O x<sup>2</sup> <kbd>Ctrl</kbd> <b>bold</b> <sub onclick="hit()">no</sub> </sup>',
      '| a | b |\n|---|---|\n| one<br>two | three |',
      '<details>\n<summary>More <i>here</i></summary>\n\nHidden **text**\n\n</details>',
    ].join('\n\n');
    const { page, pageErrors, close } = await visitWithReply(reply);
    const shown = replies(page).locator('.markdown');
    await shown.locator('summary', { hasText: 'More <i>here</i>' }).waitFor();
    await expect.poll(() => shown.locator('sub').allTextContents()).toEqual(['2']);
    await expect.poll(() => shown.locator('sup').allTextContents()).toEqual(['2']);
    await expect.poll(() => shown.locator('kbd').allTextContents()).toEqual(['Ctrl']);
    await expect.poll(() => shown.locator('td br').count()).toBe(1);
    expect(await shown.locator('b, i').count()).toBe(0);
    await expect.poll(() => textOf(page)).toContain('<b>bold</b> <sub onclick="hit()">no</sub> </sup>');
    expect(await shown.locator('strong').isVisible()).toBe(false);
    await shown.locator('summary').click();
    await shown.locator('strong', { hasText: 'text' }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test('nothing in a reply becomes a script, a link to one, or a thing over the page around it', async () => {
    const reply = [
      '[a](javascript:hit()) <javascript:hit()> ![b](javascript:hit()) [c](data:text/html,hit) [d]\n\n[d]: vbscript:hit()',
      '<script>hit()</script>\n\n<img src=x onerror=hit()>\n\n<iframe srcdoc="<script>parent.hit()</script>"></iframe>',
      '<details open ontoggle=hit()><summary>x</summary></details>\n\n<svg onload=hit()><style>*{display:none}</style>',
      '\\(\\href{javascript:hit()}{x}\\) \\(\\url{javascript:hit()}\\) \\(\\includegraphics{https://a.example/x.png}\\)',
      '\\(\\htmlClass{shade}{x}\\) \\(\\htmlId{root}{x}\\) \\(\\htmlStyle{position:fixed}{x}\\) \\(\\htmlData{a=b}{x}\\)',
      '\\(\\kern-500em\\rule{500em}{500em}\\raisebox{400em}{over}\\)',
      `\\(\\def\\a{\\a\\a}\\a\\) \\(${'{'.repeat(2000)}x\\) \\(${'x+'.repeat(3000)}x\\)`,
      '```"><img onerror=hit()>\n<img src=x onerror=hit()>\n```',
      `${'> '.repeat(3000)}deep\n\n${'<sub>'.repeat(500)}deep`,
      'The end.',
    ].join('\n\n');
    const { page, pageErrors, close } = await visitWithReply(reply, {
      // The error that a component catches to show plain text; 520 says that React repeated what had failed in the background.
      expects: /nested too deeply|RangeError|React error #520/,
    });
    await page.getByText('The end.').waitFor();
    await page.locator('.katex').first().waitFor();
    const shown = page.locator('.markdown');
    expect(await shown.locator('script, iframe, img, style, object, embed, form, link, base').count()).toBe(
      0,
    );
    expect(await shown.locator('a').count()).toBe(0);
    expect(await shown.locator('.shade, [id], [style*=fixed], [data-a]').count()).toBe(0);
    const handlers = await page.evaluate<number>(
      'document.querySelectorAll(".markdown *").values().filter((e) => e.getAttributeNames().some((name) => name.startsWith("on"))).toArray().length',
    );
    expect(handlers).toBe(0);
    await expect.poll(() => shown.locator('sub sub').count()).toBeLessThan(20);
    const tallest = await page.evaluate<number>('document.querySelector(".column").scrollHeight');
    expect(tallest).toBeLessThan(20_000);
    expect(await widthsOf(page)).toEqual([0, 0, 0, 0]);
    expect(pageErrors).toEqual([]);
    await close();
  });

  test.each([390, 820])(
    'a table of seven columns can be read and scrolled at %i px, and the page does not',
    async (width) => {
      const cells = (text: string) =>
        `| ${Array.from({ length: 7 }, (_, n) => `${text} ${n}`).join(' | ')} |`;
      const rows = [
        cells('Name of column'),
        `|${'---|'.repeat(7)}`,
        ...Array.from({ length: 4 }, () => cells('some longer content')),
      ];
      const { page, pageErrors, close } = await visitWithReply(rows.join('\n'), {
        viewport: { width, height: 780 },
      });
      const box = page.locator('.table[tabindex="0"]');
      await box.waitFor();
      // No word is broken, and few lines are.
      expect(await page.evaluate<number>('document.querySelector(".table td").clientHeight')).toBeLessThan(
        70,
      );
      await box.focus();
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowRight');
      await awaitUntil('the table is scrolled', 5000, async () =>
        (await page.evaluate('document.querySelector(".table").scrollLeft > 0')) ? true : null,
      );
      expect(await widthsOf(page)).toEqual([0, 0, 0, 0]);
      expect(await accessibilityViolations(page)).toEqual([]);
      expect(pageErrors).toEqual([]);
      await close();
    },
  );

  test('a narrow table is as wide as its content and takes no stop of the keyboard', async () => {
    const { page, pageErrors, close } = await visitWithReply('| a | b |\n|---|---|\n| 1 | 2 |');
    await page.locator('.table:not([tabindex])').waitFor();
    await expect
      .poll(async () => (await page.locator('.table table').boundingBox())?.width)
      .toBeLessThan(200);
    expect(pageErrors).toEqual([]);
    await close();
  });
}
