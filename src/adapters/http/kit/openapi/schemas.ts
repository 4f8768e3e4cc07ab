import { toJsonSchema, toJsonSchemaDefs, type ConversionConfig } from '@valibot/to-json-schema';
import * as v from 'valibot';

/** A schema of OpenAPI 3.1, which uses JSON Schema 2020-12. */
export type JsonSchema = Record<string, unknown>;

/** Inputs for lazy schemas, which choose a schema by the type of the input. */
const probes = ['', [], {}];

const config: ConversionConfig = {
  target: 'draft-2020-12',
  typeMode: 'input',
  // Descriptions contain what JSON Schema cannot express.
  errorMode: 'ignore',
  overrideRef: ({ referenceId }) => referenceTo(referenceId),
  overrideSchema: ({ valibotSchema, jsonSchema }) => {
    if (valibotSchema.type === 'lazy') return choiceOf(valibotSchema as v.LazySchema<v.GenericSchema>);
    // Our loose objects reject unknown fields in a check. A custom schema is any object.
    if (valibotSchema.type === 'loose_object') return { ...jsonSchema, additionalProperties: false };
    if (valibotSchema.type === 'custom') return { type: 'object' };
    return undefined;
  },
};

/**
 * Converts schemas to JSON Schema, named schemas to references. All schemas are converted together by `finish`; until then
 * `schemaOf` returns an empty object for a schema without a name.
 */
export function schemaConverter(named: Record<string, v.GenericSchema>) {
  const names = new Map(Object.entries(named).map(([name, schema]) => [schema, name]));
  const waiting: { schema: v.GenericSchema; converted: JsonSchema }[] = [];
  return {
    schemaOf: (schema: v.GenericSchema): JsonSchema => {
      const name = names.get(schema);
      if (name !== undefined) return { $ref: referenceTo(name) };
      const converted = {};
      waiting.push({ schema, converted });
      return converted;
    },
    /** Returns the named schemas. */
    finish: (): Record<string, JsonSchema> => {
      const unnamed = v.looseObject(
        Object.fromEntries(waiting.map(({ schema }, index) => [String(index), schema])),
      );
      const schemas = toJsonSchemaDefs({ ...named, unnamed }, config);
      waiting.forEach(({ converted }, index) =>
        Object.assign(converted, schemas.unnamed.properties?.[String(index)]),
      );
      const components = Object.entries(schemas).filter(([name]) => Object.hasOwn(named, name));
      return Object.fromEntries(components.map(([name, schema]) => [name, { ...schema }]));
    },
  };
}

function choiceOf(schema: v.LazySchema<v.GenericSchema>) {
  const choices = probes.map((probe) => {
    const choice = toJsonSchema(schema.getter(probe), config);
    delete choice.$schema;
    // A lazy schema within is written out where it is used.
    delete choice.$defs;
    return JSON.stringify(choice);
  });
  return { anyOf: [...new Set(choices)].map((choice) => JSON.parse(choice) as JsonSchema) };
}

function referenceTo(name: string): string {
  return `#/components/schemas/${name}`;
}
