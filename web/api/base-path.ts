// In two steps, because the bundler treats `new URL('…', import.meta.url)` as the address of a file that it must copy.
const thisScript = import.meta.url;

/** The path below which the server is mounted, such as `/assistant`; empty at the root. Scripts are in its `assets`. */
export const basePath = new URL('..', thisScript).pathname.replace(/\/$/, '');
