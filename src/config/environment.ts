/** The variables of an environment, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Returns the value of a variable without the space around it; an empty string if it is not set. */
export function textOf(environment: Environment, name: string): string {
  return environment[name]?.trim() ?? '';
}
