import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from '../src/adapters/http/kit/openapi/document.js';
import { apiRoutes } from '../src/adapters/http/routes.js';

/** The file with the generated types. */
export const clientTypesFile = fileURLToPath(
  new URL('../src/client/generated/api-types.ts', import.meta.url),
);

/** Generates the types of the client from the OpenAPI document. */
export async function clientTypes(): Promise<string> {
  // Response headers are read by name; their types would double the size.
  const withoutHeaders = (name: string, value: unknown) => (name === 'headers' ? undefined : value);
  const document = JSON.parse(JSON.stringify(openApiDocument(apiRoutes), withoutHeaders)) as OpenAPI3;
  const types = astToString(await openapiTS(document));
  return `// Generated from the OpenAPI document by \`npm run generate:client\`; do not edit.\n\n${types}`;
}
