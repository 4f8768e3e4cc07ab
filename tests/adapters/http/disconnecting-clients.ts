import { expect } from 'vitest';
import { operatorCaller } from '../../../src/domain/auth/caller.js';
import { isSound } from '../../../src/domain/ledger/invariants.js';
import { seededRandom } from '../../../src/testing/seeded-random.js';
import { stopwatch } from '../../stopwatch.js';
import { chosenSeed } from '../../seed.js';
import type { EngineName } from './engines.js';
import { openConnection, requestBytes } from './raw-connection.js';
import { balance, exchanges, newAccount, until } from './requests.js';
import { startTestServer, type TestServer } from './test-server.js';
import { abortion, finish, modelThat, text } from './test-models.js';

/** How far a model comes before it waits for its reader to leave. */
const messages = ['silent', 'half', 'whole'] as const;

/** Where a client leaves, what it had asked for, and what is on record then. */
const departures = [
  { when: 'within its own headers', message: 'silent', streams: false, ends: null },
  { when: 'before any word', message: 'silent', streams: false, ends: ['cancelled', 0] },
  { when: 'before the first piece', message: 'silent', streams: true, ends: ['cancelled', 0] },
  {
    when: 'before an answer whose words have come',
    message: 'half',
    streams: false,
    ends: ['cancelled', 100],
  },
  { when: 'in the middle', message: 'half', streams: true, ends: ['cancelled', 100] },
  { when: 'at the end', message: 'whole', streams: true, ends: ['completed', 100] },
  { when: 'with its answer', message: 'whole', streams: false, ends: ['completed', 100] },
] as const;
type Departure = (typeof departures)[number];

/** The ways to send a message, and what each of them ends its answer with. */
const entryPoints = [
  {
    path: '/api/chat/',
    ask: ({ message, streams }: Departure) => ({ message, stream: streams }),
    end: () => 'remaining_tokens',
  },
  {
    path: '/v1/chat/completions',
    ask: ({ message, streams }: Departure) => ({
      ...{ model: 'echo', messages: [{ role: 'user', content: message }], stream: streams },
    }),
    end: ({ streams }: Departure) => (streams ? '[DONE]' : 'total_tokens'),
  },
] as const;

/**
 * Has clients leave at random points, over real sockets. Each time the model must be told within a second, the record
 * and the charge must be right, and in the end no socket is left. Answers in how many rounds all of that was so.
 */
export async function disconnectInRounds(name: EngineName, rounds: number): Promise<{ kept: number; of: number }> {
  const seed = chosenSeed();
  const random = seededRandom(seed);
  const worked: { words: number; abortedAfterMs: number | null } = { words: 0, abortedAfterMs: null };
  let sinceLeaving = () => 0;
  const model = modelThat(async function* ({ messages: [asked], signal }) {
    signal.addEventListener('abort', () => {
      worked.abortedAfterMs = sinceLeaving();
    });
    const message = messages.find((known) => known === asked?.text);
    const hasLeft = () => signal.aborted;
    if (message === 'silent') await abortion(signal);
    if (hasLeft()) return;
    for (const word of ['Once ', 'upon ']) {
      worked.words += 1;
      yield text(word);
    }
    if (message === 'half') await abortion(signal);
    if (hasLeft()) return;
    yield finish;
  });
  const server = await startTestServer(name, { models: [model], policy: { startingCredits: 1_000_000 } });
  const { auth } = await newAccount(server);
  await balance(server, auth);
  const socketsBefore = openSockets();
  let [kept, spent] = [0, 0];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const departure = departures[random(departures.length)] ?? departures[0];
      const [before] = await exchanges(server, auth);
      const asked = model.requests.length;
      worked.words = 0;
      worked.abortedAfterMs = null;
      const entryPoint = entryPoints[random(entryPoints.length)] ?? entryPoints[0];
      await leave(
        server,
        auth,
        { ...departure, entryPoint },
        {
          asked: () => model.requests.length > asked,
          words: () => worked.words,
          leaves: () => {
            sinceLeaving = stopwatch();
          },
        },
      );
      await server.server.idle();
      const where = `${departure.when}, ${entryPoint.path}, seed ${seed}, round ${round}`;
      const [ended] = await exchanges(server, auth);
      if (departure.ends === null) {
        expect(ended, where).toEqual(before);
      } else {
        expect([ended?.['status'], ended?.['tokens_charged']], where).toEqual(departure.ends);
        spent += departure.ends[1];
        if (departure.ends[0] === 'cancelled') {
          expect(worked.abortedAfterMs, where).toBeLessThan(1000);
        }
      }
      expect(await balance(server, auth), where).toEqual({ tokens: 1_000_000 - spent, held: 0 });
      kept += 1;
    }
    await until(() => openSockets() <= socketsBefore);
    const report = await server.core.ledger.audit({ caller: operatorCaller });
    expect(isSound(report), JSON.stringify(report)).toBe(true);
  } finally {
    console.log(
      `${kept} of ${rounds} clients left in order on ${name}, ` +
        `${openSockets() - socketsBefore} sockets leaked (seed ${seed})`,
    );
    await server.close();
  }
  return { kept, of: rounds };
}

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
}

/** Asks, waits until it is time, and goes away without a word. */
async function leave(
  { url }: TestServer,
  auth: string,
  departure: Departure & { entryPoint: (typeof entryPoints)[number] },
  seen: { asked: () => boolean; words: () => number; leaves: () => void },
): Promise<void> {
  const { entryPoint } = departure;
  const body = JSON.stringify(entryPoint.ask(departure));
  const headers = [`Authorization: Token ${auth}`, 'Content-Type: application/json'];
  const request = requestBytes(
    `POST ${entryPoint.path}`,
    [...headers, `Content-Length: ${body.length}`],
    body,
  );
  const connection = await openConnection(url);
  await connection.send(departure.ends === null ? request.slice(0, 60) : request);
  const hasCome = (end: string) => () => connection.received().includes(end);
  if (departure.message === 'silent' && departure.ends !== null) await until(seen.asked);
  if (departure.message === 'half') {
    await until(departure.streams ? hasCome('"Once "') : () => seen.words() === 2);
  }
  if (departure.message === 'whole') await until(hasCome(entryPoint.end(departure)));
  seen.leaves();
  connection.destroy();
  await connection.closed;
}
