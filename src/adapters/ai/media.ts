import { isTextType } from '../../domain/chat/media.js';
import type { FilePart, MediaSource } from '../../ports/ai-model.js';

/** Returns the address of an image: its own, or a data URL. */
export function addressOf(source: MediaSource): string {
  return source.type === 'url' ? source.url : `data:${usualType(source.mediaType)};base64,${source.data}`;
}

/** Many clients write `image/jpg`, which providers reject. */
export function usualType(mediaType: string): string {
  return mediaType === 'image/jpg' ? 'image/jpeg' : mediaType;
}

/** Returns the text of a file that is one, else null. */
export function textOfFile({ source }: FilePart): string | null {
  if (source.type === 'url' || !isTextType(source.mediaType)) return null;
  return Buffer.from(source.data, 'base64').toString('utf8');
}
