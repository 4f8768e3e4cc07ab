import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const packageFile = new URL('../../package.json', import.meta.url);

test('every command and suite builds only what has changed', async () => {
  const text = await readFile(packageFile, 'utf8');
  const { scripts } = JSON.parse(text) as { scripts: Record<string, string> };
  const building = Object.entries(scripts).filter(([name]) => /^(build|pre(?!pack))/.test(name));
  expect(building.length).toBeGreaterThan(5);
  for (const [name, script] of building) expect(script, name).toMatch(/^node tools\/build\.mjs( &&|$)/);
  const running = Object.entries(scripts).filter(([, script]) => script.includes('dist/main.js'));
  for (const [name] of running) expect(scripts, name).toHaveProperty([`pre${name}`]);
});
