import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chosenSeed } from '../../seed.js';
import { openEngine } from './engines.js';
import { createMessage } from './messages.js';
import { newAccount } from './requests.js';
import { testApi } from './test-api.js';
import { finish, modelYielding, text } from './test-models.js';

const odd = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>('', null, 'file', 1e300, '__proto__'));
const mostly = (value: unknown) =>
  fc.oneof({ weight: 20, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: odd });
const id = fc.constantFrom('a', 'b', '__proto__');

const plainBlock = fc.oneof(
  fc.record({ type: mostly('text'), text: mostly('Hi'), cache_control: mostly(null) }),
  fc.record({
    type: fc.constantFrom('image', 'document'),
    source: fc.oneof(
      fc.record({ type: mostly('url'), url: mostly('https://a.example/b') }),
      fc.record({ type: mostly('base64'), media_type: mostly('image/png'), data: mostly('aaaa') }),
      odd,
    ),
  }),
);
const block = fc.oneof(
  plainBlock,
  fc.record({ type: mostly('tool_use'), id, name: mostly('look'), input: mostly({ at: 'home' }) }),
  fc.record({
    type: mostly('tool_result'),
    tool_use_id: id,
    content: fc.oneof(fc.array(plainBlock), odd),
    is_error: mostly(true),
  }),
  fc.record({ type: fc.constant('thinking'), thinking: mostly('a'), signature: mostly('b') }),
  fc.record({ type: fc.constantFrom('redacted_thinking', 'server_tool_use'), data: mostly('a') }),
  odd,
);
const message = fc.record({
  role: fc.constantFrom('user', 'user', 'user', 'assistant', 'assistant', 'assistant', 'system', 'tool'),
  content: fc.oneof(mostly('Hi'), mostly('Hi'), fc.array(block, { maxLength: 4 })),
});
const body = fc.record(
  {
    messages: fc.oneof(
      { weight: 9, arbitrary: fc.array(message, { maxLength: 5 }) },
      { weight: 1, arbitrary: odd },
    ),
    max_tokens: mostly(100),
    stream: fc.boolean(),
    system: mostly('Be brief.'),
    tools: mostly([{ name: 'look', input_schema: {} }]),
    tool_choice: mostly({ type: 'any' }),
    thinking: mostly({ type: 'adaptive' }),
    cache_control: mostly({ type: 'ephemeral' }),
  },
  { requiredKeys: ['messages'] },
);

test('messages of any blocks get a reply or are rejected, whole, streamed and counted', async () => {
  const api = testApi(await openEngine('memory'), {
    models: [modelYielding(text('Hi'), finish)],
    policy: { startingCredits: 1_000_000_000 },
  });
  const { auth } = await newAccount(api);
  const statuses = new Map<number, number>();
  const send = async (json: object, path: string) => {
    const { status, text: received } = await createMessage(api, auth, { json, path });
    expect([200, 400], received).toContain(status);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  };
  await fc.assert(
    fc.asyncProperty(body, async (json) => {
      await send(json, '/v1/messages');
      await send(json, '/v1/messages/count_tokens');
    }),
    { seed: chosenSeed(), numRuns: 300 },
  );
  expect(statuses.get(200)).toBeGreaterThan(20);
  expect(statuses.get(400)).toBeGreaterThan(20);
});
