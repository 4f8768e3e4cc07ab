import type { AttachmentToSend, Model } from '../../api/api-objects.js';
import { currentLocale } from '../../language/language.js';
import type { ShownAttachment } from './shown-attachment.js';
import { text } from '../texts/texts.js';

/** A file that the user has chosen, as it is sent. */
export interface AttachedFile {
  /** Stays the same as long as the page is open. */
  key: string;
  type: 'image' | 'file';
  name: string;
  mediaType: string;
  /** In bytes. */
  size: number;
  /** In Base64. */
  data: string;
}

/** As many as the server accepts. */
export const maxFiles = 20;

const imageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
const textNames =
  /\.(txt|md|markdown|csv|tsv|log|ya?ml|toml|ini|sql|sh|py|rb|rs|go|java|kt|c|h|cpp|cs|ts|tsx|jsx|vue|php|swift)$/i;

/** What the file dialog offers for a model. */
export function acceptedBy({ capabilities }: Pick<Model, 'capabilities'>): string {
  return [
    ...(capabilities.includes('images') ? imageTypes : []),
    ...(capabilities.includes('files')
      ? ['application/pdf', 'text/*', 'application/json', 'application/xml', '.md', '.csv', '.txt']
      : []),
  ].join(',');
}

/** Returns why a model cannot read some files; null if it can. */
export function modelProblem(
  files: readonly Pick<AttachedFile, 'type'>[],
  model: Model | undefined,
): string | null {
  const lacks = (type: 'image' | 'file', capability: 'images' | 'files') =>
    files.some((file) => file.type === type) && model?.capabilities.includes(capability) !== true;
  const lacking = [
    ...(lacks('image', 'images') ? [text('files.images')] : []),
    ...(lacks('file', 'files') ? [text('files.files')] : []),
  ];
  if (lacking.length === 0) return null;
  return text('files.cannotRead', { model: model?.name ?? '', kinds: listOf(lacking) });
}

function listOf(words: readonly string[]): string {
  return new Intl.ListFormat(currentLocale(), { type: 'disjunction' }).format(words);
}

let count = 0;

/** Reads a file of the user's. Throws an Error whose message is for the user. */
export async function readFile(file: File): Promise<AttachedFile> {
  const { name } = file;
  const mediaType = mediaTypeOf(file);
  if (mediaType === null) {
    throw new Error(text('files.wrongType', { name }));
  }
  if (file.size === 0) throw new Error(text('files.empty', { name }));
  const data = await dataOf(file).catch(() => {
    throw new Error(text('files.unreadable', { name }));
  });
  count += 1;
  const type = imageTypes.includes(mediaType) ? 'image' : 'file';
  return { key: `file-${count}`, type, name, mediaType, size: file.size, data };
}

function mediaTypeOf({ name, type }: File): string | null {
  const mediaType = type.split(';')[0]?.trim().toLowerCase() ?? '';
  if (imageTypes.includes(mediaType) || mediaType === 'application/pdf') return mediaType;
  if (mediaType === 'application/json' || mediaType === 'application/xml') return mediaType;
  if (/^text\/[\w.+-]+$/.test(mediaType)) return mediaType;
  // Systems know few extensions, and some as something else: `.ts` as a video.
  return textNames.test(name) ? 'text/plain' : null;
}

function dataOf(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () => {
      reject(new Error('The file cannot be read.'));
    };
    reader.readAsDataURL(blob);
  });
}

/** Returns a file as the API takes it. */
export function attachmentToSend({ type, name, mediaType, data }: AttachedFile): AttachmentToSend {
  return { type, media_type: mediaType, data, ...(type === 'file' ? { name } : {}) };
}

/** Returns a file as the message shows it before the server has it. */
export function shownFile({ type, name, mediaType, size, data }: AttachedFile): ShownAttachment {
  return { type, name, size, href: `data:${mediaType};base64,${data}`, isStored: true };
}

/** Reads attachments again, to send them once more. Those with an address are left out. Rejects with a `Problem`. */
export async function readAgain(
  shown: readonly ShownAttachment[],
  read: (href: string) => Promise<Blob>,
): Promise<AttachedFile[]> {
  const files: AttachedFile[] = [];
  for (const each of shown) {
    const { href, name, isStored } = each;
    if (!isStored) continue;
    if (href.startsWith('data:')) files.push(fileOf(each));
    else {
      const blob = await read(href);
      files.push(await readFile(new File([blob], name, { type: blob.type })));
    }
  }
  return files;
}

/** Returns a file that this page has sent. The page's security policy does not let it fetch a data URL. */
function fileOf({ type, name, size, href }: ShownAttachment): AttachedFile {
  count += 1;
  const mediaType = href.slice('data:'.length, href.indexOf(';'));
  const data = href.slice(href.indexOf(',') + 1);
  return { key: `file-${count}`, type, name, mediaType, size: size ?? 0, data };
}
