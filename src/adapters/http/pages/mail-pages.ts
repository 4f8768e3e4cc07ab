import type { HttpApp } from '../kit/context.js';
import { serveFiles } from './serve-files.js';

/** The served files of `web` by path. They refer to each other by relative paths. */
const files = {
  '/verify-email': 'account/verify-email.html',
  '/reset-password': 'account/reset-password.html',
  '/cancel-email-change': 'account/cancel-email-change.html',
  '/account/account.css': 'account/account.css',
  '/account/account.js': 'account/account.js',
  '/account/german.js': 'account/german.js',
  '/account/language.js': 'account/language.js',
  '/account/theme-at-load.js': 'account/theme-at-load.js',
  '/account/verify-email.js': 'account/verify-email.js',
  '/account/reset-password.js': 'account/reset-password.js',
  '/account/cancel-email-change.js': 'account/cancel-email-change.js',
};

/** Serves the pages that mails link to. */
export function serveMailPages(app: HttpApp): void {
  serveFiles(app, files);
}
