// Generates the types of the client from the OpenAPI document: `npm run generate:client`.

import { writeFile } from 'node:fs/promises';
import { clientTypes, clientTypesFile } from './client-types.js';

await writeFile(clientTypesFile, await clientTypes());
console.log(`Wrote ${clientTypesFile}`);
