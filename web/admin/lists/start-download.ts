import { basePath } from '../../api/base-path.js';

/** Lets the browser download a file of the API, which it writes to disk as it arrives. */
export function startDownload(path: string): void {
  const link = document.createElement('a');
  link.href = basePath + path;
  link.download = '';
  // Without TLS the server identifies links of its own pages by the referrer.
  link.referrerPolicy = 'same-origin';
  link.click();
}
