import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { HttpApp } from '../kit/context.js';
import { servePath } from '../kit/serve-path.js';
import { packageFile } from '../kit/package-file.js';

const folder = packageFile('web/');

const mediaTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'none'; " +
  "base-uri 'none'; frame-ancestors 'none'";

/** Serves those files of `web` that the package has, by path, unchanged and with a policy that allows no inline scripts or styles. */
export function serveFiles(app: HttpApp, files: Readonly<Record<string, string>>): void {
  for (const [path, file] of Object.entries(files)) {
    const content = readPackaged(file);
    if (content === null) continue;
    const headers = {
      'Content-Type': mediaTypes[extname(file)] ?? 'application/octet-stream',
      'Content-Security-Policy': contentSecurityPolicy,
      'Cache-Control': 'no-store',
    };
    servePath(app, path, {
      GET: (c) =>
        // The page's relative paths are wrong below a trailing slash.
        new URL(c.req.url).pathname.endsWith('/') ? c.notFound() : c.body(content, 200, headers),
    });
  }
}

/** Returns a file of the package; null in a bundle, which has only the programs. */
function readPackaged(file: string): string | null {
  try {
    return readFileSync(new URL(file, folder), 'utf8');
  } catch {
    return null;
  }
}
