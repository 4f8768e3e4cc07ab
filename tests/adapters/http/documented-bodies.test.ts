import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApiDocument } from '../../../src/adapters/http/kit/openapi/document.js';
import { apiRoutes } from '../../../src/adapters/http/routes.js';
import { chosenSeed } from '../../seed.js';
import { bodyOperations, type BodyOperation } from './documented-bodies.js';
import { openEngine, type Engine } from './engines.js';
import { idExpectations } from './id-matrix.js';
import { ask, chat, newAccount, newAdmin, type TestResponse } from './requests.js';
import { testApi } from './test-api.js';

const seed = chosenSeed();
const faultsOfShape = ['invalid_input', 'malformed_body', 'unsupported_media_type'];

describe('what the document says of bodies', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine('memory');
  });
  afterAll(() => engine.close());

  /** Calls an operation as a new caller who may call it, on an object of their own. */
  async function callerOf({
    method,
    path,
  }: BodyOperation): Promise<(json: unknown) => Promise<TestResponse>> {
    const api = testApi(engine);
    const owner = await newAccount(api);
    const id = (await idExpectations[`${method} ${path}`]?.make(api, owner)) ?? '';
    const { auth } = path.startsWith('/api/admin/') ? await newAdmin(api) : owner;
    return (json) => ask(api, method, path.replace('{id}', id), { auth, json });
  }

  test.each(bodyOperations)(`is taken by $method $path (seed ${seed})`, async (operation) => {
    const isTaken = async (body: unknown) => {
      const call = await callerOf(operation);
      const { status, text, body: response } = await call(body);
      expect(status, text).toBeLessThan(500);
      expect(faultsOfShape, text).not.toContain(response['code']);
    };
    await fc.assert(fc.asyncProperty(operation.valid, isTaken), { seed, numRuns: 6 });
  });

  test.each(bodyOperations)('and what it does not say is refused by $method $path', async (operation) => {
    const call = await callerOf(operation);
    const [valid = {}] = fc.sample(operation.valid, { seed, numRuns: 1 });
    for (const { field, body } of operation.spoil(valid)) {
      const { status, text } = await call(body);
      expect(status, `${field}: ${JSON.stringify(body[field])} → ${text}`).toBe(400);
    }
  });

  test('an idempotency key is as long as the document says, and no longer', async () => {
    const parameters = openApiDocument(apiRoutes).paths['/api/chat/']?.['post']?.parameters as {
      name: string;
      schema: object;
    }[];
    const keySchema = parameters.find(({ name }) => name === 'Idempotency-Key')?.schema;
    expect(keySchema).toEqual({ type: 'string', minLength: 1, maxLength: 255, pattern: '^[ -~]+$' });
    const api = testApi(engine);
    const { auth } = await newAccount(api);
    expect((await chat(api, auth, 'Hello', { key: '~'.repeat(255) })).status).toBe(200);
    for (const key of ['~'.repeat(256), 'é', 'a\tb', '']) {
      expect((await chat(api, auth, 'Hello', { key })).status, key).toBe(400);
    }
  });
});
