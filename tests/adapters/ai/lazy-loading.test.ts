import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = new URL('../../../src/adapters/ai/', import.meta.url);

/** What is loaded with a file, whether it is needed or not. */
const loadedImport = /^import (?!type )[^;]*? from '([^']+)';/gm;

test('the AI SDK is loaded by nothing but a model that needs it', () => {
  const files = readdirSync(folder).filter((name) => name !== 'sdk-model.ts');
  const loaded = files.flatMap((name) =>
    [...readFileSync(new URL(name, folder), 'utf8').matchAll(loadedImport)].map(
      ([, from]) => `${name} ← ${from}`,
    ),
  );
  expect(loaded).toContain('providers.ts ← ./echo.js');
  expect(loaded.filter((line) => /← (ai|@ai-sdk\/.*|.*\/sdk-model\.js)$/.test(line))).toEqual([]);
});
