import { parse as parseArray } from 'postgres-array';

/** Parses a value in the text format of PostgreSQL. */
type ValueParser = (text: string) => unknown;

/** The oids of the types that statements return: the type, and its array. */
const typeOids = {
  bool: [16, 1000],
  int8: [20, 1016],
  int2: [21, 1005],
  int4: [23, 1007],
  oid: [26, 1028],
  text: [25, 1009],
  json: [114, 199],
  float4: [700, 1021],
  float8: [701, 1022],
  varchar: [1043, 1015],
  timestamptz: [1184, 1185],
  numeric: [1700, 1231],
  uuid: [2950, 2951],
  jsonb: [3802, 3807],
} as const;

const asText: ValueParser = (text) => text;

const parserOf: Record<keyof typeof typeOids, ValueParser> = {
  bool: (text) => text === 't',
  int8: safeInteger,
  int2: Number,
  int4: Number,
  oid: Number,
  text: asText,
  json: (text): unknown => JSON.parse(text),
  float4: Number,
  float8: Number,
  varchar: asText,
  timestamptz: time,
  numeric: asText,
  uuid: asText,
  jsonb: (text): unknown => JSON.parse(text),
};

/**
 * Parsers by oid, for PostgreSQL and PGlite. Each query passes them, so that they are independent of the parsers that an
 * embedding program sets for its own queries.
 */
export const valueParsers: Readonly<Record<number, ValueParser>> = Object.fromEntries(
  Object.entries(typeOids).flatMap(([type, [oid, arrayOid]]) => {
    const parser = parserOf[type as keyof typeof typeOids];
    return [
      [oid, parser],
      [arrayOid, (text: string) => parseArray(text, parser)],
    ];
  }),
);

/** Serializers of parameters by oid, for PGlite. */
export const parameterSerializers: Readonly<Record<number, (value: unknown) => string>> = Object.fromEntries(
  Object.values(typeOids).flatMap(([oid, arrayOid]) => [
    [oid, String],
    [arrayOid, (values: unknown) => (Array.isArray(values) ? arrayLiteral(values) : String(values))],
  ]),
);

/** Returns an array as PostgreSQL reads it from a text. */
export function arrayLiteral(values: readonly unknown[]): string {
  return `{${values.map(arrayElement).join(',')}}`;
}

function arrayElement(value: unknown): string {
  return `"${String(value).replace(/["\\]/g, '\\$&')}"`;
}

/** The `types` of a pg query. Values of other types stay strings. */
export const pgTypes = {
  getTypeParser(oid: number, format?: string): ValueParser {
    if (format === 'binary') {
      throw new TypeError('metered-chat requires results in text format: use a pool without "binary: true".');
    }
    return valueParsers[oid] ?? asText;
  },
};

/** A time such as `2026-11-29 20:25:22.123456+00`. The offset has minutes if they are not 0. */
const isoTime = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,6})?)([+-]\d\d)(:\d\d)?$/;

function time(text: string): Date {
  const [match, day, timeOfDay, hours, minutes = ':00'] = isoTime.exec(text) ?? [];
  const parsed = new Date(`${day}T${timeOfDay}${hours}${minutes}`);
  if (match === undefined || Number.isNaN(parsed.getTime())) {
    throw new RangeError(`"${text}" is not a time in ISO format: DateStyle must be ISO.`);
  }
  return parsed;
}

/** Parses the text of an `int8`. Throws a RangeError if a number cannot represent it exactly. */
export function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError('An integer from the database is outside ±(2^53 − 1).');
  return value;
}
