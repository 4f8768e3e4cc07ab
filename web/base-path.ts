// In two steps, since the bundler takes `new URL('…', import.meta.url)` for the address of a file that it should copy.
const thisScript = import.meta.url;

/** The path that the server is mounted below, such as `/assistant`; empty for the root. Scripts are in its `assets`. */
export const basePath = new URL('..', thisScript).pathname.replace(/\/$/, '');
