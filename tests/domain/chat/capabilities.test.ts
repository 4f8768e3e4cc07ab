import { describe, expect, test } from 'vitest';
import { echoModel } from '../../../src/adapters/ai/echo.js';
import type { CompletionOptions } from '../../../src/domain/chat/message.js';
import { modelCapabilities, unsupportedBy, withDefaultTerms } from '../../../src/domain/chat/model-offer.js';
import type { FilePart, ImagePart, ModelCapability } from '../../../src/ports/ai-model.js';
import { testOffer } from './test-offer.js';

const source = { type: 'base64', mediaType: 'image/png', data: 'iVBORw==' } as const;
const image: ImagePart = { type: 'image', source };
const file: FilePart = { type: 'file', source: { ...source, mediaType: 'application/pdf' }, name: null };

const plain: CompletionOptions = {
  messages: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
  ...{ maxOutputTokens: null, sampling: {}, tools: [], toolChoice: null },
};

function sent(part: ImagePart | FilePart): CompletionOptions {
  return { ...plain, messages: [{ role: 'user', parts: [part] }] };
}

function returned(part: ImagePart | FilePart): CompletionOptions {
  const result = { type: 'tool_result', toolCallId: '1', content: [part], isError: false } as const;
  return { ...plain, messages: [{ role: 'tool', parts: [result] }] };
}

const uses: [string, ModelCapability, CompletionOptions][] = [
  ['an image', 'images', sent(image)],
  ['an image in the result of a tool', 'images', returned(image)],
  ['a file', 'files', sent(file)],
  ['a file in the result of a tool', 'files', returned(file)],
  ['JSON', 'json', { ...plain, format: { type: 'json' } }],
  ['a tool', 'tools', { ...plain, tools: [{ name: 'look', description: null, parameters: {} }] }],
  ['an effort', 'reasoning', { ...plain, reasoning: { mode: 'effort', effort: 'low' } }],
  ['a budget of reasoning', 'reasoning', { ...plain, reasoning: { mode: 'budget', maxTokens: 1024 } }],
];

describe.each(uses)('a request with %s', (_, capability, request) => {
  const model = { reply: () => ({ [Symbol.asyncIterator]: () => ({}) as never }) };

  test('is rejected by name by a model with all other capabilities', () => {
    const capabilities = modelCapabilities.filter((name) => name !== capability);
    expect(Object.keys(unsupportedBy(testOffer(model, { capabilities }), request))).toEqual([capability]);
  });

  test('is accepted by a model with this capability alone', () => {
    expect(unsupportedBy(testOffer(model, { capabilities: [capability] }), request)).toEqual({});
  });
});

test('a model offers what it has been given, or else all, without what it cannot do', () => {
  const blind = { ...echoModel(), unsupported: ['images', 'seed'] as const };
  const capabilitiesOf = (terms: object) =>
    withDefaultTerms([{ name: 'a', model: blind, ...terms }])[0].capabilities;
  expect(capabilitiesOf({})).toEqual(['files', 'json', 'tools', 'reasoning']);
  expect(capabilitiesOf({ capabilities: ['reasoning', 'images', 'json'] })).toEqual(['json', 'reasoning']);
  expect(capabilitiesOf({ capabilities: [] })).toEqual([]);
});
