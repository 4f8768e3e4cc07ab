import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgresTestDatabase } from '../setup/databases.js';
import { packPackage, repository, type PackedPackage, type Project } from './packed-package.js';
import { serveLocally } from './scripted-provider.js';

/** The packages that the page imports, or that `metered-chat` does. */
const packages = [
  ...['@ai-sdk/anthropic', '@hono/node-server', 'ai', 'express', 'fastify', 'hono', 'pg', 'zod'],
  ...['@types/express', '@types/node', '@types/pg'],
  ...['@ai-sdk/provider', '@node-rs/bcrypt', '@valibot/to-json-schema', '@zxcvbn-ts/language-common'],
  ...['eventsource-parser', 'ipaddr.js', 'otplib', 'pg-connection-string', 'postgres-array'],
  ...['postgres-migrations', 'proxy-addr', 'rate-limiter-flexible', 'uuid', 'valibot'],
];

/** Runs each job of the page at once, instead of after up to an hour. */
const runJobsAtOnce = `
const { setInterval } = globalThis;
globalThis.setInterval = (run, everyMs) => {
  run();
  return setInterval(run, everyMs);
};
`;

/** The page says nothing about ports: lets its apps listen until the process ends. */
const listen = `
const expressServer = expressApp.listen(0);
const fastifyUrl = await fastifyApp.listen({ port: 0 });
process.once('SIGTERM', () => {
  expressServer.close();
  void fastifyApp.close();
  process.disconnect();
});
process.send({ express: \`http://127.0.0.1:\${expressServer.address().port}\`, fastify: fastifyUrl });
`;

/** What the provider of the page replies: a call of its tool, then a text. */
const replies = [
  {
    block: { type: 'tool_use', id: 'call-1', name: 'search', input: {} },
    delta: { type: 'input_json_delta', partial_json: '{"query": "PostgreSQL"}' },
    ...{ reason: 'tool_use', inputTokens: 1000, outputTokens: 100 },
  },
  {
    block: { type: 'text', text: '' },
    delta: { type: 'text_delta', text: 'PostgreSQL 18 reads asynchronously.' },
    ...{ reason: 'end_turn', inputTokens: 2000, outputTokens: 400 },
  },
];

/** The events of a streamed message of Anthropic. */
function messageEvents({
  block,
  delta,
  reason,
  inputTokens,
  outputTokens,
}: (typeof replies)[number]): object[] {
  const usage = { input_tokens: inputTokens, output_tokens: 1 };
  return [
    {
      type: 'message_start',
      message: { id: 'message', model: 'claude', role: 'assistant', content: [], usage },
    },
    { type: 'content_block_start', index: 0, content_block: block },
    { type: 'content_block_delta', index: 0, delta },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: reason }, usage: { output_tokens: outputTokens } },
    { type: 'message_stop' },
  ];
}

let packed: PackedPackage;
let project: Project;
let page: string;
let compilerMessages: string;
beforeAll(async () => {
  packed = await packPackage();
  project = await packed.install(packages);
  page = await readFile(join(repository, 'docs/embedding.md'), 'utf8');
  await writeFile(join(project.folder, 'page.ts'), blocksOf('ts').join('\n'));
  await writeFile(join(project.folder, 'run-jobs-at-once.js'), runJobsAtOnce);
  // The declarations of the AI SDK do not pass the check of declarations.
  compilerMessages = await project.compile(['page.ts'], ['--skipLibCheck', 'true']);
}, 500_000);
afterAll(() => packed.remove());

/** Returns the blocks of the page in a language. */
function blocksOf(language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms');
  return [...page.matchAll(fence)].map(([, block = '']) => block);
}

/** What a run of the page did. */
interface PageRun {
  printed: string;
  errors: string;
  exitCode: number | null;
  /** The functions of the page that were not called. */
  uncalled: string[];
}

/** Runs the page until its apps listen, calls `use` with their URLs, and ends it as an operating system does. */
async function runPage(
  environment: Record<string, string>,
  use: (urls: { express: string; fastify: string }) => Promise<void>,
): Promise<PageRun> {
  const coverage = join(project.folder, 'coverage');
  const program = spawn(process.execPath, ['--import', './run-jobs-at-once.js', 'page.js'], {
    cwd: project.folder,
    env: { PATH: process.env['PATH'], NODE_V8_COVERAGE: coverage, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let [printed, errors] = ['', ''];
  program.stdout?.on('data', (text: Buffer) => (printed += text.toString()));
  program.stderr?.on('data', (text: Buffer) => (errors += text.toString()));
  const closed = once(program, 'close');
  const listening = once(program, 'message') as Promise<[{ express: string; fastify: string }]>;
  const ended = closed.then(() => {
    throw new Error(`The page ended early: ${printed}\n${errors}`);
  });
  try {
    const [urls] = await Promise.race([listening, ended]);
    await use(urls);
  } finally {
    program.kill('SIGTERM');
    await closed;
  }
  return { printed, errors, exitCode: program.exitCode, uncalled: await uncalledFunctions(coverage) };
}

async function uncalledFunctions(folder: string): Promise<string[]> {
  const [name = ''] = await readdir(folder);
  const { result } = JSON.parse(await readFile(join(folder, name), 'utf8')) as {
    result: {
      url: string;
      functions: { ranges: [{ count: number; startOffset: number; endOffset: number }] }[];
    }[];
  };
  const source = await readFile(join(project.folder, 'page.js'), 'utf8');
  const functions = result.find(({ url }) => url.endsWith('/page.js'))?.functions ?? [];
  return functions
    .filter(({ ranges: [{ count }] }) => count === 0)
    .map(({ ranges: [{ startOffset, endOffset }] }) => source.slice(startOffset, endOffset));
}

describe('the page about embedding', () => {
  test('compiles as one program with the packed package', () => {
    expect(blocksOf('ts').length).toBeGreaterThan(10);
    expect(compilerMessages).toBe('');
  });

  test('runs as one program, calls each of its functions, and prints what it says', async () => {
    await appendFile(join(project.folder, 'page.js'), listen);
    const { url: databaseUrl, drop } = await postgresTestDatabase({ isMigrated: false });
    let calls = 0;
    const provider = await serveLocally((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      for (const event of messageEvents(replies[calls++] ?? raise('The provider was called too often.')))
        response.write(`data: ${JSON.stringify(event)}\n\n`);
      response.end();
    });
    const environment = {
      DATABASE_URL: databaseUrl,
      ANTHROPIC_BASE_URL: `${provider.url}/v1`,
      ANTHROPIC_API_KEY: 'key',
    };
    const { printed, errors, exitCode, uncalled } = await runPage(environment, async (urls) => {
      let left = 4228;
      for (const url of [urls.express, urls.fastify]) {
        const response = await fetch(`${url}/assistant/api/chat/`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Cookie: 'session=session-of-user-1' },
          body: JSON.stringify({ message: 'Hello' }),
        });
        expect(await response.json()).toMatchObject({
          response: 'Echo: Hello',
          remaining_tokens: (left -= 100),
        });
        expect((await fetch(`${url}/assistant/api/tokens/`)).status).toBe(401);
      }
    });
    await provider.close();
    await drop();
    expect(printed).toBe(blocksOf('text').join(''));
    expect(errors).toBe('');
    expect(exitCode).toBe(0);
    expect(uncalled).toEqual([]);
  });
});

function raise(message: string): never {
  throw new Error(message);
}
