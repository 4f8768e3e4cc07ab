import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  byteAt,
  imageDimensions,
  pdfPages,
  type Base64Source,
} from '../../../src/domain/metering/media-bytes.js';
import { mediaTokens } from '../../../src/domain/metering/media-tokens.js';
import { estimateInput, mostInput } from '../../../src/domain/metering/usage.js';
import type { FilePart, ImagePart, ModelMessage } from '../../../src/ports/ai-model.js';

const base64 = (bytes: Uint8Array | string, mediaType = 'image/png'): Base64Source => ({
  type: 'base64',
  mediaType,
  data: Buffer.from(bytes).toString('base64'),
});
const image = (source: ImagePart['source']): ImagePart => ({ type: 'image', source });
const file = (source: FilePart['source']): FilePart => ({ type: 'file', source, name: null });
const ask = (...parts: (ImagePart | FilePart)[]): ModelMessage[] => [{ role: 'user', parts }];

function png(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(33);
  bytes.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

function gif(width: number, height: number): Buffer {
  const bytes = Buffer.from('GIF89a\0\0\0\0\0\0', 'latin1');
  bytes.writeUInt16LE(width, 6);
  bytes.writeUInt16LE(height, 8);
  return bytes;
}

function jpeg(width: number, height: number, exifBytes = 40_000): Buffer {
  const exif = Buffer.alloc(exifBytes + 2);
  exif.writeUInt16BE(0xffe1);
  exif.writeUInt16BE(exifBytes, 2);
  const frame = Buffer.from('\xff\xc2\0\x11\x08\0\0\0\0\x03', 'latin1');
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), exif, Buffer.from('\xff\xc4\0\x04\0\0', 'latin1'), frame]);
}

function webp(kind: 'VP8 ' | 'VP8L' | 'VP8X', width: number, height: number): Buffer {
  const bytes = Buffer.alloc(40);
  bytes.write(`RIFF\0\0\0\0WEBP${kind}`, 'latin1');
  if (kind === 'VP8 ') {
    bytes.writeUInt16LE(width, 26);
    bytes.writeUInt16LE(height, 28);
  } else if (kind === 'VP8L') {
    bytes.writeUInt8(0x2f, 20);
    bytes.writeUInt32LE((width - 1) | ((height - 1) << 14), 21);
  } else {
    bytes.writeUIntLE(width - 1, 24, 3);
    bytes.writeUIntLE(height - 1, 27, 3);
  }
  return bytes;
}

describe('the dimensions of an image', () => {
  test.each([
    ['PNG', png(1920, 1080)],
    ['GIF', gif(1920, 1080)],
    ['JPEG after metadata', jpeg(1920, 1080)],
    ['lossy WebP', webp('VP8 ', 1920, 1080)],
    ['lossless WebP', webp('VP8L', 1920, 1080)],
    ['extended WebP', webp('VP8X', 1920, 1080)],
  ])('are read from the header: %s', (_, bytes) => {
    expect(imageDimensions(base64(bytes))).toEqual({ width: 1920, height: 1080 });
  });

  test('are not known of what has no header, whatever its bytes', () => {
    for (const bytes of ['', 'x', 'PNG', '\x89PNG', 'GIF8', '\xff\xd8', '\xff\xd8\xff\xe1\0\0', png(0, 7)]) {
      expect(imageDimensions(base64(Buffer.from(bytes as string, 'latin1')))).toBeNull();
    }
    const anyBytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.uint8Array({ maxLength: 300 }).map((rest) => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), rest])),
    );
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const found = imageDimensions(base64(bytes));
        expect(found === null || (found.width > 0 && found.height > 0)).toBe(true);
      }),
    );
  });

  test('of a JPEG are not searched for beyond 200 segments', () => {
    const withSegments = (count: number) => {
      const segments = Buffer.alloc(4 * count, Buffer.from([0xff, 0xe1, 0x00, 0x02]));
      return base64(Buffer.concat([Buffer.from([0xff, 0xd8]), segments, jpeg(30, 20, 2).subarray(2)]));
    };
    // Two more segments, of EXIF and a table, are before the frame.
    expect(imageDimensions(withSegments(197))).toEqual({ width: 30, height: 20 });
    expect(imageDimensions(withSegments(198))).toBeNull();
    expect(imageDimensions(withSegments(1_500_000))).toBeNull();
  });
});

test('every byte of Base64 is read as it was written, and 0 beyond the end', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      const { data } = base64(bytes);
      expect(Array.from(bytes, (_, index) => byteAt(data, index))).toEqual([...bytes]);
      expect(byteAt(data, bytes.length + 3)).toBe(0);
    }),
  );
});

