import type * as v from 'valibot';

const named = new Map<string, v.GenericSchema>();

/**
 * Gives a schema a name in the OpenAPI document, and so in the client's types. Returns the same schema.
 *
 * @throws TypeError if another schema has the name.
 */
export function namedSchema<const Schema extends v.GenericSchema>(name: string, schema: Schema): Schema {
  if (named.has(name)) throw new TypeError(`Two schemas are named ${name}.`);
  named.set(name, schema);
  return schema;
}

/** Returns the named schemas of the modules that are loaded, in the order of their names. */
export function allNamedSchemas(): Record<string, v.GenericSchema> {
  return Object.fromEntries([...named].sort(([a], [b]) => a.localeCompare(b)));
}
