import * as v from 'valibot';
import { namedSchema } from './openapi/named-schema.js';
import { count } from './response-fields.js';

/** The unit in which people see amounts. The API itself has whole credits: 10^decimals of them are one unit. */
export const unitResponse = namedSchema('Unit', v.object({ name: v.string(), decimals: count }));

export const exampleUnit = { name: 'tokens', decimals: 0 };
