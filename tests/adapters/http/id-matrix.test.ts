import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApiDocument } from '../../../src/adapters/http/kit/openapi/document.js';
import { apiRoutes } from '../../../src/adapters/http/routes.js';
import { openEngine, type Engine } from './engines.js';
import { idExpectations, type IdExpectation } from './id-matrix.js';
import { ask, newAccount, newAdmin, type TestResponse } from './requests.js';
import { testApi } from './test-api.js';

/** Every operation of the document whose path names an object. A provider belongs to no account. */
const operations = Object.entries(openApiDocument(apiRoutes).paths).flatMap(([path, methods]) =>
  path.replace('{provider}', '').includes('{')
    ? Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path }))
    : [],
);

/** Well formed, and the id of nothing. */
const missingId = '0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04';
const malformedIds = ['not-an-id', `${missingId}0`, encodeURIComponent("' or 1=1 --")];

type Person = 'owner' | 'other' | 'admin';

const mayFind: Record<IdExpectation['finders'], readonly Person[]> = {
  owner: ['owner'],
  'owner and admins': ['owner', 'admin'],
  admins: ['admin'],
  all: ['owner', 'other', 'admin'],
};

describe('a path with an id', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine('memory');
  });
  afterAll(() => engine.close());

  test('has an expectation for each method, and there are no other expectations', () => {
    const names = operations.map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(idExpectations).sort()).toEqual(names.sort());
  });

  test.each(operations)(
    '$method $path finds the object for permitted callers only',
    async ({ method, path }) => {
      const expectation = idExpectations[`${method} ${path}`];
      if (expectation === undefined) throw new Error('The matrix does not have it.');
      const { found, finders, make, json, within } = expectation;
      const api = testApi(engine);
      const owner = await newAccount(api);
      const people = { owner, other: await newAccount(api), admin: await newAdmin(api) };
      const existing = await make(api, owner);
      const target = within === undefined ? path : path.replace(/\{\w+\}/, await within(api, owner));
      const call = (id: string, auth?: string) =>
        ask(api, method, target.replace(/\{\w+\}/, id), { json, ...(auth === undefined ? {} : { auth }) });

      for (const id of [existing, missingId, ...malformedIds]) {
        expect((await call(id)).status, `no credentials, ${id}`).toBe(401);
        expect((await call(id, 'mca_made-up')).status, `a stranger, ${id}`).toBe(401);
      }
      for (const [person, { auth }] of Object.entries(people) as [Person, { auth: string }][]) {
        const refusal = finders === 'admins' && person !== 'admin' ? 403 : 404;
        const missing = await call(missingId, auth);
        expect(missing.status, `${person}, missing`).toBe(refusal);
        for (const id of malformedIds)
          expect((await call(id, auth)).status, `${person}, ${id}`).toBe(refusal);
        if (mayFind[finders].includes(person)) continue;
        expect(observable(await call(existing, auth)), `${person}, existing`).toEqual(observable(missing));
      }
      // Last, so that what the others were refused is still there.
      for (const person of mayFind[finders]) {
        expect((await call(existing, people[person].auth)).status, `${person}, existing`).toBe(found);
      }
    },
  );
});

/** Returns everything in a response that could reveal whether an object exists. */
function observable({ status, headers, text }: TestResponse) {
  return { status, text, headers: [...headers].filter(([name]) => name !== 'x-request-id') };
}
