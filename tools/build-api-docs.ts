// Puts the page of the API's documentation together in `dist/web/api-docs`: our own files, and those of Swagger UI,
// which so is nothing that the published package depends on.

import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const target = 'dist/web/api-docs';

cpSync('web/api-docs', target, { recursive: true });
for (const name of ['swagger-ui-bundle.js', 'swagger-ui-bundle.js.LICENSE.txt', 'swagger-ui.css']) {
  cpSync(join(swagger, name), join(target, name));
}
for (const name of ['LICENSE', 'NOTICE']) cpSync(join(swagger, name), join(target, `swagger-ui.${name}`));
