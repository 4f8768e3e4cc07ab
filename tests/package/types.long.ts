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
  it('has types that are not wrong', async () => {
    const attw = join(repository, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const options = [packed.tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-color'];
    // It exits with what is wrong.
    await promisify(execFile)(process.execPath, [attw, ...options]);
  });

  it('has declarations of every door that the strictest compiler takes', async () => {
    const project = await packed.install([...Object.keys(manifest.dependencies), '@types/node', 'expect']);
    const entryPoints = Object.keys(manifest.exports).filter((entryPoint) => entryPoint !== './package.json');
    const imports = entryPoints.map(
      (entryPoint, index) =>
        `import * as door${index} from '${entryPoint.replace('.', 'metered-chat')}';\nconsole.log(door${index});\n`,
    );
    await writeFile(join(project.folder, 'every-door.ts'), imports.join(''));
    expect(await project.compile(['every-door.ts'])).toBe('');
  });
});
