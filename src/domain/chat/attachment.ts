import type { FilePart, ImagePart } from '../../ports/ai-model.js';
import { codePointCount, isBlank, unstorableReason } from '../text.js';
import { byteCount, mediaProblem } from './media.js';

/** An image or a file that belongs to a message. */
export type Attachment = ImagePart | FilePart;

/**
 * What lists show of an attachment.
 *
 * @example
 * ```ts
 * const names = (exchange: Exchange) => (exchange.attachments ?? []).map(({ name, url }) => name ?? url);
 * ```
 */
export interface AttachmentSummary {
  type: Attachment['type'];
  /** Null if it has none, as every image. */
  name: string | null;
  /** Null if it is known by its address only. */
  mediaType: string | null;
  /** The size of its data, in bytes; null if it is known by its address only. */
  bytes: number | null;
  /** The address that the provider fetches it from; null if its data is stored. */
  url: string | null;
}

/** The most attachments of one message. */
export const maxAttachments = 20;

/** The longest name of a file, in code points. */
export const maxFileNameChars = 255;

/**
 * Returns what lists show of the attachments of a message.
 *
 * @param attachments The images and files, with their data or addresses.
 * @returns The same in their order, without the data.
 *
 * @example
 * ```ts
 * import { summarizeAttachments, type Attachment } from 'metered-chat';
 *
 * const source = { type: 'base64', mediaType: 'image/png', data: 'iVBORw==' } as const;
 * const [summary] = summarizeAttachments([{ type: 'image', source } satisfies Attachment]);
 * console.log(summary?.bytes); // 4
 * ```
 */
export function summarizeAttachments(attachments: readonly Attachment[]): AttachmentSummary[] {
  return attachments.map(({ source, ...part }) => ({
    type: part.type,
    name: part.type === 'file' ? part.name : null,
    ...(source.type === 'url'
      ? { mediaType: null, bytes: null, url: source.url }
      : { mediaType: source.mediaType, bytes: byteCount(source), url: null }),
  }));
}

/** Returns the problems of the attachments of a message, each once. */
export function attachmentProblems(attachments: readonly Attachment[]): string[] {
  if (attachments.length > maxAttachments)
    return [`A message must have at most ${maxAttachments} attachments.`];
  const problems = attachments.flatMap((attachment) => [
    mediaProblem(attachment),
    addressProblem(attachment),
    nameProblem(attachment),
  ]);
  return [...new Set(problems.filter((problem) => problem !== null))];
}

function addressProblem({ source }: Attachment): string | null {
  const unstorable = source.type === 'url' ? unstorableReason(source.url) : null;
  return unstorable === null ? null : `An address ${unstorable}.`;
}

function nameProblem(attachment: Attachment): string | null {
  if (attachment.type !== 'file' || attachment.name === null) return null;
  const { name } = attachment;
  const unstorable = unstorableReason(name);
  if (unstorable !== null) return `The name of a file ${unstorable}.`;
  if (isBlank(name)) return 'The name of a file must not be blank.';
  if (codePointCount(name) <= maxFileNameChars) return null;
  return `The name of a file must have at most ${maxFileNameChars} characters.`;
}
