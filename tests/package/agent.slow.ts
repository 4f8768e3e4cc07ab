import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installExample, nodeVersions, type ExampleProject } from './example-project.js';
import { sendChunks, serveLocally, type LocalServer } from './scripted-provider.js';

/** Where the provider or the tool waits until the agent is aborted; `never` to let it finish. */
type Moment = 'never' | `${'before' | 'during'} step ${number}` | `during tool ${number}`;

let project: ExampleProject;
let provider: LocalServer;
let moment: Moment;
let step: number;
let toolCalls: number;
let reached: () => void;

const usage = { prompt_tokens: 10, completion_tokens: 4, total_tokens: 14 };
const delta = (fields: object) => ({ choices: [{ index: 0, delta: fields, finish_reason: null }] });
const end = (reason: string) => [
  { choices: [{ index: 0, delta: {}, finish_reason: reason }] },
  { choices: [], usage },
];
const call = (id: number, city: string) => ({
  ...{ index: 0, id: `call-${id}`, type: 'function' },
  function: { name: 'weather', arguments: JSON.stringify({ city }) },
});

/** The provider looks at the weather in the first two steps, and says which city is warmer in the third one. */
beforeAll(async () => {
  project = await installExample('agent');
  provider = await serveLocally((request, response) => {
    if (request.url?.startsWith('/weather/') === true) {
      toolCalls += 1;
      if (moment === `during tool ${toolCalls}`) reached();
      else response.end(decodeURIComponent(request.url.slice('/weather/'.length)));
      return;
    }
    step += 1;
    if (moment === `before step ${step}`) {
      reached();
      return;
    }
    sendChunks(response, [delta({ role: 'assistant', content: step === 3 ? 'Rome ' : 'I look. ' })]);
    if (moment === `during step ${step}`) return;
    if (step === 3) sendChunks(response, [delta({ content: 'is warmer.' }), ...end('stop')]);
    else
      sendChunks(response, [
        delta({ tool_calls: [call(step, ['Oslo', 'Rome'][step - 1] ?? '')] }),
        ...end('tool_calls'),
      ]);
    response.end('data: [DONE]\n\n');
  });
}, 300_000);
afterAll(async () => {
  await provider.close();
  await project.remove();
});

/** What a complete step costs by the usage that the provider reports, and what the tool costs. */
const [stepPrice, toolPrice] = [10 + 2 * 4, 7];
const whole = [`charged: model.call ${stepPrice}`, `charged: weather ${toolPrice}`];
/** A step that was aborted after output came: the estimate of its input and of what came. */
const estimated = expect.stringMatching(/^charged: model\.call [1-9]\d*$/) as string;

const moments: { moment: Moment; charges: string[] }[] = [
  { moment: 'never', charges: [...whole, ...whole, `charged: model.call ${stepPrice}`] },
  { moment: 'before step 1', charges: [] },
  { moment: 'during step 1', charges: [estimated] },
  { moment: 'during tool 1', charges: whole.slice(0, 1) },
  { moment: 'before step 2', charges: whole },
  { moment: 'during step 2', charges: [...whole, estimated] },
  { moment: 'during tool 2', charges: [...whole, ...whole.slice(0, 1)] },
  { moment: 'before step 3', charges: [...whole, ...whole] },
  { moment: 'during step 3', charges: [...whole, ...whole, estimated] },
];

describe.each(nodeVersions)('the agent on Node %s', (version) => {
  beforeAll(() => project.npm(version, ['run', 'build']), 120_000);

  test.each(moments)('that is aborted $moment pays $charges', async (scripted) => {
    ({ moment } = scripted);
    [step, toolCalls] = [0, 0];
    const atMoment = new Promise<void>((resolve) => (reached = resolve));
    const agent = project.start(version, {
      ...{ AI_URL: provider.url, AI_MODEL: 'model', WEATHER_URL: `${provider.url}/weather` },
    });
    try {
      const [, during] = /^during step (\d)$/.exec(moment) ?? [];
      if (during === '3') await agent.printed(/^text: Rome /m);
      else if (during !== undefined) await agent.printed(new RegExp(`(text: I look\\. [^]*){${during}}`));
      else if (moment !== 'never') await atMoment;
      if (moment !== 'never') agent.interrupt();
    } finally {
      await agent.ended();
    }
    const lines = agent.text().split('\n');
    expect(lines.filter((line) => line.startsWith('charged:'))).toEqual(scripted.charges);
    if (moment === 'never') expect(lines).toContain('text: is warmer.');
  });
});
