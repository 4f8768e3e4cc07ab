import type { Exchange } from '../../api/api-objects.js';
import { text } from '../texts/texts.js';

/** An attachment as a message shows it. */
export interface ShownAttachment {
  type: 'image' | 'file';
  name: string;
  /** In bytes; null if it is known by its address only. */
  size: number | null;
  /** An address, a data URL, or a path of the API below the base path. */
  href: string;
  /** Whether it was sent to this server, so that the page may show it. */
  isStored: boolean;
}

/** Returns the attachments of an exchange that was read from the server. */
export function shownAttachments({
  id,
  attachments = [],
}: Pick<Exchange, 'id' | 'attachments'>): ShownAttachment[] {
  return attachments.map(({ type, name, size, url }, position) => ({
    type,
    name: name ?? text(type === 'image' ? 'files.image' : 'files.file', { number: position + 1 }),
    size,
    href: url ?? `/api/chat/${id}/attachments/${position}/`,
    isStored: url === null,
  }));
}
