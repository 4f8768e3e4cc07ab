import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { priceResponse } from '../chat/price.js';
import { usageFields } from '../chat/send.js';
import { defineRoute } from '../kit/define-route.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { noQuery } from '../kit/query-fields.js';
import { count } from '../kit/response-fields.js';
import { packageFile } from '../kit/package-file.js';

/** The same file from `src` and from `dist`. */
const vectorsFile = packageFile('metering-vectors.json');

const record = v.record(v.string(), v.unknown());

const vectorResponse = namedSchema(
  'MeteringVector',
  v.object({
    name: v.string(),
    source: v.string(),
    provider: v.string(),
    usage: v.union([record, v.array(record)]),
    normalised: v.object(usageFields),
    prices: v.record(v.string(), priceResponse),
    charges: v.record(v.string(), count),
  }),
);

/** Read when it is first requested. */
let vectors: Promise<string> | null = null;

export const readMeteringVectors = defineRoute({
  method: 'GET',
  path: '/api/metering-vectors.json',
  id: 'readMeteringVectors',
  tag: 'Operations',
  summary: 'Read the metering vectors',
  description:
    'Usage as providers really report it, the same usage by class, and what it costs by several price lists: test data for any program that meters. `usage` is a list if a stream reports more than once.',
  access: 'anyone',
  query: noQuery,
  responses: { 200: { description: 'All vectors.', json: v.array(vectorResponse) } },
  handler: async ({ c }) => {
    vectors ??= readFile(vectorsFile, 'utf8').catch((error: unknown) => {
      vectors = null;
      throw error;
    });
    return c.body(await vectors, 200, { 'Content-Type': 'application/json' });
  },
});
