import * as v from 'valibot';
import { maxTotal } from '../../../domain/page.js';
import { csvRow } from '../kit/csv.js';
import { count, pageOf } from '../kit/response-fields.js';

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

/** Returns the documented response of a search: with `?total=true` the first page says how many items match, 10,000 for more. */
export function searchResponses<Item extends v.GenericSchema>(item: Item, columns: readonly string[]) {
  const { 200: list } = listResponses(item, columns);
  return {
    200: {
      ...list,
      description: `${list.description} With \`total=true\` the first page has the \`total\` of what matches, at most ${maxTotal}.`,
      json: v.object({ ...pageOf(item).entries, total: v.optional(count) }),
    },
  };
}
