import { byteCount, isTextType } from '../chat/media.js';
import type { FilePart, ImagePart } from '../../ports/ai-model.js';
import { byteAt, imageDimensions, pdfPages, type Base64Source } from './media-bytes.js';

/** A count for charges without a report and for the context of a model, and one that is hardly ever exceeded. */
export interface TokenRange {
  usual: number;
  most: number;
}

/**
 * What providers count for an image by their documentation, in tokens:
 * - Anthropic: a token for each 28×28 pixels, after scaling down to 1,568 tokens, from Claude 4.7 on to 4,784;
 * - OpenAI: for GPT-4o, 85 and 170 for each of at most 8 tiles of 512×512; for others, at most 1,536 patches of 32×32, times
 *   up to 2.46. For GPT-4o mini up to 48,169, which a model's `imageTokens` must say;
 * - Gemini: 258 for each tile of 768×768; from Gemini 3 on 1,120 whatever the size; xAI: at most 1,792.
 */
const image = { patch: 28, usual: 1568, lowest: 1120, perPatch: 2.5, tile: 512, perTile: 170, most: 5000 };

/**
 * A page of a PDF is its text, by Anthropic's documentation 1,500 to 3,000 tokens, and an image. Pages in compressed objects
 * cannot be counted; they are rarely smaller than `hiddenBytes`. Providers read at most `mostPages`.
 */
const page = { usual: 3000, text: 3000, usualBytes: 50_000, hiddenBytes: 4096, mostPages: 600 };

/** A file by address can have any number of pages. */
const unknownFile = { usual: 5 * page.usual, most: page.mostPages * (page.text + image.most) };

const known = new WeakMap<Base64Source, TokenRange>();

/**
 * Returns what an image or a file adds to the input of a model, in tokens. What it is read from is read once.
 *
 * @param mostOfImage The most that one image adds, if the model says so.
 */
export function mediaTokens(part: ImagePart | FilePart, mostOfImage: number | undefined): TokenRange {
  const { source } = part;
  if (source.type === 'url') return part.type === 'file' ? unknownFile : ofImage(image, mostOfImage);
  const found = known.get(source) ?? (part.type === 'file' ? fileTokens(source) : imageTokens(source));
  known.set(source, found);
  return part.type === 'image' ? ofImage(found, mostOfImage) : found;
}

function ofImage({ usual, most }: TokenRange, mostOfImage: number | undefined): TokenRange {
  if (mostOfImage === undefined) return { usual, most };
  return { usual: Math.min(usual, mostOfImage), most: mostOfImage };
}

function imageTokens(source: Base64Source): TokenRange {
  const dimensions = imageDimensions(source);
  if (dimensions === null) return image;
  const { width, height } = dimensions;
  const squares = (side: number) => Math.ceil(width / side) * Math.ceil(height / side);
  const patches = squares(image.patch);
  const most = image.lowest + patches * image.perPatch + squares(image.tile) * image.perTile;
  return { usual: Math.min(patches, image.usual), most: Math.min(Math.ceil(most), image.most) };
}

function fileTokens(source: Base64Source): TokenRange {
  if (isTextType(source.mediaType)) return textTokens(source);
  const { seen, hasHidden } = pdfPages(source);
  const bytes = byteCount(source);
  const usual = seen > 0 ? seen : Math.ceil(bytes / page.usualBytes);
  const hidden = hasHidden || seen === 0 ? Math.ceil(bytes / page.hiddenBytes) : 0;
  return {
    usual: Math.min(usual, page.mostPages) * page.usual,
    most: Math.min(Math.max(seen, hidden), page.mostPages) * (page.text + image.most),
  };
}

/** As for texts: half a token for each byte of ASCII, but one for digits; other characters have at most one for each byte. */
function textTokens(source: Base64Source): TokenRange {
  const bytes = byteCount(source);
  let halves = 0;
  for (let index = 0; index < bytes; index += 1) {
    const byte = byteAt(source.data, index);
    halves += byte < 0x80 && (byte < 0x30 || byte > 0x39) ? 1 : 2;
  }
  return { usual: Math.ceil(bytes / 3), most: Math.ceil(halves / 2) };
}
