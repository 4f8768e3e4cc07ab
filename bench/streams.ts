import { Agent, request } from 'node:http';
import { startProvider, type BenchProvider } from './provider.js';
import type { BenchPostgres } from './postgres.js';
import { startServer, type BenchServer } from './server.js';

/** The first requests are not measured: a server that has just started has not compiled its code yet. */
const warmUps = 600;
const pairs = 200;
const streamsAtOnce = 1000;
const accounts = 64;
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

/** What the server adds to a stream. */
export interface StreamFigures {
  /** The median time to the first chunk, directly from the provider, in milliseconds. */
  directMs: number;
  /** The same through the server, which authenticates the caller and reserves the price. */
  serverMs: number;
  /** How many of a thousand streams that were open at once completed. */
  completed: number;
  /** The server's memory while they were open, in megabytes. */
  memoryMb: number;
}

/** Measures streams through a server with its own database. */
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
      ...(await manyOpen(provider, server, secrets)),
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
  if (!response.ok) throw new Error(`The registration failed: ${await response.text()}`);
  return ((await response.json()) as { token: string }).token;
}

async function firstChunks(provider: BenchProvider, server: BenchServer, secrets: readonly string[]) {
  for (let count = 0; count < warmUps; count += 1) {
    await openStream(`${provider.url}/chat/completions`, { stream: true }).text;
    await openChat(server, secrets[count % secrets.length]).text;
  }
  const [directMs, serverMs]: [number[], number[]] = [[], []];
  for (let pair = 0; pair < pairs; pair += 1) {
    const direct = openStream(`${provider.url}/chat/completions`, { stream: true });
    directMs.push(await direct.firstChunkMs);
    await direct.text;
    const chat = openChat(server, secrets[pair % secrets.length]);
    serverMs.push(await chat.firstChunkMs);
    await chat.text;
  }
  return { directMs: median(directMs), serverMs: median(serverMs) };
}

async function manyOpen(provider: BenchProvider, server: BenchServer, secrets: readonly string[]) {
  provider.holdReplies();
  const chats = Array.from({ length: streamsAtOnce }, (_, index) =>
    openChat(server, secrets[index % secrets.length]),
  );
  await Promise.all(chats.map(({ firstChunkMs }) => firstChunkMs));
  const memoryMb = server.memoryMb();
  provider.endReplies();
  const texts = await Promise.all(chats.map(({ text }) => text));
  return { completed: texts.filter((text) => text.includes('\nevent: done\n')).length, memoryMb };
}

interface OpenStream {
  firstChunkMs: Promise<number>;
  /** The whole body, after its end. */
  text: Promise<string>;
}

function openChat({ url }: BenchServer, secret = ''): OpenStream {
  return openStream(`${url}/api/chat/`, { message: 'Hello, AI!', stream: true }, secret);
}

function openStream(url: string, body: object, secret = ''): OpenStream {
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${secret}` };
  const sentAt = performance.now();
  let resolveFirstChunk: (ms: number) => void = () => undefined;
  const firstChunk = new Promise<number>((resolve) => {
    resolveFirstChunk = resolve;
  });
  const text = new Promise<string>((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      let read = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        if (read === '') resolveFirstChunk(performance.now() - sentAt);
        read += chunk;
      });
      response.on('end', () => {
        resolve(read);
      });
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
  // If the request fails before the first chunk, both promises reject.
  return { firstChunkMs: Promise.race([firstChunk, text.then(() => Number.NaN)]), text };
}

function median(values: number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}
