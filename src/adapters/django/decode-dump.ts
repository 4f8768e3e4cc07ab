import { findJsonError } from './find-json-error.js';

/** The JSON of a dump, or the reason why it cannot be decoded, with the position. */
export type DecodedDump = { outcome: 'decoded'; json: unknown } | { outcome: 'rejected'; reason: string };

const notADump = 'This is not the JSON that dumpdata writes';

/** The first bytes of other kinds of files. */
const otherFiles: readonly { firstBytes: readonly number[]; is: string }[] = [
  { firstBytes: [0x1f, 0x8b], is: 'compressed with gzip: decompress it first, with gunzip' },
  { firstBytes: [0x42, 0x5a, 0x68], is: 'compressed with bzip2: decompress it first, with bunzip2' },
  {
    firstBytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
    is: 'compressed with xz: decompress it first, with unxz',
  },
  { firstBytes: [0x28, 0xb5, 0x2f, 0xfd], is: 'compressed with zstd: decompress it first, with unzstd' },
  { firstBytes: [0x50, 0x4b, 0x03, 0x04], is: 'a ZIP archive: unpack it first' },
  { firstBytes: [...Buffer.from('SQLite format 3\0')], is: 'an SQLite database: export it with dumpdata' },
  { firstBytes: [...Buffer.from('PGDMP')], is: 'a dump of PostgreSQL: export the project with dumpdata' },
  { firstBytes: [0xff, 0xfe, 0x00, 0x00], is: 'in UTF-32: save it in UTF-8' },
  { firstBytes: [0x00, 0x00, 0xfe, 0xff], is: 'in UTF-32: save it in UTF-8' },
];

/** Encodings by their byte order mark. */
const encodings: readonly { mark: readonly number[]; label: string; name: string }[] = [
  { mark: [0xef, 0xbb, 0xbf], label: 'utf-8', name: 'UTF-8' },
  { mark: [0xff, 0xfe], label: 'utf-16le', name: 'UTF-16' },
  { mark: [0xfe, 0xff], label: 'utf-16be', name: 'UTF-16' },
];

/**
 * Decodes the file of a dump: JSON in UTF-8, or in UTF-16 with a byte order mark, as redirected output on Windows. The
 * reason contains the position of an error, but not the message of the parser, which quotes the text.
 *
 * @param bytes The whole file.
 * @returns The JSON, or the reason as a sentence, with the line and byte, both counted from 1.
 */
export function decodeDump(bytes: Uint8Array): DecodedDump {
  const other = otherFiles.find(({ firstBytes }) => beginsWith(bytes, firstBytes));
  if (other !== undefined) return rejected(`${notADump}: the file is ${other.is}.`);
  // ASCII in UTF-16 has a NUL in the first two bytes.
  const nul = bytes.subarray(0, 2).indexOf(0);
  if (nul >= 0) return rejected(nulAt(`line 1, byte ${nul + 1}`));
  const encoding = encodings.find(({ mark }) => beginsWith(bytes, mark));
  const { mark, label, name } = encoding ?? { mark: [], label: 'utf-8', name: 'UTF-8' };
  const content = bytes.subarray(mark.length);
  const valid = validLength(content, label);
  if (valid < content.length) {
    const text = new TextDecoder(label).decode(content.subarray(0, valid));
    const place = `line ${lineOf(text)}, byte ${mark.length + valid + 1}`;
    return rejected(`${notADump}: it is not valid ${name} at ${place}.`);
  }
  const text = new TextDecoder(label).decode(content);
  try {
    return { outcome: 'decoded', json: JSON.parse(text) };
  } catch {
    const { at, isEnd } = findJsonError(text);
    const before = text.slice(0, at);
    const byte = mark.length + (name === 'UTF-16' ? 2 * at : Buffer.byteLength(before)) + 1;
    const place = `line ${lineOf(before)}, byte ${byte}`;
    if (isEnd) return rejected(`${notADump}: it ends too early, at ${place}. Dump again.`);
    if (text[at] === '\0') return rejected(nulAt(place));
    return rejected(`${notADump}: the JSON is invalid at ${place}.`);
  }
}

function nulAt(place: string): string {
  const hint = 'UTF-8 must not contain one, and UTF-16 must begin with a byte order mark';
  return `${notADump}: there is a NUL at ${place}; ${hint}.`;
}

function rejected(reason: string): DecodedDump {
  return { outcome: 'rejected', reason };
}

function beginsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return bytes.length >= start.length && start.every((byte, index) => bytes[index] === byte);
}

function lineOf(before: string): number {
  return before.split('\n').length;
}

/** The length of the valid bytes at the start. */
function validLength(bytes: Uint8Array, label: string): number {
  const isValid = (length: number, stream: boolean) => {
    try {
      new TextDecoder(label, { fatal: true }).decode(bytes.subarray(0, length), { stream });
      return true;
    } catch {
      return false;
    }
  };
  if (isValid(bytes.length, false)) return bytes.length;
  let [low, high] = [0, bytes.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isValid(middle, true)) low = middle;
    else high = middle - 1;
  }
  // In stream mode, an incomplete character at the end is valid.
  while (low > 0 && !isValid(low, false)) low -= 1;
  return low;
}
