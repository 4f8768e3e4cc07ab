import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rawValues } from '../../../src/adapters/http/kit/raw-json.js';

const pattern = ['messages', '*', 'content', '*', 'input'];

test('values are found at their paths, as they are written', () => {
  const json = `\n{ "other": {"messages": [{"content":[{"input":0}]}]}, "\\u006dessages" :[ 1, {"content":
    [{ "input" : {"b":1.0,"a":"]}\\"\\\\"} }, {"id":"x","input":[ ]}, "input", {"text":"a"}]},
    {"content":"input"}, {"content":[{"input":-1e3 },{"input":null}]}] }`;
  expect(JSON.parse(json)).toBeTypeOf('object');
  expect([...rawValues(json, pattern)]).toEqual([
    ['messages.1.content.0.input', '{"b":1.0,"a":"]}\\"\\\\"}'],
    ['messages.1.content.1.input', '[ ]'],
    ['messages.3.content.0.input', '-1e3'],
    ['messages.3.content.1.input', 'null'],
  ]);
});

test('the last value of a repeated name counts, as in JSON.parse', () => {
  const json = '{"messages":[{"content":[{"input":1,"input":{"a":2}}]}]}';
  expect(rawValues(json, pattern).get('messages.0.content.0.input')).toBe('{"a":2}');
});

test('any JSON in any layout is found whole', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 1, '\t'), (inputs, space) => {
      const content = inputs.map((input) => ({ type: 'tool_use', input, id: 'input' }));
      const json = JSON.stringify({ messages: ['messages', { role: 'assistant', content }] }, null, space);
      const found = rawValues(json, pattern);
      expect(found.size).toBe(inputs.length);
      for (const [index, input] of inputs.entries()) {
        const raw = found.get(`messages.1.content.${index}.input`) ?? '';
        expect(json).toContain(`"input":${space === undefined ? '' : ' '}${raw}`);
        expect(JSON.stringify(JSON.parse(raw))).toBe(JSON.stringify(input));
      }
    }),
  );
});
