import { readFileSync } from 'node:fs';
import { textOf, type Environment } from './environment.js';

/** A secret, undefined if it is not set, or the problem with it. The problem does not repeat the value. */
export type ReadSecret = { value: string | undefined; problem: null } | { value: null; problem: string };

/** Returns the name of the variable that names the file with a secret. */
export function fileVariable(name: string): string {
  return `${name}_FILE`;
}

/**
 * Reads a secret from the variable `name`, without the space around it, or from the file that `name`_FILE names, without
 * one newline at its end. An empty variable counts as absent.
 */
export function readSecret(environment: Environment, name: string): ReadSecret {
  const value = textOf(environment, name);
  const path = textOf(environment, fileVariable(name));
  if (path === '') return { value: value === '' ? undefined : value, problem: null };
  if (value !== '')
    return { value: null, problem: `${name} and ${fileVariable(name)} are both set; remove one` };
  try {
    const text = decodeLine(readFileSync(path));
    return text === ''
      ? { value: null, problem: `${fileVariable(name)} names an empty file` }
      : { value: text, problem: null };
  } catch (error) {
    return { value: null, problem: `${fileVariable(name)} names a file that ${reasonOf(error)}` };
  }
}

function decodeLine(bytes: Uint8Array): string {
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
 * Returns the environment with the secrets from files as variables, and the problems with files by the name of the
 * secret.
 */
export function withSecretFiles(
  environment: Environment,
  names: readonly string[],
): { environment: Environment; problems: ReadonlyMap<string, string> } {
  const read: Record<string, string | undefined> = { ...environment };
  const problems = new Map<string, string>();
  for (const name of names) {
    const { value, problem } = readSecret(environment, name);
    if (problem !== null) problems.set(name, problem);
    read[name] = value ?? undefined;
    read[fileVariable(name)] = undefined;
  }
  return { environment: read, problems };
}
