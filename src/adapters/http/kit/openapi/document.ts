import { readFileSync } from 'node:fs';
import { headers, headersOfSuccess } from './headers.js';
import type { Route } from '../define-route.js';
import { allNamedSchemas } from './named-schema.js';
import type { Access, Operation, OperationResponse, Operations, Tag } from './documentation.js';
import { parametersOf } from './parameters.js';
import { problemResponses } from './problem-responses.js';
import { schemaConverter } from './schemas.js';

const tags: Record<Tag, string> = {
  Accounts: 'Making an account, and what it says of its owner.',
  'Sessions and keys': 'What proves who is calling.',
  'Passwords and emails': 'What is confirmed or replaced by mail.',
  Chat: 'Messages and their replies.',
  Tokens: 'What can be spent, and what was.',
  'OpenAI-compatible': 'For clients of the API of OpenAI: only the address and the key are changed.',
  Administration: 'For administrators.',
  Operations: 'For those who run the server.',
};

const security: Record<Access, object[]> = {
  anyone: [],
  account: [{ bearer: [] }, { token: [] }, { cookie: [] }],
  program: [{ bearer: [] }, { token: [] }],
  admin: [{ bearer: [] }, { token: [] }, { cookie: [] }],
};

const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'An access token or an API key.' },
  token: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: 'The same as `Token …`, the way of the original.',
  },
  cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: 'metered_chat_access',
    description:
      'For pages of this server only. Over TLS its name begins with `__Host-`; below a base path, where each path has cookies of its own, with `__Secure-`, and the path is the end of the name.',
  },
};

const description = `Accounts, tokens to spend, and AI chat.

Paths are served alike with and without their last slash. Errors are problem documents (RFC 9457) with a stable \`code\`; under \`/v1/\` they have the shape that OpenAI's clients expect. A known path answers any other method with 405 \`method_not_allowed\`, an unknown one with 404 \`not_found\`. Unknown fields of a body are ignored, and answers may gain fields. A list refuses a name in its query that is not documented with 400 \`invalid_input\`.`;

/**
 * Returns the OpenAPI 3.1 document of routes.
 *
 * @param routes All routes.
 * @param basePath Where the API is reached, such as `/assistant`; empty for the root.
 */
export function openApiDocument(routes: readonly Route[], basePath = '') {
  const converter = schemaConverter(allNamedSchemas());
  const paths = Object.entries(operationsOf(routes)).map(([path, methods]) => [
    path,
    Object.fromEntries(
      Object.entries(methods).map(([method, operation]) => [
        method.toLowerCase(),
        documented(path, operation, converter),
      ]),
    ),
  ]);
  const { version, license } = packageFacts();
  return {
    openapi: '3.1.0',
    info: {
      title: 'metered-chat',
      version,
      description,
      license: { name: license, identifier: license },
    },
    servers: [{ url: basePath === '' ? '/' : basePath }],
    tags: Object.entries(tags).map(([name, told]) => ({ name, description: told })),
    paths: Object.fromEntries(paths) as Record<string, Record<string, DocumentedOperation>>,
    components: { securitySchemes, headers, schemas: converter.finish() },
  };
}

function operationsOf(routes: readonly Route[]): Operations {
  const operations: Operations = {};
  for (const route of routes) {
    const operation = { ...route, ...(route.rateLimit === undefined ? {} : { isLimited: true as const }) };
    operations[route.path] = { ...operations[route.path], [route.method]: operation };
  }
  return operations;
}

type Converter = ReturnType<typeof schemaConverter>;

type DocumentedOperation = ReturnType<typeof documented>;

function documented(path: string, operation: Operation, converter: Converter) {
  const { id, tag, summary, body, access, responses } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(operation.description === undefined ? {} : { description: operation.description }),
    security: security[access],
    parameters: parametersOf(path, operation, converter.schemaOf),
    ...(body === undefined ? {} : { requestBody: documentedBody(body, converter) }),
    responses: documentedResponses(
      problemResponses(path, operation),
      Object.fromEntries(
        Object.entries(responses).map(([status, response]) => [
          status,
          documentedResponse(operation, response, converter),
        ]),
      ),
    ),
  };
}

/** What a status says when it is the answer stands beside what it says when it refuses. */
function documentedResponses(
  problems: Record<string, { description?: string; content?: object; headers?: object }>,
  answers: Record<string, { description: string; content?: object; headers: object }>,
) {
  const both = Object.entries(answers).map(([status, response]) => {
    const problem = problems[status];
    if (problem === undefined) return [status, response];
    return [
      status,
      {
        description: `${response.description} ${problem.description ?? ''}`,
        headers: { ...problem.headers, ...response.headers },
        content: { ...problem.content, ...response.content },
      },
    ];
  });
  return { ...problems, ...Object.fromEntries(both) } as Record<string, object>;
}

function documentedBody({ schema, examples }: NonNullable<Operation['body']>, { schemaOf }: Converter) {
  const named = Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]));
  return { required: true, content: { 'application/json': { schema: schemaOf(schema), examples: named } } };
}

function documentedResponse(operation: Operation, response: OperationResponse, { schemaOf }: Converter) {
  const { json, events, csvExample, example, text } = response;
  const told = { description: response.description, headers: headersOfSuccess(operation, response.headers) };
  if (text !== undefined) {
    const content = { [text.mediaType]: { schema: { type: 'string' }, example: text.example } };
    return { ...told, content };
  }
  if (json === null) return told;
  const content = {
    'application/json': { schema: schemaOf(json), ...(example === undefined ? {} : { example }) },
    ...(csvExample === undefined ? {} : { 'text/csv': { schema: { type: 'string' }, example: csvExample } }),
    ...(events === undefined
      ? {}
      : {
          'text/event-stream': {
            schema: {
              description: `${events.description} As text, or the data of each event.`,
              anyOf: [{ type: 'string' }, ...Object.values(events.schemas).map(schemaOf)],
            },
            example: events.example,
            // By the names of the events, for which OpenAPI 3.1 has no words.
            'x-events': Object.fromEntries(
              Object.entries(events.schemas).map(([name, schema]) => [name, schemaOf(schema)]),
            ),
          },
        }),
  };
  return { ...told, content };
}

/** From the manifest, which is at the same place from `src` and from `dist`. */
function packageFacts(): { version: string; license: string } {
  const manifest = readFileSync(new URL('../../../../../package.json', import.meta.url), 'utf8');
  return JSON.parse(manifest) as { version: string; license: string };
}
