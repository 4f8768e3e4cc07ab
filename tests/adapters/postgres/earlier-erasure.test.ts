import { expect, onTestFinished, test } from 'vitest';
import { createAccount, newId, openHold, settlementOf } from '../../../src/testing/accounts.js';
import { sqlEngines } from './sql-harness.js';

/** How a server of version 0.1 erases the exchanges of a conversation: it does not know attachments and parts. */
const eraseExchanges = `
  update exchanges
  set message = '', reply = case when reply is null then null else '' end, tool_calls = null, erased = true,
    idempotency_key = null, request_fingerprint = null
  where user_id = $1 and conversation_id = $2`;

test('attachments and parts of an exchange that an earlier version erased are not read', async () => {
  const harness = await sqlEngines.postgres();
  onTestFinished(() => harness.close());
  const { stores, database } = harness;
  const userId = await createAccount(stores, 1000);
  const conversationId = newId();
  const attachments = [
    { type: 'image', source: { type: 'url', url: 'https://images.example/private.png' } },
  ] as const;
  const conversation = { id: conversationId, title: 'T' };
  const exchange = await openHold(stores, userId, { conversation, attachments });
  const replyParts = [
    { type: 'reasoning', text: 'private', signature: 'private', isRedacted: false },
    { type: 'text', text: 'private' },
  ] as const;
  await stores.holdLedger.settle(settlementOf(exchange, 1, { reply: 'private', replyParts }));
  await database.query({ text: eraseExchanges, values: [userId, conversationId] });
  const page = { limit: 10, before: null };
  const read = [
    await stores.holdLedger.exchange(exchange),
    await stores.holdLedger.exchanges(userId, page),
    await stores.conversationStore.read({ userId, conversationId }, page),
    await stores.conversationStore.recentExchanges(
      { userId, conversationId },
      { maxExchanges: 9, maxChars: 1e6, maxBytes: 1e6 },
    ),
  ];
  expect(read[0]).toMatchObject({ attachments: null, replyParts: null, isErased: true });
  expect(JSON.stringify(read)).not.toContain('private');
});
