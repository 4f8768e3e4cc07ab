import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Puts the page of the API's documentation into `dist/web/api-docs`: our own files, and those of Swagger UI, on which
 * the published package therefore does not depend.
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
