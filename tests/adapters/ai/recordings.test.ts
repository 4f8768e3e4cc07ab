import { afterAll, describe, expect, test } from 'vitest';
import { connectionTo, gathered, chunksFrom } from './gathered.js';
import { misbehavingProvider, sends, sendsThenStalls } from './misbehaving-provider.js';
import { recordings, type Recording } from './recordings.js';

const provider = await misbehavingProvider();
afterAll(() => provider.stop());

async function reply({ provider: kind }: Recording) {
  let made = 0;
  const newCallId = () => `made-${(made += 1)}`;
  const tools = ['weather', 'time'].map((name) => ({ name, description: null, parameters: {} }));
  return gathered(await chunksFrom(connectionTo(kind, provider.url), { tools }, { newCallId }));
}

describe.each(recordings)('a recording of $name', (recording) => {
  test('is read as expected', async () => {
    provider.behave(sends(recording.body));
    expect(await reply(recording)).toEqual(recording.reply);
  });

  test('is read the same byte by byte, and with any line ending', async () => {
    const bytes = Array.from(Buffer.from(recording.body), (byte) => Uint8Array.of(byte));
    provider.behave(sends(...bytes));
    expect(await reply(recording)).toEqual(recording.reply);
    for (const end of ['\r\n', '\r']) {
      provider.behave(sends(recording.body.replaceAll('\n', end)));
      expect(await reply(recording)).toEqual(recording.reply);
    }
  });

  test('ends when the provider ends it, though the connection stays open', async () => {
    provider.behave(sendsThenStalls(recording.body));
    expect(await reply(recording)).toEqual(recording.reply);
  });

  test('is complete without its last blank line', async () => {
    provider.behave(sends(recording.body.trimEnd()));
    expect(await reply(recording)).toEqual(recording.reply);
  });

  test('is incomplete if it is cut anywhere before its finish reason', async () => {
    const end = Math.max(
      recording.body.search(/"(finish|stop)_reason":"/),
      recording.body.lastIndexOf('"finish_reason":"'),
      recording.body.lastIndexOf('event: message_delta'),
    );
    const steps = 12;
    for (let step = 0; step < steps; step += 1) {
      provider.behave(sends(recording.body.slice(0, Math.floor((end * step) / steps))));
      await expect(reply(recording)).rejects.toMatchObject({ code: 'provider_failed' });
    }
  });
});
