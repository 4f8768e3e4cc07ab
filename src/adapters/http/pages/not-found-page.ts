import { readFileSync } from 'node:fs';
import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import { nothingThere } from '../kit/send-problem.js';
import { inAttribute } from '../kit/base-path.js';
import type { HttpApp } from '../kit/context.js';

/** The same place from `src` and from `dist`. */
const file = new URL('../../../../web/account/not-found.html', import.meta.url);

/** Where programs ask, whatever they say that they take. */
const pathOfPrograms = /^\/(api|v1|health|metrics)(\/|$)/;

/** Tells people, in a page, that nothing is where their browser asked; programs get the problem document. */
export function notFoundPage(app: HttpApp, basePath: string): void {
  const content = readFileSync(file, 'utf8').replaceAll('href="/', `href="${inAttribute(basePath)}/`);
  app.notFound((c) => {
    if (!isAskedByPeople(c)) return nothingThere(c);
    return c.body(content, 404, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
      'Cache-Control': 'no-store',
      Vary: 'Accept',
    });
  });
}

function isAskedByPeople(c: Context): boolean {
  const json = 'application/problem+json';
  const supports = [json, 'application/json', 'text/html'];
  return (
    (c.req.method === 'GET' || c.req.method === 'HEAD') &&
    !pathOfPrograms.test(c.req.path) &&
    accepts(c, { header: 'Accept', supports, default: json }) === 'text/html'
  );
}
