/** A request as Claude Code sends it. */
export interface ClientRequest {
  method: 'HEAD' | 'GET' | 'POST';
  path: string;
  body?: Record<string, unknown>;
}

/** The headers of every request, as its published captures show them; the key is added to them. */
export const claudeCodeHeaders = {
  accept: 'application/json',
  'accept-language': '*',
  'anthropic-beta':
    'claude-code-20250219,interleaved-thinking-2025-05-14,context-management-2025-06-27,prompt-caching-scope-2026-01-05,effort-2025-11-24',
  'anthropic-dangerous-direct-browser-access': 'true',
  'anthropic-version': '2023-06-01',
  'content-type': 'application/json',
  'user-agent': 'claude-cli/2.1.69 (external, cli)',
  'x-app': 'cli',
  'x-stainless-arch': 'x64',
  'x-stainless-lang': 'js',
  'x-stainless-os': 'Linux',
  'x-stainless-package-version': '0.74.0',
  'x-stainless-retry-count': '0',
  'x-stainless-runtime': 'node',
  'x-stainless-runtime-version': 'v22.16.0',
  'x-stainless-timeout': '600',
};

const model = 'claude-sonnet-4-6';
const user = {
  device_id: 'b4'.repeat(32),
  account_uuid: '',
  session_id: 'fe79bd85-e0f6-4811-b886-8af6dc007e6d',
};
const metadata = { user_id: JSON.stringify(user) };
const cached = { cache_control: { type: 'ephemeral' } };

const system = [
  { type: 'text', text: 'x-anthropic-billing-header: cc_version=2.1.69; cc_entrypoint=cli;' },
  { type: 'text', text: 'You are a command line tool that helps with code.', ...cached },
  { type: 'text', text: '# Tone\nBe concise.\n\n# Environment\nPlatform: linux', ...cached },
];

const schema = (properties: object, required: string[]) => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  ...{ type: 'object', properties, required, additionalProperties: false },
});

const tools = [
  {
    name: 'Bash',
    description: 'Runs a command in a shell.',
    input_schema: schema({ command: { type: 'string' }, timeout: { type: 'number' } }, ['command']),
  },
  {
    name: 'Read',
    description: 'Reads a file.',
    input_schema: schema({ file_path: { type: 'string' }, limit: { type: 'number' } }, ['file_path']),
  },
  {
    name: 'mcp__a-server-with-a-long-name__and_a_tool_with_an_even_longer_name_of_its_own',
    description: 'A tool of another server.',
    input_schema: { type: 'object', properties: {} },
  },
];

const question = {
  role: 'user',
  content: [
    { type: 'text', text: '<system-reminder>\nThe date is today.\n</system-reminder>' },
    { type: 'text', text: 'What is in notes.txt?', ...cached },
  ],
};

const turn = {
  ...{ model, system, tools, metadata, max_tokens: 32_000, stream: true },
  thinking: { type: 'adaptive' },
  output_config: { effort: 'medium' },
  context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
};

const messagesPath = '/v1/messages?beta=true';

/** What is sent before the first question: probes of the connection, of the models and of the key, and counts. */
export const startRequests: readonly ClientRequest[] = [
  { method: 'HEAD', path: '/' },
  { method: 'HEAD', path: '/api/hello' },
  { method: 'GET', path: '/v1/models?limit=1000' },
  {
    method: 'POST',
    path: messagesPath,
    body: { model, max_tokens: 1, messages: [{ role: 'user', content: 'quota' }], metadata },
  },
  {
    method: 'POST',
    path: '/v1/messages/count_tokens?beta=true',
    body: { model, messages: [{ role: 'user', content: 'foo' }], tools },
  },
  {
    method: 'POST',
    path: messagesPath,
    body: {
      ...{ model, max_tokens: 512, temperature: 1, metadata, stream: true, tools: [] },
      system: [{ type: 'text', text: 'Return a title for this conversation as JSON.' }],
      messages: [{ role: 'user', content: [{ type: 'text', text: 'What is in notes.txt?' }] }],
      thinking: { type: 'disabled' },
    },
  },
];

/** The first turn of a question. */
export const questionRequest: ClientRequest = {
  method: 'POST',
  path: messagesPath,
  body: { ...turn, messages: [question] },
};

/** The next turn: what the model wrote, as it was received, and the result of each of its calls. */
export function resultRequest(reply: readonly Record<string, unknown>[]): ClientRequest {
  const calls = reply.filter(({ type }) => type === 'tool_use');
  const results = calls.map(({ id }, index) => ({
    type: 'tool_result',
    tool_use_id: id,
    content: index === 0 ? '     1→Buy milk.' : [{ type: 'text', text: 'cat: notes.md: No such file' }],
    ...(index === 0 ? {} : { is_error: true }),
    ...(index === calls.length - 1 ? cached : {}),
  }));
  const reminder = { type: 'text', text: '<system-reminder>\nBe brief.\n</system-reminder>' };
  const messages = [
    question,
    { role: 'assistant', content: reply },
    { role: 'user', content: [...results, reminder] },
  ];
  return { method: 'POST', path: messagesPath, body: { ...turn, messages } };
}

/** The turn after the tool that reads files has read an image. */
export function imageRequest(call: Record<string, unknown>): ClientRequest {
  const source = { type: 'base64', data: 'iVBORw0KGgo=', media_type: 'image/png' };
  const result = {
    ...{ type: 'tool_result', tool_use_id: call['id'], content: [{ type: 'image', source }] },
    ...cached,
  };
  const messages = [question, { role: 'assistant', content: [call] }, { role: 'user', content: [result] }];
  return { method: 'POST', path: messagesPath, body: { ...turn, messages } };
}
