import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { packageFile } from '../kit/package-file.js';

/** The chat page and the page of administrators. */
export type PageName = 'chat' | 'admin';

/** A file that is served unchanged, compressed or not. */
export interface PageFile {
  mediaType: string;
  /** Returns the content in a coding, compressed at the first request and cached; null means uncompressed. */
  inCoding(coding: Coding | null): Promise<Uint8Array<ArrayBuffer>>;
}

export type Coding = 'br' | 'gzip';

/** The built pages, read into memory. */
export interface Pages {
  /** Returns each page with a prefix before the paths of its assets, such as `../` or `/assistant/`. */
  html: Record<PageName, (root: string) => PageFile>;
  /** By name; the names contain a hash of the content. */
  assets: ReadonlyMap<string, PageFile>;
}

const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/**
 * Returns the pages of the package; null if they are not built.
 *
 * @example
 * ```ts
 * import { mountableApp, packagedPages } from 'metered-chat/http';
 *
 * const app = mountableApp({ core, pages: packagedPages() });
 * ```
 */
export function packagedPages(): Pages | null {
  return readPages(packageFile('dist/web/'));
}

/**
 * Reads the built pages into memory.
 *
 * @param folder The output folder of `npm run build`; its URL ends with a slash.
 * @returns null if the folder does not exist.
 */
export function readPages(folder: URL): Pages | null {
  const read = (path: string) => readFileSync(new URL(path, folder));
  const readAsset = (path: string, isCompressed: boolean) =>
    pageFile(path, read(path), isCompressed ? read(`${path}.br`) : null);
  const readHtml = (path: string) => htmlPage(path, read(path).toString('utf8'));
  try {
    const names = readdirSync(new URL('assets/', folder));
    const assets = names
      .filter((name) => !name.endsWith('.br'))
      .map((name) => [name, readAsset(`assets/${name}`, names.includes(`${name}.br`))] as const);
    return {
      html: { chat: readHtml('chat/index.html'), admin: readHtml('admin/index.html') },
      assets: new Map(assets),
    };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Creates the page once per root, of which there are few. The build writes the paths as `../assets/`. */
function htmlPage(path: string, content: string): (root: string) => PageFile {
  const files = new Map<string, PageFile>();
  return (root) => {
    const file =
      files.get(root) ?? pageFile(path, Buffer.from(content.replaceAll('"../assets/', `"${root}assets/`)));
    files.set(root, file);
    return file;
  };
}

/** `brotli` is what the build has compressed with the best quality; null if it has not. */
function pageFile(
  path: string,
  content: Buffer<ArrayBuffer>,
  brotli: Buffer<ArrayBuffer> | null = null,
): PageFile {
  const compressedFiles = new Map<Coding, Promise<Uint8Array<ArrayBuffer>>>();
  if (brotli !== null) compressedFiles.set('br', Promise.resolve(brotli));
  return {
    mediaType: mediaTypes[extname(path)] ?? 'application/octet-stream',
    inCoding: (coding) => {
      if (coding === null) return Promise.resolve(content);
      const compressed = compressedFiles.get(coding) ?? compress(content, coding);
      compressedFiles.set(coding, compressed);
      return compressed;
    },
  };
}

/** Compresses off the event loop, below the highest quality, which takes seconds. */
async function compress(content: Buffer, coding: Coding): Promise<Uint8Array<ArrayBuffer>> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 9,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.byteLength,
  };
  return coding === 'br' ? promisify(brotliCompress)(content, { params }) : promisify(gzip)(content);
}
