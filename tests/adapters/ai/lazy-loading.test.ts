import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = new URL('../../../src/adapters/ai/', import.meta.url);

/** Returns the files that are loaded with a file. */
const loadedImport = /^import (?!type )[^;]*? from '([^']+)';/gm;

test('nothing of the AI SDK is loaded: embedders bring its models, and the server does not use it', () => {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const loaded = names.flatMap((name) =>
    [...readFileSync(new URL(name, folder), 'utf8').matchAll(loadedImport)].map(
      ([, from]) => `${name} ← ${from}`,
    ),
  );
  expect(loaded).toContain('event-stream.ts ← eventsource-parser');
  expect(loaded.filter((line) => /← (ai|@ai-sdk\/.*)$/.test(line))).toEqual([]);
});
