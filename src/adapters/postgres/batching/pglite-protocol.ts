import { parse, protocol, type PGlite } from '@electric-sql/pglite';
import type { Statement } from '../database.js';
import { valueParsers } from '../value-parsers.js';

const { serialize } = protocol;

/**
 * Returns a function that runs a statement over the wire protocol: in two messages, where `query` of PGlite sends six.
 * Named statements are parsed and planned once. Nothing else may use the PGlite while a statement runs. Rejects with the
 * error of the driver.
 *
 * Measured with the chats of `npm run bench`, with this and with `query` in turn: 1.8 times as many chats at 16
 * connections, 2.0 times at 64.
 */
export function createPgliteQuery(pglite: PGlite): <Row>(statement: Statement) => Promise<Row[]> {
  const parameterTypes = new Map<string, number[]>();

  const prepare = async (name: string, text: string) => {
    const messages = [serialize.parse({ name, text }), serialize.describe({ type: 'S', name })];
    return parse.parseDescribeStatementResults(await send(pglite, messages));
  };

  return async <Row>({ name = '', text, values = [] }: Statement) => {
    const types = parameterTypes.get(name) ?? (await prepare(name, text));
    if (name !== '') parameterTypes.set(name, types);
    const serialized = values.map((value, index) => {
      const serializeValue = pglite.serializers[types[index] ?? 0] ?? String;
      return value === null ? null : serializeValue(value);
    });
    const messages = [
      serialize.bind({ statement: name, values: serialized }),
      serialize.describe({ type: 'P' }),
      serialize.execute({}),
    ];
    const results = parse.parseResults(await send(pglite, messages), valueParsers);
    return (results[0]?.rows ?? []) as Row[];
  };
}

async function send(pglite: PGlite, messages: readonly Uint8Array[]) {
  const response = await pglite.execProtocol(Buffer.concat([...messages, serialize.sync()]));
  return response.messages;
}
