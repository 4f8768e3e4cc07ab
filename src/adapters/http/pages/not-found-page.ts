import { readFileSync } from 'node:fs';
import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import { sendNotFound } from '../kit/send-problem.js';
import { inAttribute } from '../kit/base-path.js';
import type { HttpApp } from '../kit/context.js';
import { packageFile } from '../kit/package-file.js';

const file = packageFile('web/account/not-found.html');

/** Paths of programs, which get problem documents whatever they accept. */
const pathOfPrograms = /^\/(api|v1|health|metrics)(\/|$)/;

/** Serves a page for unknown paths to browsers; programs get a problem document. */
export function serveNotFoundPage(app: HttpApp, basePath: string): void {
  const content = readFileSync(file, 'utf8').replaceAll('href="/', `href="${inAttribute(basePath)}/`);
  app.notFound((c) => {
    if (!isBrowserRequest(c)) return sendNotFound(c);
    return c.body(content, 404, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
      'Cache-Control': 'no-store',
      Vary: 'Accept',
    });
  });
}

function isBrowserRequest(c: Context): boolean {
  const json = 'application/problem+json';
  const supports = [json, 'application/json', 'text/html'];
  return (
    (c.req.method === 'GET' || c.req.method === 'HEAD') &&
    !pathOfPrograms.test(c.req.path) &&
    accepts(c, { header: 'Accept', supports, default: json }) === 'text/html'
  );
}
