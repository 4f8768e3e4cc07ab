import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from '../src/adapters/http/kit/openapi/document.js';
import { apiRoutes } from '../src/adapters/http/routes.js';

/** Where the types of the client are kept. */
export const clientTypesFile = fileURLToPath(
  new URL('../src/client/generated/api-types.ts', import.meta.url),
);

/** The types of the client, as the document of the API has them now. */
export async function clientTypes(): Promise<string> {
  // What answers say in headers is read from them by name, and would make the types twice as long.
  const withoutHeaders = (name: string, value: unknown) => (name === 'headers' ? undefined : value);
  const document = JSON.parse(JSON.stringify(openApiDocument(apiRoutes), withoutHeaders)) as OpenAPI3;
  const types = astToString(await openapiTS(document));
  const text = `// Made from the document of the API by \`npm run generate:client\`; not to be edited.\n\n${types}`;
  return format(text, { ...(await resolveConfig(clientTypesFile)), parser: 'typescript' });
}
