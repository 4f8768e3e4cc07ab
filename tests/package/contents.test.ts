import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packPackage, repository, type PackedPackage } from './packed-package.js';

let packed: PackedPackage;
beforeAll(async () => {
  packed = await packPackage();
});
afterAll(() => packed.remove());

describe('the package', () => {
  it('contains the program, the migrations, the pages, the packed database, the metering vectors and the licence, and nothing else', () => {
    const others = packed.files.filter((path) => !/^(dist|migrations|web)\//.test(path));
    expect(others.sort()).toEqual(['LICENSE', 'README.md', 'metering-vectors.json', 'package.json']);
    const unexpected = packed.files.filter(
      (path) => /^dist\/(?!(web|packed-database)\/)/.test(path) && !/\.(js|js\.map|d\.ts)$/.test(path),
    );
    expect(unexpected).toEqual([]);
    expect(packed.files.filter((path) => /tsconfig|tsbuildinfo|\.test\.|\.long\./.test(path))).toEqual([]);
  });

  it('contains all migrations and pages', () => {
    const migrations = readdirSync(join(repository, 'migrations')).map((name) => `migrations/${name}`);
    expect(packed.files).toEqual(expect.arrayContaining(migrations));
    expect(packed.files).toEqual(
      expect.arrayContaining([
        'web/account/verify-email.html',
        'dist/web/chat/index.html',
        'dist/web/admin/index.html',
      ]),
    );
    expect(packed.files.filter((path) => /^dist\/web\/.*\.map$/.test(path))).toEqual([]);
  });

  it('contains a declaration and a source map for each file of the program', () => {
    const programs = packed.files.filter((path) => /^dist\/(?!web\/).*\.js$/.test(path));
    const missing = programs
      .flatMap((path) => [path.replace(/\.js$/, '.d.ts'), `${path}.map`])
      .filter((path) => !packed.files.includes(path));
    expect(missing).toEqual([]);
  });

  it('has no problems that publint reports', async () => {
    const { buffer: tarball } = new Uint8Array(await readFile(packed.tarball));
    const { messages, pkg } = await publint({ strict: true, pack: { tarball } });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });
});
