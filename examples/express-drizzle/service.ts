// A service whose users are rows of its own. They pay for replies with credits, and get more of them with each payment.
import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { pgTable, text } from 'drizzle-orm/pg-core';
import express, { type Request, type Response } from 'express';
import { createCore, isDomainError, operatorCaller as caller, periodicJobs } from 'metered-chat';
import { echoModel } from 'metered-chat/ai';
import { nodeAdapters } from 'metered-chat/node';
import { fromDrizzle, openPostgres } from 'metered-chat/postgres';
import pg from 'pg';

const users = pgTable('users', { id: text().primaryKey(), apiKey: text().notNull() });
const payments = pgTable('payments', { id: text().primaryKey(), userId: text().notNull() });

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] });
pool.on('error', console.error);
const db = drizzle(pool);
const { stores, rateLimiter } = await openPostgres({ pool, schema: 'metered_chat' });
const models = [{ name: 'echo', model: echoModel() }] as const;
const core = createCore({ ...nodeAdapters(), ...stores, rateLimiter, models });
for (const { run, everyMs } of periodicJobs(core))
  setInterval(() => void run().catch(console.error), everyMs);

const app = express().use(express.json());
app.use(async (request, response, next) => {
  const key = request.get('X-Api-Key') ?? '';
  const [user] = await db.select().from(users).where(eq(users.apiKey, key));
  if (user === undefined) return void response.status(401).json({ error: 'The API key is unknown.' });
  response.locals['userId'] = (await core.users.adopt({ foreignId: user.id })).id;
  next();
});
app.post('/questions', async (request, response) => {
  const userId = response.locals['userId'] as string;
  const { question: message } = request.body as { question: string };
  const left = new AbortController();
  response.on('close', left.abort.bind(left));
  for await (const chunk of core.chat.stream({ userId, message, signal: left.signal }))
    if (chunk.type === 'text') response.write(chunk.text);
  response.end();
});
app.post('/payments', async (request, response) => {
  const userId = response.locals['userId'] as string;
  const { id } = request.body as { id: string };
  await db.transaction(async (tx) => {
    await core.within(fromDrizzle(tx)).ledger.grant({ caller, userId, amount: 500, reason: id });
    // Fails for a payment that is known, and takes the grant with it.
    await tx.insert(payments).values({ id, userId });
  });
  response.status(201).json(await core.ledger.balance({ caller, userId }));
});
app.use((error: unknown, _request: Request, response: Response, next: (error: unknown) => void) => {
  if (!isDomainError(error) || response.headersSent) next(error);
  else response.status(error.kind === 'unaffordable' ? 402 : 400).json({ error: error.message });
});
const server = app.listen(Number(process.env['PORT'] ?? 3000), () => {
  console.log('The service is ready:', server.address());
});
