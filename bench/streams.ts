import { Agent, request } from 'node:http';
import { startProvider, type BenchProvider } from './provider.js';
import type { BenchPostgres } from './postgres.js';
import { startServer, type BenchServer } from './server.js';

/** What is asked first is not measured: a server that has just started has not compiled its code yet. */
const warmUps = 600;
const pairs = 200;
const streamsAtOnce = 1000;
const accounts = 64;
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

/** What a stream costs on its way through the server. */
export interface StreamFigures {
  /** The median of how long the first piece takes from the provider itself. */
  directMs: number;
  /** The same through the server, which finds out who asks and reserves the price. */
  throughMs: number;
  /** How many of a thousand that were open at once ended whole. */
  whole: number;
  /** The server's memory while they were open. */
  memoryMb: number;
}

/** Streams through a server on a PostgreSQL of its own. */
export async function measureStreams(postgres: BenchPostgres): Promise<StreamFigures> {
  await postgres.createDatabase('streams');
  const provider = await startProvider();
  const server = await startServer({
    DATABASE_URL: postgres.url('streams'),
    AI_PROVIDER: 'openai-compatible',
    AI_BASE_URL: provider.url,
    AI_MODEL: 'bench',
    LOG_LEVEL: 'warn',
  });
  try {
    const secrets: string[] = [];
    for (let index = 0; index < accounts; index += 1) secrets.push(await register(server, index));
    return {
      ...(await firstChunks(provider, server, secrets)),
      ...(await allOpen(provider, server, secrets)),
    };
  } finally {
    await server.stop();
    await provider.stop();
  }
}

async function register({ url }: BenchServer, index: number): Promise<string> {
  const response = await fetch(`${url}/api/register/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: `stream-${index}`, password: 'Bench-Pass-2026' }),
  });
  if (!response.ok) throw new Error(`No account: ${await response.text()}`);
  return ((await response.json()) as { token: string }).token;
}

async function firstChunks(provider: BenchProvider, server: BenchServer, secrets: readonly string[]) {
  for (let count = 0; count < warmUps; count += 1) {
    await openStream(`${provider.url}/chat/completions`, { stream: true }).text;
    await openChat(server, secrets[count % secrets.length]).text;
  }
  const [direct, through]: [number[], number[]] = [[], []];
  for (let pair = 0; pair < pairs; pair += 1) {
    const asked = openStream(`${provider.url}/chat/completions`, { stream: true });
    direct.push(await asked.firstChunkMs);
    await asked.text;
    const chat = openChat(server, secrets[pair % secrets.length]);
    through.push(await chat.firstChunkMs);
    await chat.text;
  }
  return { directMs: median(direct), throughMs: median(through) };
}

async function allOpen(provider: BenchProvider, server: BenchServer, secrets: readonly string[]) {
  provider.holdReplies();
  const chats = Array.from({ length: streamsAtOnce }, (_, index) =>
    openChat(server, secrets[index % secrets.length]),
  );
  await Promise.all(chats.map(({ firstChunkMs }) => firstChunkMs));
  const memoryMb = server.memoryMb();
  provider.endReplies();
  const texts = await Promise.all(chats.map(({ text }) => text));
  return { whole: texts.filter((text) => text.includes('\nevent: done\n')).length, memoryMb };
}

interface OpenStream {
  firstChunkMs: Promise<number>;
  /** All of it, once it has ended. */
  text: Promise<string>;
}

function openChat({ url }: BenchServer, secret = ''): OpenStream {
  return openStream(`${url}/api/chat/`, { message: 'Hello, AI!', stream: true }, secret);
}

function openStream(url: string, body: object, secret = ''): OpenStream {
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${secret}` };
  const askedAt = performance.now();
  let begin: (ms: number) => void = () => undefined;
  const begun = new Promise<number>((resolve) => {
    begin = resolve;
  });
  const text = new Promise<string>((resolve, reject) => {
    const asked = request(url, { method: 'POST', agent, headers }, (answer) => {
      let read = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => {
        if (read === '') begin(performance.now() - askedAt);
        read += chunk;
      });
      answer.on('end', () => {
        resolve(read);
      });
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(JSON.stringify(body));
  });
  // A stream that fails before it begins fails both.
  return { firstChunkMs: Promise.race([begun, text.then(() => Number.NaN)]), text };
}

function median(values: number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}
