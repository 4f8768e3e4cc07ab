import { expect, test } from 'vitest';
import { toolCalls, type ToolFragment } from '../../../src/adapters/ai/tool-fragments.js';
import type { ReplyChunk } from '../../../src/ports/ai-model.js';
import { gathered } from './gathered.js';

const names = new Set(['look', 'find', 'find_all']);

/** A fragment as `index id name arguments`. */
const f = (index: number | null, id: string, name: string, text: string): ToolFragment => ({
  index,
  id,
  name,
  arguments: text,
});

function put(fragments: readonly ToolFragment[]): { chunks: ReplyChunk[]; calls: string[] } {
  let made = 0;
  const calls = toolCalls(names, () => `made-${(made += 1)}`);
  const chunks = [...fragments.flatMap((fragment) => calls.take(fragment)), ...calls.finish()];
  return { chunks, calls: gathered(chunks).calls.map((call) => `${call.id} ${call.name} ${call.arguments}`) };
}

test.each<[how: string, fragments: ToolFragment[], calls: string[]]>([
  [
    'all of index 0, an id only at the first of each',
    [
      f(0, 'a', 'look', ''),
      f(0, '', '', '{"x":'),
      f(0, '', '', '1}'),
      f(0, 'b', 'find', ''),
      f(0, '', '', '{"y":2}'),
    ],
    ['a look {"x":1}', 'b find {"y":2}'],
  ],
  [
    'all of index 0, an id only at the very first, and a name at the first of each',
    [f(0, 'a', 'look', ''), f(0, '', '', '{"x":1}'), f(0, '', 'find', ''), f(0, '', '', '{"y":2}')],
    ['a look {"x":1}', 'made-1 find {"y":2}'],
  ],
  [
    'all of index 0, an id and a name only at the very first',
    [f(0, 'a', 'look', ''), f(0, '', '', '{"x":1}'), f(0, '', '', '{"x":'), f(0, '', '', '2}')],
    ['a look {"x":1}', 'made-1 look {"x":2}'],
  ],
  [
    'the same tool twice, with its name at the first of each',
    [f(0, 'a', 'look', '{"x":1}'), f(0, '', 'look', ''), f(0, '', '', '{"x":2}')],
    ['a look {"x":1}', 'made-1 look {"x":2}'],
  ],
  [
    'two objects in one fragment',
    [f(0, 'a', 'look', '{"x":"}"}{"x"'), f(0, '', '', ':2}')],
    ['a look {"x":"}"}', 'made-1 look {"x":2}'],
  ],
  [
    'no index at all',
    [
      f(null, 'a', 'look', '{"x":'),
      f(null, 'a', '', '1}'),
      f(null, 'b', 'look', '{"x":'),
      f(null, '', '', '2}'),
    ],
    ['a look {"x":1}', 'b look {"x":2}'],
  ],
  [
    'neither index nor id',
    [f(null, '', 'look', '{"x":1}'), f(null, '', 'find', '{"y":2}')],
    ['made-1 look {"x":1}', 'made-2 find {"y":2}'],
  ],
  [
    'an id on every fragment',
    [f(0, 'a', 'look', '{"x":'), f(0, 'a', 'look', '1}'), f(1, 'b', 'find', '{'), f(1, 'b', 'find', '}')],
    ['a look {"x":1}', 'b find {}'],
  ],
  [
    'a new id on every fragment, the index the same',
    [f(0, 'a', 'look', '{"x":'), f(0, 'b', '', '1'), f(0, 'c', 'look', '}')],
    ['a look {"x":1}'],
  ],
  [
    'interleaved indexes',
    [f(0, 'a', 'look', '{'), f(1, 'b', 'find', '{"y"'), f(0, '', '', '"x":1}'), f(1, '', '', ':2}')],
    ['a look {"x":1}', 'b find {"y":2}'],
  ],
  [
    'interleaved ids of one index',
    [f(0, 'a', 'look', '{'), f(0, 'b', 'find', '{"y"'), f(0, 'a', '', '"x":1}'), f(0, 'b', '', ':2}')],
    ['a look {"x":1}', 'b find {"y":2}'],
  ],
  [
    'indexes that do not begin at 0',
    [f(7, 'a', 'look', '{}'), f(3, 'b', 'find', '{}')],
    ['a look {}', 'b find {}'],
  ],
  ['a split name', [f(0, 'a', 'fi', ''), f(0, '', 'nd', ''), f(0, '', '', '{}')], ['a find {}']],
  [
    'a split name that begins like a tool',
    [f(0, 'a', 'find', ''), f(0, '', '_all', '{}')],
    ['a find_all {}'],
  ],
  [
    'a repeated name',
    [f(0, 'a', 'find', ''), f(0, '', 'find', '{"y"'), f(0, '', 'find', ':2}')],
    ['a find {"y":2}'],
  ],
  ['an id that comes late', [f(0, '', 'look', ''), f(0, 'a', '', '{}')], ['a look {}']],
  [
    'the same id twice',
    [f(0, 'a', 'look', '{"x":1}'), f(1, 'a', 'look', '{"x":2}')],
    ['a look {"x":1}', 'made-1 look {"x":2}'],
  ],
  [
    'the whole again at the end',
    [f(0, 'a', 'look', '{"x":1}'), f(0, 'a', 'look', '{"x":1}')],
    ['a look {"x":1}'],
  ],
  ['no arguments', [f(0, 'a', 'look', '')], ['a look {}']],
  [
    'the same name again, after whole arguments',
    [f(0, 'a', 'look', '{"x":1}'), f(0, '', 'look', '')],
    ['a look {"x":1}', 'made-1 look {}'],
  ],
  ['blank arguments', [f(0, 'a', 'look', ' '), f(0, '', '', '\n')], ['a look {}']],
  [
    'no arguments, and then another call',
    [f(0, 'a', 'look', ''), f(0, '', 'find', '{}')],
    ['a look {}', 'made-1 find {}'],
  ],
  [
    'no arguments but those of a later call',
    [f(0, 'a', 'look', ''), f(1, 'b', 'find', '{"y":2}')],
    ['a look {}', 'b find {"y":2}'],
  ],
  ['what is no object', [f(0, 'a', 'look', 'nul'), f(0, '', '', 'l')], ['a look null']],
  ['arguments that are cut off', [f(0, 'a', 'look', '{"x":"')], ['a look {"x":"']],
  ['fragments of nothing', [f(0, '', '', ''), f(4, 'a', 'look', '{}'), f(9, '', '', '')], ['a look {}']],
  [
    'characters that a parser would change',
    [f(0, 'a', 'look', ' { "id" : 2512292042121000001, "x":1.0, "\\u00e9":"\\ud83d" }\n')],
    ['a look  { "id" : 2512292042121000001, "x":1.0, "\\u00e9":"\\ud83d" }\n'],
  ],
])('calls with %s are combined', (_, fragments, calls) => {
  expect(put(fragments).calls).toEqual(calls);
});

test('arguments are passed on as they come', () => {
  const { chunks } = put([f(0, 'a', 'look', ''), f(0, '', '', '{"x"'), f(0, '', '', ':1}')]);
  expect(chunks).toEqual([
    { type: 'tool_call', call: { id: 'a', name: 'look', arguments: '{"x"' } },
    { type: 'tool_arguments', index: 0, text: ':1}' },
  ]);
});

test('a call without a name is provider_failed', () => {
  expect(() => put([f(0, 'a', '', '{}')])).toThrow('without a name');
});

test('too many calls are provider_failed', () => {
  const calls = Array.from({ length: 1000 }, (_, index) => f(index, `${index}`, 'look', '{}'));
  expect(put(calls).calls).toHaveLength(1000);
  expect(() => put([...calls, f(1000, 'x', 'look', '{}')])).toThrow('too many');
  const objects = '{}'.repeat(100_000);
  expect(() => put([f(0, 'a', 'look', objects)])).toThrow('too many');
});
