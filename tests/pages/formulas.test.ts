import { describe, expect, test } from 'vitest';
import { protectFormulas } from '../../web/chat/conversation/markdown/protect-formulas.js';
import { splitBlocks } from '../../web/chat/conversation/markdown/split-blocks.js';

const formulasOf = (text: string, isGrowing = false) =>
  protectFormulas(text, isGrowing).parts.flatMap((part) => (part.kind === 'formula' ? [part.tex] : []));
const literalsOf = (text: string, isGrowing = false) =>
  protectFormulas(text, isGrowing).parts.flatMap((part) => (part.kind === 'literal' ? [part.source] : []));

describe('formulas in Markdown', () => {
  test.each([
    ['so \\(a^2\\) is', 'a^2'],
    ['\\[\na \\\\ b\n\\]', '\na \\\\ b\n'],
    ['$$\n2\\,T\n$$', '\n2\\,T\n'],
    ['where $$x = 1$$ holds', 'x = 1'],
    ['with $e^{i\\pi}$.', 'e^{i\\pi}'],
    ['($n$)', 'n'],
    ['cost \\$5 is $c$', 'c'],
    ['> \\[\n> a\n> \\]', '\na\n'],
    ['1. \\[\n   - b\n   \\]', '\n   - b\n   '],
    ['a \\\\ \\(b\\)', 'b'],
  ])('%j has the formula %j', (text, tex) => {
    expect(formulasOf(text)).toEqual([tex]);
  });

  test.each([
    '$5 and $6',
    'from $20/month to $30/month',
    'US$5 or 6$',
    '$10, $20/$30, and $40.',
    '$HOME/$USER and ${a}-${b}',
    'restaurants of $$ and $$$, $$ - $$$',
    "a '$' and a '$'",
    'note\\[1\\] and \\[not a link\\](https://a.example)',
    '`\\(a\\)` and ``$x$``',
    '```\n\\(a\\)\n\n$$x = 1$$\n```',
    '- ~~~tex\n  \\[a\\]\n  ~~~',
    '\\(a\n\nb\\)',
    '- \\(a\n- b\\)',
    'see \\[a_b\\](https://a.example)',
    'https://a.example/?a=$b&c=$d',
    '\\\\(a\\\\)',
  ])('%j has no formula', (text) => {
    expect(formulasOf(text)).toEqual([]);
  });

  test('the backslash of a thin space outside of formulas is kept', () => {
    expect(literalsOf('2\\,T and 2\\;T, but \\* and \\_')).toEqual(['\\,', '\\;']);
  });

  test('a formula whose end has not come is shown as its source, and only as long as the text grows', () => {
    expect(literalsOf('so \\(a^2 + ', true)).toEqual(['\\(a^2 + ']);
    expect(literalsOf('so \\(a^2 + ', false)).toEqual([]);
    expect(literalsOf('so \\(a^2 + \n\nNext', true)).toEqual([]);
  });

  test('a placeholder in the text itself is replaced', () => {
    const { text, parts } = protectFormulas('\uF8F10\uF8F2 \\(a\\)', false);
    expect(parts).toHaveLength(1);
    expect(text).toBe('\uFFFD0\uFFFD \uF8F10\uF8F2');
  });

  test.each(['\\(', '\\[', '$$', '$a', '`', '``` ', '\\(a\\) ', '$a$ ', '$$x_1$$ ', '\n> ', '\\\\', '[x]: '])(
    '%j again and again takes no time that grows with its square',
    (part) => {
      const msFor = (length: number) => {
        const text = part.repeat(Math.ceil(length / part.length));
        const startedAt = performance.now();
        protectFormulas(text, true);
        protectFormulas(text, false);
        splitBlocks(text);
        return performance.now() - startedAt;
      };
      msFor(50_000);
      expect(msFor(200_000)).toBeLessThan(2000);
    },
  );
});

describe('blocks of Markdown', () => {
  test.each([
    [['One', 'Two\nthree', '# Four']],
    [['```js\na\n\nb\n```', 'Text']],
    [['- a\n\n  more of a\n\n- b', 'Text']],
    [['<details>\n<summary>A</summary>\n\nHidden\n\n</details>', 'Text']],
    [['| a |\n|---|\n| b |', '> quoted']],
  ])('%j are split and nothing else is', (blocks) => {
    expect(splitBlocks(blocks.join('\n\n')).map((block) => block.trim())).toEqual(blocks);
  });

  test('each block that may refer to an address has its definition', () => {
    const [first, second] = splitBlocks('See [a].\n\nNo reference.\n\n[a]: https://a.example');
    expect(first).toContain('[a]: https://a.example');
    expect(second).not.toContain('https');
  });

  test('a text with notes is one block, because they are numbered together', () => {
    expect(splitBlocks('One[^1].\n\nTwo.\n\n[^1]: Note')).toHaveLength(1);
  });
});
