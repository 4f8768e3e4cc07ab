import { readFileSync } from 'node:fs';

type Environment = Readonly<Record<string, string | undefined>>;

/** The value of a secret, undefined when it is not given, or why it cannot be used. A fault repeats no value. */
export type ReadSecret = { value: string | undefined; fault: null } | { value: null; fault: string };

/** The name of the variable that names a file with the secret in it. */
export function fileVariable(name: string): string {
  return `${name}_FILE`;
}

/**
 * Reads a secret from the variable `name`, without the space around it, or from the file that `name`_FILE names, without
 * one newline at its end. An empty variable counts as absent.
 */
export function readSecret(environment: Environment, name: string): ReadSecret {
  const value = environment[name]?.trim() ?? '';
  const path = environment[fileVariable(name)]?.trim() ?? '';
  if (path === '') return { value: value === '' ? undefined : value, fault: null };
  if (value !== '')
    return { value: null, fault: `${name} and ${fileVariable(name)} are both given; remove one` };
  try {
    const text = textOf(readFileSync(path));
    return text === ''
      ? { value: null, fault: `${fileVariable(name)} names an empty file` }
      : { value: text, fault: null };
  } catch (error) {
    return { value: null, fault: `${fileVariable(name)} names a file that ${reasonOf(error)}` };
  }
}

function textOf(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r?\n$/, '');
  if (/\p{Cc}/u.test(text)) throw new TypeError('control characters');
  return text;
}

const reasons: Record<string, string> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'this user may not read',
  EISDIR: 'is a folder',
};

function reasonOf(error: unknown): string {
  if (error instanceof TypeError) return 'is not one line of UTF-8 text';
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return reasons[code] ?? `cannot be read (${code})`;
}

/**
 * An environment in which the secrets that are given by files have their values as variables, and what is wrong with
 * files, by the names of the secrets.
 */
export function withSecretFiles(
  environment: Environment,
  names: readonly string[],
): { environment: Environment; faults: ReadonlyMap<string, string> } {
  const read: Record<string, string | undefined> = { ...environment };
  const faults = new Map<string, string>();
  for (const name of names) {
    const { value, fault } = readSecret(environment, name);
    if (fault !== null) faults.set(name, fault);
    read[name] = value ?? undefined;
    read[fileVariable(name)] = undefined;
  }
  return { environment: read, faults };
}
