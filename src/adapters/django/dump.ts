/** One object of a dump, as Django's JSON serializer writes it. */
export interface DumpedObject {
  model: string;
  /** Undefined if the dump has natural primary keys. */
  pk: unknown;
  fields: Readonly<Record<string, unknown>>;
}

/** The objects of a dump by the label of their model, such as `chatapp.user`. */
export interface Dump {
  models: Map<string, DumpedObject[]>;
  /** The positions of malformed objects, counted from 1. */
  malformed: number[];
}

/** Groups the objects of a dump by model. Returns null if the JSON is not a list. */
export function groupByModel(json: unknown): Dump | null {
  if (!Array.isArray(json)) return null;
  const models = new Map<string, DumpedObject[]>();
  const malformed: number[] = [];
  for (const [index, value] of json.entries()) {
    const object = dumpedObject(value);
    if (object === null) malformed.push(index + 1);
    else if (!models.get(object.model)?.push(object)) models.set(object.model, [object]);
  }
  return { models, malformed };
}

function dumpedObject(value: unknown): DumpedObject | null {
  if (!isObject(value) || typeof value['model'] !== 'string' || !isObject(value['fields'])) return null;
  return { model: value['model'], pk: value['pk'], fields: value['fields'] };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of an own field, or undefined. */
export function fieldOf({ fields }: DumpedObject, name: string | null): unknown {
  return name !== null && Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** Parses a time as written by Django, by default in UTC. Returns null if it is invalid. */
export function dateOf(value: unknown): Date | null {
  if (typeof value !== 'string') return null;
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(Z|[+-]\d\d:?\d\d)?$/.exec(value);
  if (parts === null) return null;
  const [, day = '', time = '', zone = 'Z'] = parts;
  const moment = new Date(`${day}T${time}${zone.replace(/^(.\d\d)(\d\d)$/, '$1:$2')}`);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

/** More than any balance has. Prevents memory use for numbers such as `1E+999999999`. */
const maxDigits = 40;

/**
 * Parses a whole number of a dump: a number, or a string of a `DecimalField`, such as `250.00` or `1E+3`. Returns null for
 * fractions and for other values.
 */
export function wholeNumberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isInteger(value) ? value : null;
  if (typeof value !== 'string') return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(value) ?? [];
  const digits = whole + fraction;
  const zeros = Number(exponent) - fraction.length;
  if (whole === '' || digits.length > maxDigits || Math.abs(zeros) > maxDigits) return null;
  if (zeros < 0 && !/^0*$/.test(digits.slice(zeros))) return null;
  const wholeDigits = zeros < 0 ? digits.slice(0, zeros) : digits + '0'.repeat(zeros);
  const number = Number(wholeDigits);
  return sign === '-' && number !== 0 ? -number : number;
}

const maxPrintedChars = 60;

/** Formats a value of a dump for a report: on one line, shortened, and without control characters. */
export function printable(value: unknown): string {
  const text = value === undefined ? 'none' : JSON.stringify(value);
  const short = text.length > maxPrintedChars ? `${text.slice(0, maxPrintedChars)}…` : text;
  return short.replace(/\p{C}/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}
