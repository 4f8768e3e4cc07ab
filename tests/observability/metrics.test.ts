import { describe, expect, it } from 'vitest';
import { operatorCaller } from '../../src/domain/auth/caller.js';
import { echoModel } from '../../src/adapters/ai/echo.js';
import { DomainError } from '../../src/domain/errors.js';
import { testOffer } from '../domain/chat/test-offer.js';
import { ask, chat, idOf, newAccount, newAdmin, until } from '../adapters/http/requests.js';
import { stream } from '../adapters/http/events.js';
import { finish, modelThat, text, waitingModel } from '../adapters/http/test-models.js';
import { instrumentedApi, readSeries } from './instrumented-api.js';

const failing = {
  ...modelThat(() => {
    throw new DomainError('provider_failed', 'The provider failed.');
  }),
  name: 'failing',
};
const late = {
  ...modelThat(async function* () {
    yield text('A word');
    await Promise.resolve();
    throw new DomainError('provider_timeout', 'Too late.');
  }),
  name: 'late',
};

describe('the metrics', () => {
  it('count chats by outcome, and the tokens charged and granted', async () => {
    const waiting = { ...waitingModel(), name: 'waiting' };
    const api = await instrumentedApi({ models: [testOffer(echoModel()), failing, late, waiting] });
    const { auth } = await newAccount(api);
    for (let index = 0; index < 3; index += 1) await chat(api, auth, 'Hi');
    await stream(api, auth, 'Hi');
    const keyed = { key: 'once' };
    await chat(api, auth, 'Hi', keyed);
    await chat(api, auth, 'Hi', keyed);
    await chat(api, auth, 'Other', keyed);
    const to = (model: string, more = {}) =>
      ask(api, 'POST', '/api/chat/', { auth, json: { message: 'Hi', model, ...more } });
    expect((await to('failing')).status).toBe(502);
    await to('late');
    await to('late', { stream: true });
    await to('no-such-model');
    await to('no-such-model', { stream: true });
    await to('echo', { message: ' ' });
    const client = new AbortController();
    const left = ask(api, 'POST', '/api/chat/', {
      auth,
      json: { message: 'Hi', model: 'waiting' },
      signal: client.signal,
    });
    await until(() => waiting.requests.length === 1);
    client.abort();
    await left;

    const admin = await newAdmin(api);
    const tokens = `/api/admin/users/${await idOf(api, auth)}/tokens/`;
    await ask(api, 'POST', tokens, { auth: admin.auth, json: { amount: 500, reason: 'a gift' } });
    await ask(api, 'POST', tokens, { auth: admin.auth, json: { amount: -3990, reason: 'all but ten' } });
    expect((await chat(api, auth, 'Hi')).status).toBe(402);
    expect(
      (await ask(api, 'POST', '/api/chat/', { auth, json: { message: 'Hi', stream: true } })).status,
    ).toBe(402);

    const series = await readSeries(api.metrics);
    const chats = [...series].filter(([name]) => name.startsWith('metered_chat_chats_total'));
    expect(Object.fromEntries(chats)).toEqual({
      'metered_chat_chats_total{model="echo",outcome="completed",code="none"}': 5,
      'metered_chat_chats_total{model="echo",outcome="replayed",code="none"}': 1,
      'metered_chat_chats_total{model="echo",outcome="refused",code="idempotency_key_reused"}': 1,
      'metered_chat_chats_total{model="echo",outcome="refused",code="invalid_input"}': 1,
      'metered_chat_chats_total{model="echo",outcome="refused",code="insufficient_credits"}': 2,
      'metered_chat_chats_total{model="unknown",outcome="refused",code="model_not_found"}': 2,
      'metered_chat_chats_total{model="failing",outcome="failed",code="provider_failed"}': 1,
      'metered_chat_chats_total{model="late",outcome="failed",code="provider_timeout"}': 2,
      'metered_chat_chats_total{model="waiting",outcome="cancelled",code="none"}': 1,
    });
    expect(series.get('metered_chat_tokens_charged_total{model="echo"}')).toBe(500);
    expect(series.get('metered_chat_tokens_granted_total{kind="opening"}')).toBe(8000);
    expect(series.get('metered_chat_tokens_granted_total{kind="grant"}')).toBe(500);
    expect(series.get('metered_chat_tokens_withdrawn_total')).toBe(3990);
    expect(series.get('metered_chat_holds_opened_total')).toBe(9);
    expect(series.get('metered_chat_holds_ended_total{how="captured"}')).toBe(5);
    expect(series.get('metered_chat_holds_ended_total{how="released"}')).toBe(4);
    const replies = 'metered_chat_provider_reply_seconds_count';
    expect(series.get(`${replies}{model="echo",outcome="completed"}`)).toBe(5);
    expect(series.get(`${replies}{model="late",outcome="timed_out"}`)).toBe(2);
    expect(series.get(`${replies}{model="waiting",outcome="stopped"}`)).toBe(1);
    expect(
      series.get('metered_chat_provider_first_piece_seconds_count{model="late",outcome="timed_out"}'),
    ).toBe(2);
  });

  it('count a hold that another server ended before the reply was complete', async () => {
    const waiting = waitingModel();
    const api = await instrumentedApi({ models: [waiting] });
    const { auth } = await newAccount(api);
    const response = chat(api, auth, 'Hi');
    await until(() => waiting.requests.length === 1);
    await api.core.chat.expireHolds({ caller: operatorCaller, everyOpen: true });
    waiting.letGo();
    expect((await response).status).toBe(504);
    expect(await api.valueOf('metered_chat_holds_ended_total{how="expired"}')).toBe(1);
    expect(
      await api.valueOf('metered_chat_chats_total{model="echo",outcome="failed",code="hold_ended"}'),
    ).toBe(1);
    expect(await api.valueOf('metered_chat_tokens_charged_total{model="echo"}')).toBeUndefined();
  });

  it('count requests by route, with few labels for unknown paths and methods', async () => {
    const api = await instrumentedApi();
    const { auth } = await newAccount(api);
    for (let index = 0; index < 500; index += 1) {
      const unknown = Math.random().toString(36).slice(2);
      await ask(api, 'GET', `/${unknown}/${unknown}`);
      await ask(api, 'DELETE', `/api/keys/0190cafe-0000-7000-8000-${String(index).padStart(12, '0')}/`, {
        auth,
      });
    }
    await ask(api, 'UNKNOWN', '/api/chat/');
    const series = await readSeries(api.metrics);
    const requests = 'metered_chat_http_requests_total';
    expect(series.get(`${requests}{route="unknown",method="GET",status="404"}`)).toBe(500);
    expect(series.get(`${requests}{route="/api/keys/{id}",method="DELETE",status="404"}`)).toBe(500);
    expect(series.get(`${requests}{route="/api/chat",method="other",status="405"}`)).toBe(1);
    expect([...series.keys()].filter((name) => name.startsWith(requests))).toHaveLength(4);
    expect(series.get('metered_chat_http_request_duration_seconds_count{route="unknown",method="GET"}')).toBe(
      500,
    );
  });

  it('count no time to the first chunk if only keep-alives and usage came', async () => {
    const model = modelThat(async function* () {
      await Promise.resolve();
      yield { type: 'alive' };
      yield { type: 'usage', usage: { input: 3, output: 0 } };
      throw new DomainError('provider_timeout', 'Too late.');
    });
    const api = await instrumentedApi({ models: [model] });
    const { auth } = await newAccount(api);
    await chat(api, auth, 'Hi');
    const labels = '{model="echo",outcome="timed_out"}';
    expect(await api.valueOf(`metered_chat_provider_reply_seconds_count${labels}`)).toBe(1);
    expect(await api.valueOf(`metered_chat_provider_first_piece_seconds_count${labels}`)).toBeUndefined();
  });

  it('count a reply as completed once its last chunk came, even if its stream is not read to the end', async () => {
    const model = modelThat(async function* () {
      await Promise.resolve();
      yield text('Once ');
      yield text('upon');
      yield finish;
    });
    const api = await instrumentedApi({ models: [model] });
    const { auth } = await newAccount(api);
    await stream(api, auth, 'Hi');
    const name = 'metered_chat_provider_reply_seconds_count{model="echo",outcome="completed"}';
    expect(await api.valueOf(name)).toBe(1);
  });
});
