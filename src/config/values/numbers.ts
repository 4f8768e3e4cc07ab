import * as v from 'valibot';

/** A whole number in decimal digits. */
export function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,16}$/, message),
    v.transform(Number),
    v.minValue(min, message),
    v.maxValue(max, message),
  );
}

/** A number of bytes, written as `524288`, `512KiB` or `4MiB`. */
export function byteSize(min: string, max: string) {
  const message = `must be a size such as 4MiB, 512KiB or 1048576, from ${min} to ${max}`;
  return v.pipe(
    v.string(),
    v.regex(/^[1-9]\d{0,11}(?:B|KiB|MiB)?$/, message),
    v.transform(bytesOf),
    v.minValue(bytesOf(min), message),
    v.maxValue(bytesOf(max), message),
  );
}

/** Writes a number of bytes in the largest unit that has a whole number of them. */
export function formatBytes(bytes: number): string {
  const [unit, size] =
    bytes % mebibyte === 0 ? ['MiB', mebibyte] : bytes % 1024 === 0 ? ['KiB', 1024] : ['', 1];
  return `${bytes / size}${unit}`;
}

const mebibyte = 1024 * 1024;

function bytesOf(text: string): number {
  const unit = text.endsWith('MiB') ? mebibyte : text.endsWith('KiB') ? 1024 : 1;
  return Number.parseInt(text, 10) * unit;
}
