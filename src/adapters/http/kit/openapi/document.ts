import { readFileSync } from 'node:fs';
import { scopeOf, type Route } from '../define-route.js';
import type { Access, DocumentedResponse, Tag } from './documentation.js';
import { headers, headersOfSuccess } from './headers.js';
import { allNamedSchemas } from './named-schema.js';
import { parametersOf } from './parameters.js';
import { problemResponses } from './problem-responses.js';
import { schemaConverter } from './schemas.js';
import { packageFile } from '../package-file.js';

const tags: Record<Tag, string> = {
  Accounts: 'Create, read, change and erase the own account.',
  'Sessions and keys': 'Credentials that identify the caller.',
  'Second factors': 'Codes of authenticator apps, passkeys, and proofs of identity.',
  'Passwords and emails': 'Passwords, and emails and their confirmation.',
  Chat: 'Messages and their replies.',
  Tokens: 'The balance, and the ledger entries that explain it.',
  Orders: 'Packages of tokens that people buy.',
  'OpenAI-compatible': 'For clients of the OpenAI API: only the base URL and the key change.',
  'Anthropic-compatible': 'For clients of the Anthropic API: only the base URL and the key change.',
  Metering: 'Charge accounts for anything, for administrators and service keys.',
  Administration: 'For administrators.',
  Operations: 'For operators of the server.',
};

const security: Record<Access, object[]> = {
  anyone: [],
  account: [{ bearer: [] }, { token: [] }, { cookie: [] }],
  program: [{ bearer: [] }, { token: [] }, { apiKey: [] }],
  admin: [{ bearer: [] }, { token: [] }, { cookie: [] }],
};

/** A service key is a bearer too; what it is required to have is a role, in the words of OpenAPI. */
function securityOf(route: Route): object[] {
  const scope = scopeOf(route);
  return scope === null ? security[route.access] : [...security[route.access], { serviceKey: [scope] }];
}

const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'An access token or an API key.' },
  token: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: 'The same as `Token …`, as the original system has it.',
  },
  serviceKey: {
    type: 'http',
    scheme: 'bearer',
    description:
      'A service key, which an administrator creates for a program, with the scope that is named here.',
  },
  apiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-api-key',
    description: 'The same as a bearer, as clients of the Anthropic API send it.',
  },
  cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: 'metered_chat_access',
    description:
      'For pages of this server only. Over TLS the name has the prefix `__Host-`. Below a base path, where each path has its own cookies, it has the prefix `__Secure-` and ends with the path.',
  },
};

const description = `Accounts, a token balance, and AI chat.

A path may end with a slash or not. Errors are problem documents (RFC 9457) with a stable \`code\`; under \`/v1/\` they have the format of the OpenAI API, or of the Anthropic API under \`/v1/messages\` and for requests with the header \`anthropic-version\`. A known path rejects any other method with 405 \`method_not_allowed\`; an unknown path is 404 \`not_found\`. Unknown fields of a body are ignored, and responses may gain fields. A list rejects an undocumented name in its query with 400 \`invalid_input\`.`;

/**
 * Returns the OpenAPI 3.1 document of routes.
 *
 * @param basePath The path below which the API is reached, such as `/assistant`; empty for the root.
 */
export function openApiDocument(routes: readonly Route[], basePath = '') {
  const converter = schemaConverter(allNamedSchemas());
  const paths: Record<string, Record<string, DocumentedOperation>> = {};
  for (const route of routes) {
    (paths[route.path] ??= {})[route.method.toLowerCase()] = documentedOperation(route, converter);
  }
  const { version, license } = packageManifest();
  return {
    openapi: '3.1.0',
    info: {
      title: 'metered-chat',
      version,
      description,
      license: { name: license, identifier: license },
    },
    servers: [{ url: basePath === '' ? '/' : basePath }],
    tags: Object.entries(tags).map(([name, text]) => ({ name, description: text })),
    paths,
    components: { securitySchemes, headers, schemas: converter.finish() },
  };
}

type Converter = ReturnType<typeof schemaConverter>;

type DocumentedOperation = ReturnType<typeof documentedOperation>;

function documentedOperation(route: Route, converter: Converter) {
  const { id, tag, summary, body, responses } = route;
  const successes = Object.entries(responses).map(
    ([status, response]) => [status, documentedResponse(route, response, converter)] as const,
  );
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    security: securityOf(route),
    parameters: parametersOf(route, converter.schemaOf),
    ...(body === undefined ? {} : { requestBody: documentedBody(body, converter) }),
    responses: mergedResponses(problemResponses(route), Object.fromEntries(successes)),
  };
}

interface ResponseObject {
  description?: string;
  headers?: object;
  content?: object;
}

/** Returns all responses by status. A status can be a success and a problem, in different media types. */
function mergedResponses(
  problems: Record<string, ResponseObject>,
  successes: Record<string, ResponseObject>,
): Record<string, object> {
  const merged = Object.entries(successes).map(([status, success]) => {
    const problem = problems[status];
    if (problem === undefined) return [status, success];
    return [
      status,
      {
        description: `${success.description ?? ''} ${problem.description ?? ''}`,
        headers: { ...problem.headers, ...success.headers },
        content: { ...problem.content, ...success.content },
      },
    ];
  });
  return { ...problems, ...Object.fromEntries(merged) } as Record<string, object>;
}

function documentedBody({ schema, examples }: NonNullable<Route['body']>, { schemaOf }: Converter) {
  const named = Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]));
  return { required: true, content: { 'application/json': { schema: schemaOf(schema), examples: named } } };
}

function documentedResponse(
  route: Route,
  response: DocumentedResponse,
  { schemaOf }: Converter,
): ResponseObject {
  const { json, events, csvExample, example, text, isFile } = response;
  const common = { description: response.description, headers: headersOfSuccess(route, response.headers) };
  if (text !== undefined) {
    const content = { [text.mediaType]: { schema: { type: 'string' }, example: text.example } };
    return { ...common, content };
  }
  if (isFile) return { ...common, content: { '*/*': { schema: { type: 'string', format: 'binary' } } } };
  if (json === null && events === undefined) return common;
  const content = {
    ...(json === null
      ? {}
      : { 'application/json': { schema: schemaOf(json), ...(example === undefined ? {} : { example }) } }),
    ...(csvExample === undefined ? {} : { 'text/csv': { schema: { type: 'string' }, example: csvExample } }),
    ...(events === undefined ? {} : { 'text/event-stream': documentedEvents(events, schemaOf) }),
  };
  return { ...common, content };
}

function documentedEvents(
  { schemas, description, example }: NonNullable<DocumentedResponse['events']>,
  schemaOf: Converter['schemaOf'],
): object {
  return {
    schema: {
      description: `${description} As text, or the data of each event.`,
      anyOf: [{ type: 'string' }, ...Object.values(schemas).map(schemaOf)],
    },
    example,
    // OpenAPI 3.1 cannot describe events by their names.
    'x-events': Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, schemaOf(schema)])),
  };
}

function packageManifest(): { version: string; license: string } {
  const manifest = readFileSync(packageFile('package.json'), 'utf8');
  return JSON.parse(manifest) as { version: string; license: string };
}
