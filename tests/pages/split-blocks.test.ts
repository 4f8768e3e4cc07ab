import { expect, test } from 'vitest';
import { splitBlocks } from '../../web/chat/conversation/markdown/split-blocks.js';

const notes = 'One[^a].\n\nTwo.\n\n[^a]: A note.\n\nThree.';

test('a reply with notes is split while it grows, and is one block at its end, so that they are numbered', () => {
  expect(splitBlocks(notes, true)).toHaveLength(4);
  expect(splitBlocks(notes, false)).toEqual([notes]);
});

test('the addresses of links reach each block that may have one, whether or not the reply grows', () => {
  const text = 'See [this].\n\nPlain.\n\n[this]: https://example.org';
  for (const isGrowing of [true, false]) {
    const blocks = splitBlocks(text, isGrowing);
    expect(blocks[0]).toBe('See [this].\n\n\n[this]: https://example.org');
    expect(blocks[1]?.trim()).toBe('Plain.');
  }
});
