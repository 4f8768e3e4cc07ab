import { openApiDocument } from '../src/adapters/http/kit/openapi/document.js';
import { apiRoutes } from '../src/adapters/http/routes.js';
import type { Case } from './verdict.js';

/** A request in which whatever a caller can choose is marked by an asterisk, as sqlmap has it. */
export interface Attackable {
  name: string;
  method: string;
  target: string;
  body: string | null;
}

interface Parameter {
  name: string;
  in: string;
}

interface Body {
  content: { 'application/json': { examples: Record<string, { value: Record<string, unknown> }> } };
}

/** Values that filters take, so that what is injected into them gets as far as it can. */
const plausible: Record<string, string> = {
  limit: '20',
  from: '2026-01-01',
  to: '2027-01-01',
  name: 'echo',
  sort: 'username',
};

/** Every request of the API's document that takes a parameter in its path or query, or a body. */
export function attackableRequests(given: Pick<Case, 'conversationId' | 'userId'>): Attackable[] {
  return Object.entries(openApiDocument(apiRoutes).paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const parameters = operation.parameters as unknown as Parameter[];
      const body = bodyOf((operation as { requestBody?: Body }).requestBody);
      const query = parameters
        .filter((parameter) => parameter.in === 'query')
        .map(({ name }) => `${name}=${plausible[name] ?? ''}*`);
      if (body === null && query.length === 0 && !path.includes('{')) return [];
      const target = path.replace(/\{(\w+)\}/g, (_, name: string) => `${valueOf(path, name, given)}*`);
      return [
        {
          name: `${method.toUpperCase()} ${path}`,
          method: method.toUpperCase(),
          target: query.length === 0 ? target : `${target}?${query.join('&')}`,
          body,
        },
      ];
    }),
  );
}

function valueOf(path: string, name: string, given: Pick<Case, 'conversationId' | 'userId'>): string {
  if (name !== 'id') return plausible[name] ?? '';
  return path.includes('/conversations/') ? given.conversationId : given.userId;
}

/** The fields of all examples together, each text and number marked. */
function bodyOf(requestBody: Body | undefined): string | null {
  if (requestBody === undefined) return null;
  const examples = Object.values(requestBody.content['application/json'].examples);
  const fields = Object.assign({}, ...examples.map(({ value }) => value)) as Record<string, unknown>;
  return JSON.stringify(fields, (_, value: unknown) =>
    typeof value === 'string' ? `${value}*` : typeof value === 'number' ? `${value}*` : value,
  );
}
