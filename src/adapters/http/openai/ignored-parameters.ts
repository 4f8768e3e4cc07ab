import { HttpProblem, invalidInput } from '../kit/problem.js';

/** Parameters that are accepted and ignored, each if its value does not change the reply. */
export type IgnoredParameters = ReadonlyMap<string, (value: unknown) => boolean>;

/** Who asks, and how the provider may use its cache. */
export const cacheAndUserParameters = [
  ...['metadata', 'user', 'safety_identifier'],
  ...['prompt_cache_key', 'prompt_cache_retention', 'prompt_cache_options'],
].map((name) => [name, () => true] as const);

/**
 * Throws `unsupported_parameter` with the name of each parameter that is neither known nor ignored; null always counts as
 * absent.
 */
export function rejectUnsupported(body: unknown, known: object, ignored: IgnoredParameters): void {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalidInput({ body: ['Must be a JSON object.'] });
  }
  const unsupported = Object.entries(body).filter(
    ([name, value]) => value !== null && !Object.hasOwn(known, name) && ignored.get(name)?.(value) !== true,
  );
  if (unsupported.length === 0) return;
  const errors = Object.fromEntries(unsupported.map(([name]) => [name, ['Is not supported.']]));
  const detail = 'Some of the parameters are not supported.';
  throw new HttpProblem({ status: 400, code: 'unsupported_parameter', detail, errors });
}
