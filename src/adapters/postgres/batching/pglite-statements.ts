import { parse, protocol, type PGlite } from '@electric-sql/pglite';
import type { Statement } from '../database.js';
import { valueParsers } from '../value-parsers.js';

const { serialize } = protocol;

/**
 * Runs statements on a PGlite that nobody else uses at that moment: in two messages where PGlite's own `query` sends six,
 * and those that have a name are parsed and planned only once. Rejects with the driver's error.
 */
export function statementsOnPglite(pglite: PGlite): <Row>(statement: Statement) => Promise<Row[]> {
  const parametersOf = new Map<string, number[]>();

  const prepare = async (name: string, text: string) => {
    const messages = [serialize.parse({ name, text }), serialize.describe({ type: 'S', name })];
    const described = await send(pglite, messages);
    return parse.parseDescribeStatementResults(described);
  };

  return async <Row>({ name = '', text, values = [] }: Statement) => {
    const parameters = parametersOf.get(name) ?? (await prepare(name, text));
    if (name !== '') parametersOf.set(name, parameters);
    const bound = values.map((value, index) => {
      const written = pglite.serializers[parameters[index] ?? 0] ?? String;
      return value === null ? null : written(value);
    });
    const messages = [
      serialize.bind({ statement: name, values: bound }),
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
