import type * as v from 'valibot';
import { csvRow } from '../kit/csv.js';
import { pageOf } from '../kit/response-fields.js';

/** Returns the documented response of a list that is also available as CSV with these columns. */
export function listResponses(item: v.GenericSchema, columns: readonly string[]) {
  return {
    200: {
      description: 'A page; with `Accept: text/csv` or `?format=csv`, the whole list as CSV.',
      json: pageOf(item),
      csvExample: csvRow(columns),
    },
  };
}
