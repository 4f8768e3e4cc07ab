import type { Context } from 'hono';
import type * as v from 'valibot';
import type { Caller, IdentifiedCaller } from '../../../domain/auth/caller.js';
import type { ServiceScope } from '../../../domain/auth/service-key.js';
import type { Core } from '../../../domain/core.js';
import type { LimitState } from '../../../domain/limits/rate-limits.js';
import type { HttpDeps, HttpEnvironment } from './context.js';
import type { Access, Documentation } from './openapi/documentation.js';
import type { Method } from './serve-path.js';
import type { QuerySchema } from './read-query.js';

/** The caller of a route; undefined if anyone may call it. */
type CallerOf<Who extends Access> = Who extends 'anyone'
  ? undefined
  : Who extends 'admin'
    ? IdentifiedCaller
    : Caller;

/** The names between braces in a path. */
type ParameterName<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterName<Rest>
  : never;

type OutputOf<Schema> = Schema extends v.GenericSchema ? v.InferOutput<Schema> : undefined;

/** What a handler is given. */
export interface RouteRequest<
  Who extends Access = Access,
  Query = unknown,
  Body = unknown,
  Name extends string = string,
> {
  /** Hono's context: the request's headers, and what the response is made with. */
  c: Context<HttpEnvironment>;
  core: Core;
  deps: HttpDeps;
  caller: CallerOf<Who>;
  /** The query as its schema returns it. */
  query: Query;
  /** The body as its schema, or `parse`, returns it. */
  body: Body;
  /** The values in the path. `id`, and names that end with `_id`, are UUIDs in lower case. */
  params: Record<Name, string>;
}

/** Counts a request and returns the state of the limit; null if there is none. */
type CountRequest<Who extends Access> = (
  request: Pick<RouteRequest<Who>, 'core' | 'caller'> & { address: string | null },
) => Promise<LimitState | null>;

interface RequestBody<Schema, Parsed> {
  schema: Schema & v.GenericSchema;
  examples: Record<string, unknown>;
  /** Validates the body in place of `schema`, which then only documents it. `json` is the text of the body. */
  parse?: (body: unknown, json: string) => Parsed;
  /** Reads up to `maxChatBodyBytes`, and not only 1 MiB. */
  isLarge?: true;
}

interface ServedBy<Who extends Access, Query, Body, Parsed, Path extends string> {
  method: Method;
  /** As documented: `/api/keys/{id}/`. It is served with and without the slash at its end. */
  path: Path;
  /** The patterns of values in the path that may contain slashes, by name. */
  pathPatterns?: Record<string, string>;
  access: Who;
  /** The scope of the service keys that may call a route for administrators. By default `read` for GET, otherwise none. */
  scope?: ServiceScope;
  /** Counts a request before its body is read; or `in-handler`, if the handler or its use case does that. */
  rateLimit?: 'in-handler' | CountRequest<Who>;
  /** The names that the query may have; any other is rejected. Without it the query is ignored. */
  query?: Query & QuerySchema;
  body?: RequestBody<Body, Parsed>;
  /** Returns false if the route does not exist with these dependencies. */
  isServed?: (deps: HttpDeps) => boolean;
  handler: (
    request: RouteRequest<
      Who,
      OutputOf<Query>,
      Body extends v.GenericSchema ? Parsed : undefined,
      ParameterName<Path>
    >,
  ) => Response | Promise<Response>;
}

/** A route below `/api/admin/` is for administrators, unless it says why not. */
type AdminRule<Path extends string, Who extends Access> = Path extends `/api/admin/${string}`
  ? Who extends 'admin'
    ? object
    : { whyNotAdmin: string }
  : object;

/** A route of the API: how it is served, and what the OpenAPI document says about it. */
export type Route = Documentation & ServedBy<Access, v.GenericSchema, v.GenericSchema, unknown, string>;

/** Returns the scope of the service keys that may call a route; null if none may. */
export function scopeOf({
  access,
  method,
  scope,
}: Pick<Route, 'access' | 'method' | 'scope'>): ServiceScope | null {
  if (access !== 'admin') return null;
  return scope ?? (method === 'GET' ? 'read' : null);
}

/**
 * Declares a route of the API. From the list of routes follow registration, 405 for other methods, authentication, rate
 * limits, validation, the OpenAPI document, the types of the client, and the tests of every route.
 *
 * @example
 * ```ts
 * import { defineRoute } from '../kit/define-route.js';
 * import { originOf } from '../kit/headers.js';
 *
 * export const removeKey = defineRoute({
 *   method: 'DELETE',
 *   path: '/api/keys/{id}/',
 *   id: 'removeKey',
 *   tag: 'Sessions and keys',
 *   summary: 'Delete an API key',
 *   access: 'account',
 *   responses: { 204: { description: 'The key is deleted.', json: null } },
 *   problems: ['session_required'],
 *   handler: async ({ c, core, caller, params }) => {
 *     await core.auth.removeKey({ caller, keyId: params.id, origin: originOf(c) });
 *     return c.body(null, 204);
 *   },
 * });
 * ```
 */
export function defineRoute<
  const Path extends string,
  const Who extends Access,
  Query extends QuerySchema | undefined = undefined,
  Body extends v.GenericSchema | undefined = undefined,
  Parsed = OutputOf<Body>,
>(definition: Documentation & ServedBy<Who, Query, Body, Parsed, Path> & AdminRule<Path, Who>): Route {
  // `registerRoutes` gives each handler what its definition declares.
  return definition as unknown as Route;
}
