import { readFileSync } from 'node:fs';
import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import { sendNotFound } from '../kit/send-problem.js';
import type { Language } from '../../../domain/mails/language.js';
import { inAttribute } from '../kit/base-path.js';
import type { HttpApp } from '../kit/context.js';
import { preferredLanguage } from '../kit/headers.js';
import { packageFile } from '../kit/package-file.js';

const files: Record<Language, string> = {
  en: 'web/account/not-found.html',
  de: 'web/account/not-found.de.html',
};

/** Paths of programs, which get problem documents whatever they accept. */
const pathOfPrograms = /^\/(api|v1|health|metrics)(\/|$)/;

/** Serves a page for unknown paths to browsers, in the language that they prefer; programs get a problem document. */
export function serveNotFoundPage(app: HttpApp, basePath: string): void {
  const contentOf = (file: string) =>
    readFileSync(packageFile(file), 'utf8').replaceAll('href="/', `href="${inAttribute(basePath)}/`);
  const contents: Record<Language, string> = { en: contentOf(files.en), de: contentOf(files.de) };
  app.notFound((c) => {
    if (!isBrowserRequest(c)) return sendNotFound(c);
    return c.body(contents[preferredLanguage(c.req.header('Accept-Language') ?? '')], 404, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
      'Cache-Control': 'no-store',
      Vary: 'Accept, Accept-Language',
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
