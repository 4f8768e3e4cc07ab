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
  },
  {
    path: '/v1/responses',
    ask: ({ message, streams }: Departure) => ({ model: 'echo', input: message, stream: streams }),
    end: ({ streams }: Departure) => (streams ? 'event: response.completed' : 'total_tokens'),
