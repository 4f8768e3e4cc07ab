import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const pglite = pathToFileURL(require.resolve('@electric-sql/pglite')).href.replace(/index\.cjs$/, 'index.js');

/**
 * Returns a module for `preload` by which the program kills itself with SIGKILL before a statement: the `nth` one since the first that
 * contains `begin`, that one included. What follows a `commit` counts as a statement, so that the response is lost as well.
 */
export function killedAtStatement(begin: string, nth: number): string {
  return `
    import { createRequire } from 'node:module';
    const { Client } = createRequire(${JSON.stringify(program)})('pg');
    const { PGlite } = await import(${JSON.stringify(pglite)});
    let count = 0;
    const step = (text) => {
      if (count === 0 && !text.replaceAll('"public".', '').includes(${JSON.stringify(begin)})) return;
      count += 1;
      if (count === ${nth}) process.kill(process.pid, 'SIGKILL');
    };
    const { query } = Client.prototype;
    Client.prototype.query = function (statement, ...rest) {
      const text = typeof statement === 'string' ? statement : (statement.text ?? '');
      step(text);
      const result = query.call(this, statement, ...rest);
      if (text === 'commit') result.then(() => step('committed'), () => undefined);
      return result;
    };
    const { execProtocolRawSync } = PGlite.prototype;
    const [bind, simpleQuery] = [66, 81];
    PGlite.prototype.execProtocolRawSync = function (message, ...rest) {
      const text = Buffer.from(message).toString('latin1');
      // The text of a statement is in its parse message, which is sent before.
      if (count === 0 ? text.includes(${JSON.stringify(begin)}) : [bind, simpleQuery].includes(message[0])) step(text);
      const result = execProtocolRawSync.call(this, message, ...rest);
      if (message[0] === simpleQuery && text.includes('COMMIT')) step('committed');
      return result;
    };`;
}
