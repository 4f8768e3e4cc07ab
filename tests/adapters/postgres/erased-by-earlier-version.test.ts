import { expect, onTestFinished, test } from 'vitest';
import { postgresStores } from '../../../src/adapters/postgres/postgres-stores.js';
import { createAccount, newId, openHold, settlementOf } from '../../../src/testing/accounts.js';
import { embeddedTestDatabase, postgresTestDatabase } from '../../setup/databases.js';

const engines = { embedded: embeddedTestDatabase, postgres: postgresTestDatabase } as const;

/** What version 0.1 runs for a conversation and for an account. */
const eraseByEarlierVersion = `
  update exchanges
  set message = '', reply = case when reply is null then null else '' end, tool_calls = null, erased = true,
    request_fingerprint = null
  where user_id = $1 and conversation_id = $2`;

test.each(Object.entries(engines))(
  'what a server of version 0.1 erases keeps no attachment, reasoning or stop sequence: %s',
  async (_, open) => {
    const { database, drop } = await open({ isMigrated: true });
    onTestFinished(drop);
    const stores = postgresStores(database);
    const userId = await createAccount(stores, 1000);
    const begin = async (secret: string) => {
      const conversation = { id: newId(), title: 'T' };
      const source = { type: 'base64', mediaType: 'text/plain', data: btoa(secret) } as const;
      const attachments = [{ type: 'file', source, name: secret } as const];
      const exchange = await openHold(stores, userId, { conversation, attachments });
      const reasoning = { type: 'reasoning', text: secret, signature: secret, isRedacted: false } as const;
      const replied = settlementOf(exchange, 1, { replyParts: [reasoning], stopSequence: secret });
      await stores.holdLedger.settle(replied);
      return { conversationId: conversation.id, exchange };
    };
    const [erased, kept] = [await begin('a secret'), await begin('kept')];
    await database.query({ text: eraseByEarlierVersion, values: [userId, erased.conversationId] });
    const rows = await database.query<{ row: string }>({ text: 'select e::text as row from exchanges e' });
    const text = rows.map(({ row }) => row).join('\n');
    for (const secret of ['a secret', btoa('a secret')]) expect(text).not.toContain(secret);
    expect(await stores.holdLedger.attachment(erased.exchange, 0)).toBeNull();
    expect(await stores.holdLedger.attachment(kept.exchange, 0)).toMatchObject({ name: 'kept' });
    expect(await stores.holdLedger.exchange(kept.exchange)).toMatchObject({
      attachments: [{ name: 'kept' }],
      replyParts: [{ text: 'kept' }],
      stopSequence: 'kept',
    });
  },
);