describe('the tokens of an image', () => {
  // As documented by each provider for its largest count, or for this size.
  test.each<[what: string, part: ImagePart, counted: number]>([
    ['a large image, Claude 4.7', image(base64(png(8000, 8000))), 4784],
    ['a large image, GPT-4.1 nano', image(base64(png(8000, 8000))), Math.ceil(1536 * 2.46)],
    ['an image by address, Claude 4.7', image({ type: 'url', url: 'https://x.example/a.png' }), 4784],
    ['512×512, GPT-4o', image(base64(png(512, 512))), 255],
    ['a thin line of 2048×8, GPT-4o', image(base64(png(2048, 8))), 85 + 4 * 170],
    ['1024×1024, GPT-4o', image(base64(png(1024, 1024))), 765],
    ['1000×1000, Claude', image(base64(png(1000, 1000))), 36 * 36],
    ['a dot, Gemini 3', image(base64(png(1, 1))), 1120],
    ['without a header, Gemini 3 at its highest', image(base64('no image')), 2240],
  ])('are covered by a hold: %s', (_, part, counted) => {
    expect(mediaTokens(part, undefined).most).toBeGreaterThanOrEqual(counted);
  });

  test('are usually those of Anthropic, and never of its Base64 as a text', () => {
    const screenshot = image(base64(Buffer.concat([png(1000, 1000), Buffer.alloc(3_000_000)])));
    expect(mediaTokens(screenshot, undefined)).toEqual({ usual: 36 * 36, most: 5000 });
    expect(mediaTokens(image(base64(png(28, 29))), undefined).usual).toBe(2);
    expect(estimateInput(ask(screenshot, screenshot), Infinity)).toBe(2 * 36 * 36);
    expect(mostInput(ask(screenshot), { contextTokens: 1_000_000 }, { tools: [] })).toBe(16 + 8 + 5000);
  });

  test('are at most what the model says', () => {
    const dot = image(base64(png(1, 1)));
    expect(mostInput(ask(dot), { contextTokens: 1_000_000, imageTokens: 48_169 }, { tools: [] })).toBe(
      24 + 48_169,
    );
    expect(mediaTokens(image(base64(png(900, 900))), 100)).toEqual({ usual: 100, most: 100 });
  });

  test('count in the result of a tool as well', () => {
    const result: ModelMessage = {
      role: 'tool',
      parts: [
        { type: 'tool_result', toolCallId: 'a', content: [image(base64(png(280, 280)))], isError: false },
      ],
    };
    expect(estimateInput([result], Infinity)).toBe(100);
  });
});

describe('the tokens of a file', () => {
  const pdf = (body: string) => file(base64(body, 'application/pdf'));

  test('are those of the pages of a PDF', () => {
    const threePages =
      '%PDF-1.4 /Type /Pages /Count 3 << /Type /Page >> <</Type/Page/Parent 1 0 R>> /PageMode <</Type /Page\n>>';
    expect(pdfPages(base64(threePages))).toEqual({ seen: 3, hasHidden: false });
    expect(mediaTokens(pdf(threePages), undefined)).toEqual({ usual: 9000, most: 24_000 });
  });

  test('are estimated by its size if pages may be hidden in compressed objects', () => {
    const hidden = `%PDF-1.7 /Type /Page /ObjStm ${'x'.repeat(100_000)}`;
    expect(mediaTokens(pdf(hidden), undefined)).toEqual({ usual: 3000, most: 25 * 8000 });
    expect(mediaTokens(pdf('x'.repeat(100_000)), undefined)).toEqual({ usual: 6000, most: 25 * 8000 });
    expect(mediaTokens(pdf('x'), undefined)).toEqual({ usual: 3000, most: 8000 });
  });

  test('are at most those of 600 pages, also by address', () => {
    expect(mediaTokens(pdf('/Page '.repeat(10_000)), undefined).most).toBe(600 * 8000);
    expect(mediaTokens(file({ type: 'url', url: 'https://x.example/a.pdf' }), undefined).most).toBe(
      600 * 8000,
    );
  });

  test.each([
    ['words', 'The quick brown fox. '.repeat(100), 700, 1050],
    ['digits', '0123456789', 4, 10],
    ['Chinese', '漢字', 2, 6],
    ['nothing', '', 0, 0],
  ])('are those of its text: %s', (_, text, usual, most) => {
    expect(mediaTokens(file(base64(text, 'text/plain')), undefined)).toEqual({ usual, most });
  });

  test('are read once', () => {
    let reads = 0;
    const { data, ...rest } = base64('/Page /ObjStm '.repeat(1000), 'application/pdf');
    const source: Base64Source = {
      ...rest,
      get data() {
        reads += 1;
        return data;
      },
    };
    const tokens = mediaTokens(file(source), undefined);
    const readsOfOne = reads;
    expect(mediaTokens(file(source), undefined)).toBe(tokens);
    expect(reads).toBe(readsOfOne);
    expect(readsOfOne).toBeGreaterThan(0);
  });
});

test('reasoning without a text counts by its signature', () => {
  const redacted: ModelMessage = {
    role: 'assistant',
    parts: [{ type: 'reasoning', text: '', signature: 'a'.repeat(300), isRedacted: true }],
  };
  expect(estimateInput([redacted], Infinity)).toBe(100);
});
