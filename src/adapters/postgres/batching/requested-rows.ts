/**
 * Returns the select of the requests of a batch: $1 is a JSON array of them, $2 their number. An absent member is null.
 *
 * The plan is kept while the tables grow, so it must look up each row by its key, also if it is made for empty tables. The
 * planner does so if it expects one request. It expects 100 rows of JSON, and a tenth of them for each limit that it does not
 * know: hence two limits.
 *
 * @param columns The names and types of the members.
 */
export function requestedRows(columns: string): string {
  return `select * from (
      select * from json_to_recordset($1) as requested (${columns})
      limit $2::bigint) as few
    limit $2::bigint`;
}
