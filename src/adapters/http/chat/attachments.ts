import * as v from 'valibot';
import type { Attachment, AttachmentSummary } from '../../../domain/chat/attachment.js';
import { maxAttachments, maxFileNameChars } from '../../../domain/chat/attachment.js';
import { notFound } from '../../../domain/errors.js';
import { documented, string } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { count } from '../kit/response-fields.js';

/** An image or a file: its data in Base64 with its media type, or an https address, which the provider fetches. */
const attachmentToSend = namedSchema(
  'AttachmentToSend',
  v.pipe(
    v.object(
      {
        type: v.picklist(['image', 'file'], 'Must be image or file.'),
        name: v.nullish(documented(string, { maxLength: maxFileNameChars })),
        media_type: v.nullish(string),
        data: v.nullish(string),
        url: v.nullish(string),
        detail: v.nullish(v.picklist(['auto', 'low', 'high'], 'Must be auto, low or high.')),
      },
      'Must be a JSON object.',
    ),
    v.check(
      ({ data, media_type: mediaType, url }) =>
        url == null ? data != null && mediaType != null : data == null && mediaType == null,
      'Must have data and media_type, or else a url.',
    ),
  ),
);

/** The images and files of a message to send. The domain validates how many there are. */
export const attachmentsToSend = v.nullish(
  documented(v.array(attachmentToSend, 'Must be a list.'), { maxItems: maxAttachments }),
);

/** Returns an image or a file as the domain has it. */
export function attachmentOf(sent: v.InferOutput<typeof attachmentToSend>): Attachment {
  const source =
    sent.url == null
      ? ({ type: 'base64', mediaType: sent.media_type?.toLowerCase() ?? '', data: sent.data ?? '' } as const)
      : ({ type: 'url', url: sent.url } as const);
  if (sent.type === 'file') return { type: 'file', source, name: sent.name ?? null };
  return { type: 'image', source, ...(sent.detail == null ? {} : { detail: sent.detail }) };
}

/** An image or a file of a message. `size` is in bytes. One that is known only by its address has no size and no media type. */
export const attachmentResponse = namedSchema(
  'Attachment',
  v.object({
    type: v.picklist(['image', 'file']),
    name: v.nullable(v.string()),
    media_type: v.nullable(v.string()),
    size: v.nullable(count),
    url: v.nullable(v.string()),
  }),
);

export function presentAttachment({
  type,
  name,
  mediaType,
  bytes,
  url,
}: AttachmentSummary): v.InferOutput<typeof attachmentResponse> {
  return { type, name, media_type: mediaType, size: bytes, url };
}

export const downloadAttachment = defineRoute({
  method: 'GET',
  path: '/api/chat/{id}/attachments/{position}/',
  id: 'downloadAttachment',
  tag: 'Chat',
  summary: 'Download an attachment',
  description:
    'The bytes of an image or a file of a message, with its own media type. `position` counts from 0, in the order of the `attachments` of the message. One that was sent as a `url` is not stored here: 404.',
  access: 'account',
  responses: {
    200: { description: 'The file.', json: null, isFile: true, headers: ['Content-Disposition'] },
  },
  problems: ['not_found'],
  handler: async ({ c, core, caller, params }) => {
    const position = /^\d{1,3}$/.test(params.position) ? Number(params.position) : -1;
    const request = { caller, userId: caller.user.id, exchangeId: params.id, position };
    const { source, ...part } = await core.chat.attachment(request);
    if (source.type === 'url') throw notFound('attachment');
    const name = (part.type === 'file' ? part.name : null) ?? unnamedFile(position, source.mediaType);
    c.header('Content-Type', source.mediaType);
    c.header('Content-Disposition', dispositionOf(name));
    // A page or an image of an account must not run as a page of this server, however it is opened.
    c.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'; sandbox");
    return c.body(Uint8Array.from(Buffer.from(source.data, 'base64')));
  },
});

function unnamedFile(position: number, mediaType: string): string {
  const subtype = mediaType.split('/')[1] ?? '';
  const extension = subtype === 'plain' ? 'txt' : subtype;
  return `attachment-${position + 1}.${extension}`;
}

/**
 * Characters of a name that a system could take for a folder, or that change how the name is shown: controls, and marks of the
 * direction of writing, after which `fdp.exe` reads `exe.pdf`.
 */
const misleading = /[\p{Cc}/\\\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Returns the header of a file to save, whose name can have any characters (RFC 6266). */
function dispositionOf(stored: string): string {
  const name = stored.replace(misleading, '_');
  const plain = name.replace(/[^\x20-\x7E]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
