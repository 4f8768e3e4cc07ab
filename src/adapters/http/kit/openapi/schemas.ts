import { toJsonSchema, toJsonSchemaDefs, type ConversionConfig } from '@valibot/to-json-schema';
import * as v from 'valibot';

/** A schema as OpenAPI 3.1 has it: one of JSON Schema 2020-12. */
export type JsonSchema = Record<string, unknown>;

/** What some lazy schema could be asked about: a choice by the type of what came. */
const probes = ['', [], {}];

const config: ConversionConfig = {
  target: 'draft-2020-12',
  typeMode: 'input',
  // What JSON Schema cannot say the sentences do.
  errorMode: 'ignore',
  overrideRef: ({ referenceId }) => referenceTo(referenceId),
  overrideSchema: ({ valibotSchema, jsonSchema }) => {
    if (valibotSchema.type === 'lazy') return choiceOf(valibotSchema as v.LazySchema<v.GenericSchema>);
    // An object that refuses what it does not know, or one that is passed on as it is.
    if (valibotSchema.type === 'loose_object') return { ...jsonSchema, additionalProperties: false };
    if (valibotSchema.type === 'custom') return { type: 'object' };
    return undefined;
  },
};

/**
 * Converts schemas for a document in which some stand under a name. All of them are converted at once, at the end: until
 * `finish` is called, what `schemaOf` answers is empty unless it has a name.
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
    /** Answers the named schemas. */
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
    return JSON.stringify(choice);
  });
  return { anyOf: [...new Set(choices)].map((choice) => JSON.parse(choice) as JsonSchema) };
}

function referenceTo(name: string): string {
  return `#/components/schemas/${name}`;
}
