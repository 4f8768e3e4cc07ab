import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Builds the page of the API documentation in `dist/web/api-docs` from our files and those of Swagger UI, so that the
 * published package does not depend on it.
 *
 * @param {string} root The root of the repository.
 */
export function buildApiDocs(root) {
  const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const target = join(root, 'dist/web/api-docs');
  cpSync(join(root, 'web/api-docs'), target, { recursive: true });
  for (const name of ['swagger-ui-bundle.js', 'swagger-ui-bundle.js.LICENSE.txt', 'swagger-ui.css']) {
    cpSync(join(swagger, name), join(target, name));
  }
  for (const name of ['LICENSE', 'NOTICE']) cpSync(join(swagger, name), join(target, `swagger-ui.${name}`));
}
