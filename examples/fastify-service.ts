// A service that authenticates its users itself, and uses the ledger and the chat for them. PORT is the port that it listens
// on.

import Fastify, { type FastifyRequest } from 'fastify';
import { createCore, DomainError, isDomainError, operatorCaller, type ErrorKind } from 'metered-chat';
import { echoModel } from 'metered-chat/ai';
import { memoryStores } from 'metered-chat/memory';
import { nodeAdapters } from 'metered-chat/node';

const core = createCore({
  ...memoryStores(),
  ...nodeAdapters(),
  models: [{ name: 'echo', model: echoModel() }],
  policy: { startingCredits: 250 },
});

/** The authentication of the service: in this example, two fixed keys. */
const customers = new Map([
  ['key-of-ada', 'customer-1'],
  ['key-of-bob', 'customer-2'],
]);

async function accountOf(request: FastifyRequest): Promise<string> {
  const foreignId = customers.get(String(request.headers['x-service-key']));
  if (foreignId === undefined) throw new DomainError('unauthenticated', 'The key is not valid.');
  return (await core.users.adopt({ foreignId })).id;
}

const statuses: Partial<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  unaffordable: 402,
  limited: 429,
};

const service = Fastify();

service.setErrorHandler((error, _, reply) => {
  if (!isDomainError(error)) return reply.code(500).send({ error: 'internal_error' });
  return reply.code(statuses[error.kind] ?? 500).send({ error: error.code, ...error.details });
});

service.post('/questions', async (request) => {
  const userId = await accountOf(request);
  await core.limits.chat(userId);
  const { question } = request.body as { question: string };
  const { reply, charged, balance } = await core.chat.send({ userId, message: question });
  return { response: reply, charged, balance };
});

service.get('/balance', async (request) =>
  core.ledger.balance({ caller: operatorCaller, userId: await accountOf(request) }),
);

console.log(await service.listen({ port: Number(process.env['PORT'] ?? 3000) }));
