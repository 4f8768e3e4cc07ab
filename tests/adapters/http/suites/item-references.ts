import { describe, expect, test } from 'vitest';
import type { OpenedEngine } from '../api-suites.js';
import { complete, errorIn } from '../completions.js';
import { ask, balance, exchanges, goodPassword, newAccount } from '../requests.js';
import { respond } from '../responses.js';
import { testApi } from '../test-api.js';
import { finish, modelYielding, text } from '../test-models.js';

const more = { role: 'user', content: 'More' };
const refer = (id: string) => ({ type: 'item_reference', id });

/** References of Responses to items of earlier replies. */
export function itemReferencesSuite(engine: OpenedEngine): void {
  const opened = async () => {
    const api = testApi(engine(), { models: [modelYielding(text('Hello'), finish)] });
    const { auth } = await newAccount(api);
    const first = await respond(api, auth);
    const [{ id } = { id: '' }] = first.body['output'] as { id: string }[];
    return { api, auth, id, responseId: first.body['id'] as string };
  };

  describe('a reference to an item', () => {
    test.each(['its own key', 'another account', 'an account that was erased'])(
      'of a reply, from %s',
      async (whose) => {
        const { api, auth, id } = await opened();
        const other = await newAccount(api);
        if (whose === 'an account that was erased') {
          const json = { current_password: goodPassword };
          expect((await ask(api, 'DELETE', '/api/me/', { auth, json })).status).toBe(204);
        }
        const caller = whose === 'its own key' ? auth : other.auth;
        const response = await respond(api, caller, { json: { input: [refer(id), more] } });
        if (whose === 'its own key') expect(response.status).toBe(200);
        else expect([response.status, errorIn(response)['param']]).toEqual([400, 'input[0].id']);
      },
    );

    test('of an erased conversation is unknown, and of a failed reply is what it kept', async () => {
      const { api, auth } = await opened();
      const { body: sent } = await ask(api, 'POST', '/api/chat/', { auth, json: { message: 'Hi' } });
      const hex = (id: unknown) => String(id).replaceAll('-', '');
      const input = [refer(`msg_${hex(sent['id'])}_0`), more];
      expect((await respond(api, auth, { json: { input } })).status).toBe(200);
      await ask(api, 'DELETE', `/api/conversations/${String(sent['conversation_id'])}/`, { auth });
      expect((await respond(api, auth, { json: { input } })).status).toBe(400);
      const failing = testApi(engine(), { models: [{ ...modelYielding(text('Half')), retries: 0 }] });
      expect((await complete(failing, auth)).status).toBe(502);
      const [failed] = await exchanges(api, auth);
      const ofFailed = [refer(`msg_${hex(failed?.['id'])}_0`), more];
      expect((await respond(api, auth, { json: { input: ofFailed } })).status).toBe(200);
    });

    test('can be there once: a second one would multiply a long text at no cost', async () => {
      const { api, auth, id } = await opened();
      const before = await balance(api, auth);
      const twice = await respond(api, auth, { json: { input: [refer(id), more, refer(id)] } });
      expect([twice.status, errorIn(twice)]).toMatchObject([
        400,
        { param: 'input[2].id', message: 'input[2].id: Must be unique among the references.' },
      ]);
      expect(await balance(api, auth)).toEqual(before);
    });

    test('that is unknown ends the search, however many follow', async () => {
      const { api, auth, id } = await opened();
      let reads = 0;
      const { stores, ...others } = engine();
      const exchange: typeof stores.holdLedger.exchange = (reference) => {
        reads += 1;
        return stores.holdLedger.exchange(reference);
      };
      const counting = testApi(
        { ...others, stores: { ...stores, holdLedger: { ...stores.holdLedger, exchange } } },
        { models: [modelYielding(text('Hello'), finish)] },
      );
      const unknown = Array.from({ length: 1000 }, (_, index) =>
        refer(`msg_${String(index).padStart(32, '0')}_0`),
      );
      const response = await respond(counting, auth, { json: { input: [refer(id), ...unknown, more] } });
      expect([response.status, errorIn(response)['param'], reads]).toEqual([400, 'input[1].id', 2]);
      expect((await respond(api, auth, { json: { input: [refer(`${id}0`), more] } })).status).toBe(400);
    });

    test.each(['resp', 'previous_response_id'])('by the id of a response is none: %s', async (form) => {
      const { api, auth, responseId } = await opened();
      const json =
        form === 'resp' ? { input: [refer(responseId), more] } : { previous_response_id: responseId };
      const response = await respond(api, auth, { json });
      expect([response.status, errorIn(response)['param']]).toEqual([
        400,
        form === 'resp' ? 'input[0].id' : 'previous_response_id',
      ]);
    });
  });
}
