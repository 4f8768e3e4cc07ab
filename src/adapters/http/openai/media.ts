import * as v from 'valibot';
import type { MediaSource } from '../../../ports/ai-model.js';
import { string } from '../kit/body-fields.js';

/** The longest header of a data URL: its media type with parameters. */
const maxHeaderChars = 200;

/** The address of an image or a file: a data URL in Base64, or an https URL, which the provider fetches. */
export const mediaUrl = v.pipe(
  string,
  v.check((url) => mediaSource(url) !== null, 'Must be a data URL in Base64 or an https URL.'),
);

/** How closely a model looks at an image. */
export const imageDetail = v.nullish(v.picklist(['auto', 'low', 'high'], 'Must be auto, low or high.'));

/** Returns where the image or file of a URL is; null if it is neither a data URL in Base64 nor an https URL. */
export function mediaSource(url: string): MediaSource | null {
  if (/^https:\/\//i.test(url)) return { type: 'url', url };
  const header = /^data:([\w.+/-]*)(?:;[\w.+-]+="?[\w.+-]*"?)*;base64,/i.exec(url.slice(0, maxHeaderChars));
  if (header === null) return null;
  return { type: 'base64', mediaType: header[1]?.toLowerCase() ?? '', data: url.slice(header[0].length) };
}
