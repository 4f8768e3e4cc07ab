import type { HttpApp } from '../kit/context.js';
import { serveFiles } from '../pages/serve-files.js';

const files = {
  '/demo-checkout': 'account/demo-checkout.html',
  '/account/demo-checkout.js': 'account/demo-checkout.js',
};

/** Serves the page of the test checkout; its style is that of the pages that mails link to. */
export function serveDemoPage(app: HttpApp): void {
  serveFiles(app, files);
}
