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
import { messageText } from '../../../src/domain/chat/model-message.js';

/** How much a model sends before it waits for its reader to disconnect. */
const messages = ['silent', 'half', 'whole'] as const;

/** When a client disconnects, what it requested, and the status and charge afterwards. */
const departures = [
  { when: 'within the request headers', message: 'silent', streams: false, ends: null },
  { when: 'before any word', message: 'silent', streams: false, ends: ['cancelled', 0] },
  { when: 'before the first chunk', message: 'silent', streams: true, ends: ['cancelled', 0] },
  {
    when: 'before a plain response whose text is complete',
    message: 'half',
    streams: false,
    ends: ['cancelled', 100],
  },
  { when: 'in the middle', message: 'half', streams: true, ends: ['cancelled', 100] },
  { when: 'at the end', message: 'whole', streams: true, ends: ['completed', 100] },
  { when: 'after its response', message: 'whole', streams: false, ends: ['completed', 100] },
] as const;
type Departure = (typeof departures)[number];

/** The routes that send a message, and the end of their responses. */
const chatRoutes = [
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
  {
    path: '/v1/responses',
    ask: ({ message, streams }: Departure) => ({ model: 'echo', input: message, stream: streams }),
    end: ({ streams }: Departure) => (streams ? 'event: response.completed' : 'total_tokens'),
  },
  {
    path: '/v1/messages',
    ask: ({ message, streams }: Departure) => ({
      ...{ model: 'echo', max_tokens: 100, messages: [{ role: 'user', content: message }], stream: streams },
    }),
    end: ({ streams }: Departure) => (streams ? 'message_stop"}' : 'output_tokens'),
  },
] as const;

/**
 * Disconnects clients at random points, over real sockets. Each time the model must be aborted within a second, and the
 * exchange and the charge must be correct. At the end no socket may be open. Returns in how many rounds this was so.
 */
export async function disconnectInRounds(
  name: EngineName,
  rounds: number,
): Promise<{ passed: number; of: number }> {
  const seed = chosenSeed();
  const random = seededRandom(seed);
  const progress: { words: number; abortedAfterMs: number | null } = { words: 0, abortedAfterMs: null };
  let sinceDisconnect = () => 0;
  const model = modelThat(async function* ({ messages: [request], signal }) {
    signal.addEventListener('abort', () => {
      progress.abortedAfterMs = sinceDisconnect();
    });
    const message = messages.find((known) => known === messageText(request));
    const isAborted = () => signal.aborted;
    if (message === 'silent') await abortion(signal);
    if (isAborted()) return;
    for (const word of ['Once ', 'upon ']) {
      progress.words += 1;
      yield text(word);
    }
    if (message === 'half') await abortion(signal);
    if (isAborted()) return;
    yield finish;
  });
  const server = await startTestServer(name, { models: [model], policy: { startingCredits: 1_000_000 } });
  const { auth } = await newAccount(server);
  await balance(server, auth);
  const socketsBefore = openSockets();
  let [passed, spent] = [0, 0];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const departure = departures[random(departures.length)] ?? departures[0];
      const [before] = await exchanges(server, auth);
      const callsBefore = model.requests.length;
      progress.words = 0;
      progress.abortedAfterMs = null;
      const route = chatRoutes[random(chatRoutes.length)] ?? chatRoutes[0];
      await disconnect(
        server,
        auth,
        { ...departure, route },
        {
          isAsked: () => model.requests.length > callsBefore,
          words: () => progress.words,
          onDisconnect: () => {
            sinceDisconnect = stopwatch();
          },
        },
      );
      await server.server.idle();
      const where = `${departure.when}, ${route.path}, seed ${seed}, round ${round}`;
      const [ended] = await exchanges(server, auth);
      if (departure.ends === null) {
        expect(ended, where).toEqual(before);
      } else {
        expect([ended?.['status'], ended?.['tokens_charged']], where).toEqual(departure.ends);
        spent += departure.ends[1];
        if (departure.ends[0] === 'cancelled') {
          expect(progress.abortedAfterMs, where).toBeLessThan(1000);
        }
      }
      expect(await balance(server, auth), where).toEqual({ tokens: 1_000_000 - spent, held: 0 });
      passed += 1;
    }
    await until(() => openSockets() <= socketsBefore);
    const report = await server.core.ledger.audit({ caller: operatorCaller });
    expect(isSound(report), JSON.stringify(report)).toBe(true);
  } finally {
    console.log(
      `${passed} of ${rounds} clients disconnected correctly on ${name}, ` +
        `${openSockets() - socketsBefore} sockets leaked (seed ${seed})`,
    );
    await server.close();
  }
  return { passed, of: rounds };
}

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
}

/** Sends a request, waits for the moment of the departure, and closes the connection. */
async function disconnect(
  { url }: TestServer,
  auth: string,
  departure: Departure & { route: (typeof chatRoutes)[number] },
  observed: { isAsked: () => boolean; words: () => number; onDisconnect: () => void },
): Promise<void> {
  const { route } = departure;
  const body = JSON.stringify(route.ask(departure));
  const headers = [
    `Authorization: Token ${auth}`,
    'Content-Type: application/json',
    'anthropic-version: 2023-06-01',
  ];
  const request = requestBytes(`POST ${route.path}`, [...headers, `Content-Length: ${body.length}`], body);
  const connection = await openConnection(url);
  await connection.send(departure.ends === null ? request.slice(0, 60) : request);
  const hasReceived = (end: string) => () => connection.received().includes(end);
  if (departure.message === 'silent' && departure.ends !== null) await until(observed.isAsked);
  if (departure.message === 'half') {
    await until(departure.streams ? hasReceived('"Once "') : () => observed.words() === 2);
  }
  if (departure.message === 'whole') await until(hasReceived(route.end(departure)));
  observed.onDisconnect();
  connection.destroy();
  await connection.closed;
}
