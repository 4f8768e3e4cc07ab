import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packPackage, repository, type PackedPackage } from './packed-package.js';

const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  exports: Record<string, unknown>;
  dependencies: Record<string, string>;
};

let packed: PackedPackage;
beforeAll(async () => {
  packed = await packPackage();
});
afterAll(() => packed.remove());

describe('the package', () => {
  it('has types without problems that attw reports', async () => {
    const attw = join(repository, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const options = [packed.tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-color'];
    // The program exits with an error if it finds a problem.
    await promisify(execFile)(process.execPath, [attw, ...options]);
  });

  it('has declarations for all entry points that compile with the strictest options', async () => {
    const project = await packed.install([...Object.keys(manifest.dependencies), '@types/node', 'expect']);
    const entryPoints = Object.keys(manifest.exports).filter((entryPoint) => entryPoint !== './package.json');
    const imports = entryPoints.map((entryPoint, index) => {
      const specifier = `'${entryPoint.replace('.', 'metered-chat')}'`;
      const imported = entryPoint.endsWith('.json')
        ? `import entryPoint${index} from ${specifier} with { type: 'json' };`
        : `import * as entryPoint${index} from ${specifier};`;
      return `${imported}\nconsole.log(entryPoint${index});\n`;
    });
    await writeFile(join(project.folder, 'entry-points.ts'), imports.join(''));
    expect(await project.compile(['entry-points.ts'])).toBe('');
  });
});
