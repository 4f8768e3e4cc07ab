import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument } from '../../../src/adapters/http/kit/openapi/document.js';
import { apiRoutes } from '../../../src/adapters/http/routes.js';
import { problemStatuses } from '../../../src/adapters/http/kit/problem.js';
import { openEngine, type Engine } from './engines.js';
import { ask } from './requests.js';
import { testApi } from './test-api.js';

const document = openApiDocument(apiRoutes);

/** `GET /api/chat`, for every operation of the document. */
const documented = Object.entries(document.paths)
  .flatMap(([path, methods]) => Object.keys(methods).map((method) => line(method, path)))
  .sort();

function line(method: string, path: string): string {
  return `${method.toUpperCase()} ${path.replace(/(.)\/$/, '$1')}`;
}

describe('the OpenAPI document', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine('memory');
  });
  afterAll(() => engine.close());

  it('has every route that the app serves for programs, and no other', () => {
    const served = testApi(engine)
      .app.routes.filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => line(method, path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')))
      // Pages are for people, and their files are theirs.
      .filter((route) => /^[A-Z]+ \/((api|v1|health)\/(?!docs\b)|metrics$)/.test(route));
    expect(documented).toEqual([...new Set(served)].sort());
  });

  it('names every code that a problem can have, but those of paths that there are not', () => {
    const text = JSON.stringify(document);
    const unnamed = [...problemStatuses.keys()].filter((code) => !text.includes(`"${code}"`));
    expect(unnamed).toEqual(['method_not_allowed']);
  });

  it('has no two operations of one name', () => {
    const names = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('is served as it is, to anyone', async () => {
    const response = await ask(testApi(engine), 'GET', '/api/openapi.json');
    expect(response.status).toBe(200);
    expect(response.body).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('is served beside the metering vectors of the package, which anyone may read', async () => {
    const response = await ask(testApi(engine), 'GET', '/api/metering-vectors.json');
    expect(response.status).toBe(200);
    const file = new URL('../../../metering-vectors.json', import.meta.url);
    expect(response.body).toEqual(JSON.parse(await readFile(file, 'utf8')));
  });

  it('has nothing that its linter would have otherwise', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'metered-chat-openapi-'));
    const file = join(folder, 'openapi.json');
    await writeFile(file, JSON.stringify(document));
    const repository = fileURLToPath(new URL('../../..', import.meta.url));
    const redocly = join(repository, 'node_modules/@redocly/cli/bin/cli.js');
    const options = ['lint', file, '--config', join(repository, 'redocly.yaml'), '--format', 'json'];
    const environment = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const { stdout } = await promisify(execFile)(process.execPath, [redocly, ...options], {
      env: environment,
    }).catch((error: unknown) => error as { stdout: string });
    const { problems } = JSON.parse(stdout) as { problems: { message: string; ruleId: string }[] };
    expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
    await rm(folder, { recursive: true });
  });
});
