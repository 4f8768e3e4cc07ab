import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { operatorCaller } from '../../src/domain/auth/caller.js';
import { createAdmin, createAdminCommand } from '../../src/cli/create-admin.js';
import { grantCommand } from '../../src/cli/grant.js';
import { resetFactorsCommand } from '../../src/cli/reset-factors.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { usageOf } from '../../src/cli/usage.js';
import type { Core } from '../../src/domain/core.js';
import { openEngine } from '../adapters/http/engines.js';
import { testApi } from '../adapters/http/test-api.js';
import { importDjangoCommand } from '../../src/cli/import-django.js';
import { dumpedUser } from '../adapters/django/dumps.js';

const password = 'StrongPass123!';
let core: Core;

beforeEach(async () => {
  core = testApi(await openEngine('memory')).core;
});

/** Not interactive; standard input has this line, or none. */
function scripted(line: string | null): Terminal {
  return { isInteractive: false, readLine: () => Promise.resolve(line) };
}

async function register(username: string): Promise<string> {
  const origin = { address: null, userAgent: null };
  const { user } = await core.users.register({ username, password, email: null, origin });
  return user.id;
}

test.each([
  { args: ['jane_doe', '500', '--reason', 'a gift'], line: 'jane_doe now has 4500 tokens (grant 500).' },
  { args: ['JANE_DOE', '+1', '--reason', 'a gift'], line: 'jane_doe now has 4001 tokens (grant +1).' },
  {
    args: ['jane_doe', '-4000', '--reason', 'a mistake'],
    line: 'jane_doe now has 0 tokens (adjustment -4000).',
  },
  { args: ['--reason', 'first', 'jane_doe', '-1'], line: 'jane_doe now has 3999 tokens (adjustment -1).' },
])('grant $args changes the balance and prints it', async ({ args, line }) => {
  await register('jane_doe');
  expect(await grantCommand.run(core, args)).toEqual({ exitCode: 0, lines: [line] });
});

test.each([
  { args: ['jane_doe', '-4001', '--reason', 'too much'], code: 'balance_out_of_range' },
  { args: ['jane_doe', '0', '--reason', 'nothing'], code: 'invalid_input' },
  { args: ['john_doe', '1', '--reason', 'a gift'], code: 'not_found' },
  { args: ['jane_doe', '1', '--reason', ' '], code: 'invalid_input' },
])('grant $args fails with $code and changes nothing', async ({ args, code }) => {
  const userId = await register('jane_doe');
  await expect(grantCommand.run(core, args)).rejects.toMatchObject({ code });
  expect(await core.ledger.balance({ caller: operatorCaller, userId })).toEqual({ balance: 4000, held: 0 });
});

test.each([
  [['jane_doe', '1']],
  [['jane_doe', '--reason', 'a gift']],
  [['jane_doe', 'one', '--reason', 'a gift']],
  [['jane_doe', '1', '2', '--reason', 'a gift']],
  [['jane_doe', '10000000000000000000', '--reason', 'a gift']],
])('grant %j prints the usage', async (args) => {
  expect(await grantCommand.run(core, args)).toEqual({
    exitCode: 2,
    lines: [`Usage: ${usageOf(grantCommand)}`],
  });
});

test.each([
  { args: [], line: null },
  { args: ['--username', 'root'], line: null },
  { args: ['--username', 'root', '--email', ''], line: null },
  { args: ['--username', 'root', '--email', '', '--password-stdin'], line: null },
  { args: ['--email', '', '--password-stdin'], line: password },
])('create-admin $args without a terminal, with the line $line, prints the usage', async ({ args, line }) => {
  const { exitCode, lines } = await createAdmin(core, scripted(line), args);
  expect(exitCode).toBe(2);
  expect(lines.join()).toContain(`Usage: ${usageOf(createAdminCommand)}`);
});

test('create-admin rejects a weak password with every reason', async () => {
  const args = ['--username', 'root', '--email', '', '--password-stdin'];
  const error: unknown = await createAdmin(core, scripted('1234567'), args).catch(
    (caught: unknown) => caught,
  );
  expect(error).toMatchObject({ code: 'invalid_input' });
  const { fieldErrors } = (error as { details: { fieldErrors: Record<string, string[]> } }).details;
  expect(fieldErrors['password']?.length).toBeGreaterThanOrEqual(2);
});

test('create-admin rejects a username that is taken, regardless of case', async () => {
  await register('root');
  const args = ['--username', 'ROOT', '--email', '', '--password-stdin'];
  await expect(createAdmin(core, scripted(password), args)).rejects.toMatchObject({ code: 'username_taken' });
});

test('import-django lists the usernames that it derived from emails', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'metered-chat-dump-'));
  const path = join(folder, 'dump.json');
  await writeFile(path, JSON.stringify([dumpedUser(1, '', { email: 'lee@example.org' })]));
  const { exitCode, lines } = await importDjangoCommand.run(core, [path]);
  await rm(folder, { recursive: true });
  expect(exitCode).toBe(0);
  expect(lines.at(-1)).toBe('  chatapp.user 1 "lee@example.org": lee');
});

test('reset-factors removes every factor and ends the sessions of an account, so that its password signs in', async () => {
  const engine = await openEngine('memory');
  core = testApi(engine).core;
  const origin = { address: null, userAgent: null };
  const registered = await core.users.register({ username: 'jane_doe', password, email: null, origin });
  const { accessSecret } = registered.session;
  const { factorStore } = engine.stores;
  const userId = registered.user.id;
  await factorStore.startTotp({ userId, sealedSecret: 'sealed' });
  await factorStore.confirmTotp({
    ...{ userId, sealedSecret: 'sealed', step: 1, mustBeFirst: true },
    recoveryDigests: [],
  });
  const signIn = () => core.auth.signIn({ name: 'jane_doe', password, origin });
  await expect(signIn()).rejects.toMatchObject({ code: 'second_factor_required' });
  expect(await resetFactorsCommand.run(core, ['JANE_DOE'])).toEqual({
    exitCode: 0,
    lines: ['jane_doe has no second factor any more (removed: 1).'],
  });
  await expect(core.auth.authenticate(accessSecret)).rejects.toMatchObject({ code: 'unauthenticated' });
  expect((await signIn()).user.id).toBe(userId);
  const again = await resetFactorsCommand.run(core, ['jane_doe']);
  expect(again.lines).toEqual(['jane_doe has no second factor any more (removed: 0).']);
});

test('reset-factors fails for an account that does not exist', async () => {
  await expect(resetFactorsCommand.run(core, ['john_doe'])).rejects.toMatchObject({ code: 'not_found' });
});

test.each([[[]], [['jane_doe', 'john_doe']], [['--all']]])(
  'reset-factors %j prints the usage',
  async (args) => {
    expect(await resetFactorsCommand.run(core, args)).toMatchObject({ exitCode: 2 });
  },
);
