import type { FilePart, ImagePart, MediaSource, ModelMessage } from '../../ports/ai-model.js';

const imageTypes = ['image/png', 'image/jpeg', 'image/jpg', 'image/gif', 'image/webp'];

const otherFileTypes = ['application/pdf', 'application/json', 'application/xml'];

/** More than providers accept. */
const longestUrl = 8192;

/**
 * Returns what is wrong with an image or a file: a type that providers do not read, data that is not Base64, or an address
 * that a provider must not be asked to fetch. Null if nothing is. Neither the data nor the address is read.
 */
export function mediaProblem({ type, source }: ImagePart | FilePart): string | null {
  if (source.type === 'url') return urlProblem(source.url);
  const { mediaType, data } = source;
  if (type === 'image' && !imageTypes.includes(mediaType)) {
    return 'An image must be image/png, image/jpeg, image/gif or image/webp.';
  }
  if (type === 'file' && !isTextType(mediaType) && !otherFileTypes.includes(mediaType)) {
    return 'A file must be application/pdf, text/…, application/json or application/xml.';
  }
  return isBase64(data) ? null : 'The data must be Base64, with padding and without line breaks.';
}

/** Returns the problems of the images and files of some messages, each once. */
export function mediaProblems(messages: readonly ModelMessage[]): string[] {
  const problems = new Set<string>();
  for (const { parts } of messages) addProblems(parts, problems);
  return [...problems];
}

function addProblems(parts: ModelMessage['parts'], problems: Set<string>): void {
  for (const part of parts) {
    if (part.type === 'tool_result') addProblems(part.content, problems);
    if (part.type !== 'image' && part.type !== 'file') continue;
    const problem = mediaProblem(part);
    if (problem !== null) problems.add(problem);
  }
}

/** Returns whether a file of this type is text, which a model can read as such. */
export function isTextType(mediaType: string): boolean {
  return (
    /^text\/[\w.+-]+$/.test(mediaType) || mediaType === 'application/json' || mediaType === 'application/xml'
  );
}

/** Returns the number of bytes of data in Base64. */
export function byteCount({ data }: Extract<MediaSource, { type: 'base64' }>): number {
  const padding = data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0;
  return (data.length / 4) * 3 - padding;
}

function urlProblem(url: string): string | null {
  if (url.length > longestUrl) return `An address must have at most ${longestUrl} characters.`;
  if (!/^https:\/\/[^\s/?#\\@]+(?:[/?#][^\s\\]*)?$/i.test(url)) return 'An address must begin with https://.';
  return URL.canParse(url) ? null : 'An address must be a valid URL.';
}

/** Looks for a character that is wrong: an expression that matches the whole would exceed the stack with tens of megabytes. */
function isBase64(data: string): boolean {
  if (data === '' || data.length % 4 !== 0) return false;
  const padding = data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0;
  return !/[^A-Za-z0-9+/]/.test(data.slice(0, data.length - padding));
}
