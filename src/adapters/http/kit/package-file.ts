// A bundler looks for the file of `new URL('…', import.meta.url)` while it builds, and fails without it. It leaves this form.
const thisFile = new URL(import.meta.url);

/**
 * Returns the URL of a file or folder of this package, by its path from the root. The relative path is the same from `src` and
 * from `dist`. A bundle has no such files.
 */
export function packageFile(path: string): URL {
  return new URL(`../../../../${path}`, thisFile);
}
