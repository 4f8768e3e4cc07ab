import { describe, expect, test } from 'vitest';
import { byteCount, mediaProblem, mediaProblems } from '../../../src/domain/chat/media.js';
import type { MediaSource, ModelMessage } from '../../../src/ports/ai-model.js';

const data = (mediaType: string, text = 'QUJD'): MediaSource => ({ type: 'base64', mediaType, data: text });
const link = (url: string): MediaSource => ({ type: 'url', url });
const image = (source: MediaSource) => mediaProblem({ type: 'image', source });
const file = (source: MediaSource) => mediaProblem({ type: 'file', source, name: null });

describe('an image or a file', () => {
  test.each(['image/png', 'image/jpeg', 'image/jpg', 'image/gif', 'image/webp'])('may be %s', (mediaType) => {
    expect(image(data(mediaType))).toBeNull();
  });

  test.each(['image/svg+xml', 'image/*', 'text/html', 'application/pdf', '', 'IMAGE/PNG', '__proto__'])(
    'is no image of the type "%s"',
    (mediaType) => {
      expect(image(data(mediaType))).toContain('image/png');
    },
  );

  test.each(['application/pdf', 'text/plain', 'text/x-c++', 'application/json', 'application/xml'])(
    'may be a file of the type %s',
    (mediaType) => {
      expect(file(data(mediaType))).toBeNull();
    },
  );

  test.each([
    'application/zip',
    'text/',
    'text/plain\r\nx',
    'text/plain;charset=x',
    'image/png',
    'video/mp4',
  ])('is no file of the type %j', (mediaType) => {
    expect(file(data(mediaType))).toContain('application/pdf');
  });

  test.each(['', 'QUJ', 'QUJD====', 'QU=D', 'QUJD\n', 'QU D', 'QU_-', '====', 'QUJDé===', 'QUJDQ==='])(
    'is not the data %j',
    (text) => {
      expect(image(data('image/png', text))).toContain('Base64');
      expect(file(data('text/plain', text))).toContain('Base64');
    },
  );

  test.each([
    'https://x.example/a.png',
    'HTTPS://x.example',
    'https://x.example:8443/a?b=c#d',
    'https://[2001:db8::1]/a',
    'https://xn--bcher-kva.example/%C3%BC',
  ])('may be the address %s', (url) => {
    expect(image(link(url))).toBeNull();
    expect(file(link(url))).toBeNull();
  });

  test.each([
    'https://x.example:99999/a',
    'https://%zz/a',
    'https://[::1/a',
    'https://x y/a',
    'https://256.1.1.1/',
  ])('is no address that can be parsed: %s', (url) => {
    expect(image(link(url))).toMatch(/^An address must/);
    expect(file(link(url))).toMatch(/^An address must/);
  });

  test.each([
    'http://x.example/a.png',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:image/png;base64,QUJD',
    'ftp://x.example/a',
    '//x.example/a',
    ' https://x.example',
    'https://x.example/a b',
    'https://x.example/a\r\nHost: y',
    'https://user:secret@x.example/a',
    'https:\\\\x.example\\a',
    'https://',
    'https:///a',
    '',
  ])('is not the address %j', (url) => {
    expect(image(link(url))).toContain('https://');
    expect(file(link(url))).toContain('https://');
  });

  test('has an address that is not too long', () => {
    expect(image(link(`https://x.example/${'a'.repeat(8192)}`))).toContain('8192');
  });
});

test('the problems of messages are named once, also those within results of tools', () => {
  const bad = { type: 'image', source: link('http://x.example') } as const;
  const messages: ModelMessage[] = [
    { role: 'user', parts: [bad, bad, { type: 'file', source: data('application/zip'), name: null }] },
    { role: 'tool', parts: [{ type: 'tool_result', toolCallId: 'a', content: [bad], isError: false }] },
  ];
  expect(mediaProblems(messages)).toHaveLength(2);
  expect(mediaProblems(messages.slice(1))).toHaveLength(1);
});

test.each([
  ['', 0],
  ['QQ==', 1],
  ['QUI=', 2],
  ['QUJD', 3],
])('the bytes of %j are counted', (text, count) => {
  expect(byteCount({ type: 'base64', mediaType: 'image/png', data: text })).toBe(count);
});

test('data of 48 MB is validated in time that grows with its size only', () => {
  const startedAt = performance.now();
  const large = 'QUJD'.repeat(12_000_000);
  expect(image(data('image/png', large))).toBeNull();
  expect(image(data('image/png', `${large}====`))).not.toBeNull();
  expect(performance.now() - startedAt).toBeLessThan(5000);
});
