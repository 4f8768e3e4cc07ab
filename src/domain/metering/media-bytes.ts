import { byteCount } from '../chat/media.js';
import type { MediaSource } from '../../ports/ai-model.js';

/** Data in Base64. */
export type Base64Source = Extract<MediaSource, { type: 'base64' }>;

/** The width and height of an image, in pixels. */
export interface ImageDimensions {
  width: number;
  height: number;
}

/**
 * Returns the dimensions in the header of an image: PNG, GIF, JPEG or WebP, whatever its media type says. Null if there are
 * none.
 */
export function imageDimensions({ data }: Base64Source): ImageDimensions | null {
  const byte = (index: number) => byteAt(data, index);
  const big = (index: number) => byte(index) * 256 + byte(index + 1);
  const little = (index: number) => byte(index) + byte(index + 1) * 256;
  if (hasText(data, 1, 'PNG')) return plausible(big(16) * 65_536 + big(18), big(20) * 65_536 + big(22));
  if (hasText(data, 0, 'GIF8')) return plausible(little(6), little(8));
  if (hasText(data, 0, 'RIFF') && hasText(data, 8, 'WEBPVP8')) {
    const [width, height] = [byte(24) + byte(25) * 256, byte(27) + byte(28) * 256];
    if (byte(15) === 0x58) return plausible(width + byte(26) * 65_536 + 1, height + byte(29) * 65_536 + 1);
    if (byte(15) !== 0x4c) return plausible(little(26) % 0x4000, little(28) % 0x4000);
    const bits = little(21) + little(23) * 65_536;
    return plausible((bits % 0x4000) + 1, (Math.floor(bits / 0x4000) % 0x4000) + 1);
  }
  return byte(0) === 0xff && byte(1) === 0xd8 ? jpegDimensions(byte, big) : null;
}

/** More segments than cameras and editors write before the frame. */
const mostSegments = 200;

function jpegDimensions(
  byte: (index: number) => number,
  big: (index: number) => number,
): ImageDimensions | null {
  let index = 2;
  for (let segment = 0; segment < mostSegments && byte(index) === 0xff; segment += 1) {
    const marker = byte(index + 1);
    // Frames, except the markers of tables in the same range.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return plausible(big(index + 7), big(index + 5));
    }
    index += 2 + big(index + 2);
  }
  return null;
}

function plausible(width: number, height: number): ImageDimensions | null {
  return width > 0 && height > 0 ? { width, height } : null;
}

/** What the bytes of a PDF say of its pages. */
export interface PdfPages {
  /** The pages that can be seen. */
  seen: number;
  /** Whether there may be others in compressed objects. */
  hasHidden: boolean;
}

/** Counts the pages of a PDF: names `/Page`, which the objects of pages have. */
export function pdfPages(source: Base64Source): PdfPages {
  const { data } = source;
  const end = byteCount(source);
  const pages = { seen: 0, hasHidden: false };
  for (let index = 0; index < end; index += 1) {
    if (byteAt(data, index) !== 0x2f) continue;
    if (hasText(data, index + 1, 'ObjStm')) pages.hasHidden = true;
    else if (hasText(data, index + 1, 'Page') && !isLetter(byteAt(data, index + 5))) pages.seen += 1;
  }
  return pages;
}

function isLetter(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

function hasText(data: string, start: number, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (byteAt(data, start + index) !== text.charCodeAt(index)) return false;
  }
  return true;
}

/** Returns one byte of data in Base64; 0 beyond its end. */
export function byteAt(data: string, index: number): number {
  const place = index % 3;
  const first = Math.floor(index / 3) * 4 + place;
  const [high, low] = [sixBits(data.charCodeAt(first)), sixBits(data.charCodeAt(first + 1))];
  return ((high << (2 + 2 * place)) | (low >> (4 - 2 * place))) & 0xff;
}

function sixBits(code: number): number {
  if (code >= 0x61) return code - 71;
  if (code >= 0x41) return code - 65;
  if (code >= 0x30 && code <= 0x39) return code + 4;
  if (code === 0x2b) return 62;
  return code === 0x2f ? 63 : 0;
}
