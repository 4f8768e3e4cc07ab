import { openApiDocument } from '../src/adapters/http/kit/openapi/document.js';
import { apiRoutes } from '../src/adapters/http/routes.js';
import type { ScanTarget } from './scanner.js';

/** A request in which an asterisk marks every value that a caller chooses, in the syntax of sqlmap. */
export interface Attackable {
  name: string;
  method: string;
  path: string;
  body: string | null;
}

interface Parameter {
  name: string;
  in: string;
}

interface Body {
  content: { 'application/json': { examples: Record<string, { value: Record<string, unknown> }> } };
}

/** Values that filters accept, so that injected text gets past validation. */
const validValues: Record<string, string> = {
  limit: '20',
  from: '2026-01-01',
  to: '2027-01-01',
  name: 'echo',
  sort: 'username',
};

/** Every request of the OpenAPI document that has a parameter or a body. */
export function attackableRequests(ids: Pick<ScanTarget, 'conversationId' | 'userId'>): Attackable[] {
  return Object.entries(openApiDocument(apiRoutes).paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const parameters = operation.parameters as unknown as Parameter[];
      const body = bodyOf((operation as { requestBody?: Body }).requestBody);
      const query = parameters
        .filter((parameter) => parameter.in === 'query')
        .map(({ name }) => `${name}=${validValues[name] ?? ''}*`);
      if (body === null && query.length === 0 && !path.includes('{')) return [];
      const marked = path.replace(/\{(\w+)\}/g, (_, name: string) => `${valueOf(path, name, ids)}*`);
      return [
        {
          name: `${method.toUpperCase()} ${path}`,
          method: method.toUpperCase(),
          path: query.length === 0 ? marked : `${marked}?${query.join('&')}`,
          body,
        },
      ];
    }),
  );
}

function valueOf(path: string, name: string, ids: Pick<ScanTarget, 'conversationId' | 'userId'>): string {
  if (name !== 'id') return validValues[name] ?? '';
  return path.includes('/conversations/') ? ids.conversationId : ids.userId;
}

/** The fields of all examples, with every string and number marked. */
function bodyOf(requestBody: Body | undefined): string | null {
  if (requestBody === undefined) return null;
  const examples = Object.values(requestBody.content['application/json'].examples);
  const fields = Object.assign({}, ...examples.map(({ value }) => value)) as Record<string, unknown>;
  return JSON.stringify(fields, (_, value: unknown) =>
    typeof value === 'string' ? `${value}*` : typeof value === 'number' ? `${value}*` : value,
  );
}
