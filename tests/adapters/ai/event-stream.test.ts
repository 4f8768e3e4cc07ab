import { expect, test } from 'vitest';
import { readBody, type StreamEvent } from '../../../src/adapters/ai/event-stream.js';
import type { HttpResponse } from '../../../src/adapters/ai/http-post.js';

function responseOf(...chunks: readonly (string | Buffer)[]): HttpResponse {
  const waiting = chunks.map((chunk) => Buffer.from(chunk as string));
  const nothing = () => undefined;
  return {
    status: 200,
    headers: {},
    read: () => Promise.resolve(waiting.shift() ?? null),
    release: nothing,
    close: nothing,
  };
}

async function eventsOf(...chunks: readonly (string | Buffer)[]): Promise<StreamEvent[]> {
  const body = readBody(responseOf(...chunks));
  const events: StreamEvent[] = [];
  for (;;) {
    const part = await body.next();
    if (part === null) return events;
    if (part.type !== 'events') throw new TypeError('It is no event stream.');
    events.push(...part.events);
  }
}

const plain = (data: string): StreamEvent => ({ event: null, data });

test('a byte order mark of the stream is skipped, and one of the text is kept', async () => {
  const mark = Buffer.from([0xef, 0xbb, 0xbf]);
  const stream = Buffer.concat([mark, Buffer.from('data: \ufeffHi\n\n')]);
  expect(await eventsOf(stream)).toEqual([plain('\ufeffHi')]);
  expect(await eventsOf(...Array.from(stream, (byte) => Buffer.of(byte)))).toEqual([plain('\ufeffHi')]);
});

test('NUL, lone surrogates and wrong bytes neither end nor break an event', async () => {
  expect(await eventsOf('data: a\0b\n\n', 'data: "\\ud83d"\n\n')).toEqual([
    plain('a\0b'),
    plain('"\\ud83d"'),
  ]);
  expect(await eventsOf(Buffer.from([...Buffer.from('data: a'), 0xff, 0x0a, 0x0a]))).toEqual([
    plain('a\ufffd'),
  ]);
});

test.each(['\n', '\r', '\r\n'])('lines may end with %j, split anywhere', async (end) => {
  const text = `event: x${end}data: one${end}data: two${end}${end}: comment${end}${end}data: three${end}${end}`;
  const expected = [{ event: 'x', data: 'one\ntwo' }, plain('three')];
  expect(await eventsOf(text)).toEqual(expected);
  expect(await eventsOf(...Array.from(text))).toEqual(expected);
  for (let offset = 0; offset <= text.length; offset += 1) {
    expect(await eventsOf(text.slice(0, offset), text.slice(offset))).toEqual(expected);
  }
});

test('a last event without a blank line is read', async () => {
  expect(await eventsOf('data: one\n\ndata: two')).toEqual([plain('one'), plain('two')]);
});

test('[DONE] is an event as soon as its line has come, and only as a whole line', async () => {
  for (const end of ['', '\n', '\r\n', '\n\n']) {
    const body = readBody(
      responseOf(`data: one${end === '' ? '\n' : end}data: [DO`, `NE]${end}`, 'data: two'),
    );
    await body.next();
    expect(await body.next()).toMatchObject({
      events: [{ data: expect.stringMatching(/\[DONE\]$/) as string }],
    });
  }
  expect(await eventsOf('data: "about data: [DONE]', ' in a text"\n\n')).toEqual([
    plain('"about data: [DONE] in a text"'),
  ]);
});

test('a body of JSON is read whole, whatever white space is before it', async () => {
  const body = readBody(responseOf('\n \n', ' {"a":', '1}'));
  const parts = [];
  for (let part = await body.next(); part !== null; part = await body.next()) parts.push(part);
  expect(parts.at(-1)).toEqual({ type: 'json', text: ' {"a":1}' });
});

const megabyte = 'x'.repeat(1024 * 1024);

test.each([
  ['a line that does not end', ['data: ', ...Array<string>(5).fill(megabyte)]],
  ['an event that does not end', Array<string>(5).fill(`data: ${megabyte}\n`)],
  ['a body of JSON that does not end', ['{', ...Array<string>(5).fill(megabyte)]],
])('%s is an error after 4 MiB', async (_, chunks) => {
  await expect(eventsOf(...chunks)).rejects.toThrow('too long');
});

test('a long event arrives whole in small parts', async () => {
  const line = Array<string>(30_000).fill('x'.repeat(100));
  const [event] = await eventsOf('data: ', ...line, '\n\n');
  expect(event?.data.length).toBe(3_000_000);
});

test('unknown lines are ignored, and a body of only such lines is not read to its end', async () => {
  expect(await eventsOf('unknown: field\nretry: soon\nno colon\n'.repeat(300), 'data: one\n\n')).toEqual([
    plain('one'),
  ]);
  await expect(eventsOf('<p>\n'.repeat(10_000))).rejects.toThrow('The body is not an event stream.');
});
