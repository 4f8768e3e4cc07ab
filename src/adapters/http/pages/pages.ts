import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** The page of people who chat, and the one of administrators. */
export type PageName = 'chat' | 'admin';

/** A file that is served as it is, whole or compressed. */
export interface PageFile {
  mediaType: string;
  /** The content in a coding, made when it is first asked for and kept; null for the content itself. */
  inCoding(coding: Coding | null): Promise<Uint8Array<ArrayBuffer>>;
}

export type Coding = 'br' | 'gzip';

/** The built pages, read into memory. */
export interface Pages {
  /** What each page is, below a root that is written in front of the paths of its files: `../`, or `/assistant/`. */
  html: Record<PageName, (root: string) => PageFile>;
  /** By their names, which change with their contents. */
  assets: ReadonlyMap<string, PageFile>;
}

const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Returns the pages that come with the package; null if it was not built. */
export function packagedPages(): Pages | null {
  // The same place from `src` and from `dist`.
  return readPages(new URL('../../../../dist/web/', import.meta.url));
}

/** Reads what `npm run build` made of the pages, in a folder whose URL ends with a slash; null where there is nothing. */
export function readPages(folder: URL): Pages | null {
  const read = (path: string) => pageFile(path, readFileSync(new URL(path, folder)));
  const readHtml = (path: string) => htmlPage(path, readFileSync(new URL(path, folder), 'utf8'));
  try {
    const assets = readdirSync(new URL('assets/', folder)).map(
      (name) => [name, read(`assets/${name}`)] as const,
    );
    return {
      html: { chat: readHtml('chat/index.html'), admin: readHtml('admin/index.html') },
      assets: new Map(assets),
    };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Made once for each root, of which there are a few. The build has written `../assets/`. */
function htmlPage(path: string, content: string): (root: string) => PageFile {
  const files = new Map<string, PageFile>();
  return (root) => {
    const file =
      files.get(root) ?? pageFile(path, Buffer.from(content.replaceAll('"../assets/', `"${root}assets/`)));
    files.set(root, file);
    return file;
  };
}

function pageFile(path: string, content: Buffer<ArrayBuffer>): PageFile {
  const made = new Map<Coding, Promise<Uint8Array<ArrayBuffer>>>();
  return {
    mediaType: mediaTypes[extname(path)] ?? 'application/octet-stream',
    inCoding: (coding) => {
      if (coding === null) return Promise.resolve(content);
      const compressed = made.get(coding) ?? compress(content, coding);
      made.set(coding, compressed);
      return compressed;
    },
  };
}

/** Off the event loop, and not as small as may be: that would take seconds. */
async function compress(content: Buffer, coding: Coding): Promise<Uint8Array<ArrayBuffer>> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 9,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.byteLength,
  };
  return coding === 'br' ? promisify(brotliCompress)(content, { params }) : promisify(gzip)(content);
}
