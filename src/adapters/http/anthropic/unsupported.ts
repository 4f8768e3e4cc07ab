import type { FieldErrors } from '../../../domain/errors.js';

const isNotSupported = ['Is not supported.'];

/** Blocks of Anthropic's API that only its own tools and files need. */
const blockTypes = new Set([
  ...['text', 'image', 'document', 'tool_use', 'tool_result', 'thinking', 'redacted_thinking'],
]);

type JsonObject = Record<string, unknown>;

/**
 * Returns what of a body's tools and blocks is not supported, by its path: tools that Anthropic defines, the blocks that
 * they use, and uploaded files.
 */
export function unsupportedContent({ messages, tools }: JsonObject): FieldErrors {
  const errors: FieldErrors = {};
  for (const [index, tool] of listOf(tools).entries()) {
    const type = objectOf(tool)?.['type'];
    if (typeof type !== 'string' || type === 'custom') continue;
    errors[`tools.${index}.type`] = [`Only custom tools are supported, not ${JSON.stringify(type)}.`];
  }
  for (const [position, message] of listOf(messages).entries()) {
    addBlocks(errors, objectOf(message)?.['content'], `messages.${position}.content`);
  }
  return errors;
}

function addBlocks(errors: FieldErrors, content: unknown, path: string): void {
  for (const [index, item] of listOf(content).entries()) {
    const block = objectOf(item);
    const at = `${path}.${index}`;
    const type = block?.['type'];
    if (typeof type !== 'string') continue;
    if (!blockTypes.has(type)) errors[`${at}.type`] = [`${JSON.stringify(type)} is not supported.`];
    else if (type === 'tool_result') addBlocks(errors, block?.['content'], `${at}.content`);
    else if (objectOf(block?.['source'])?.['type'] === 'file') errors[`${at}.source.type`] = isNotSupported;
  }
}

/** Parameters that are accepted and ignored, each if its value does not change the reply. */
const ignoredParameters = new Map<string, (value: unknown) => boolean>([
  ['metadata', (value) => objectOf(value) !== null],
  ['diagnostics', (value) => objectOf(value) !== null],
  ['service_tier', (value) => value === 'auto' || value === 'standard_only'],
  ['speed', (value) => value === 'standard'],
  ['mcp_servers', (value) => JSON.stringify(value) === '[]'],
  ['context_management', keepsContext],
]);

/** Returns the parameters that are not supported, by name. `known` are those that the schema of the body validates. */
export function unsupportedParameters(body: JsonObject, known: object): FieldErrors {
  const unsupported = Object.entries(body).filter(
    ([name, value]) =>
      value !== null && !Object.hasOwn(known, name) && ignoredParameters.get(name)?.(value) !== true,
  );
  return Object.fromEntries(unsupported.map(([name]) => [name, isNotSupported]));
}

/** Returns whether the edits of a context change nothing: none, or one that keeps all thinking, as Claude Code sends it. */
function keepsContext(value: unknown): boolean {
  const { edits, ...rest } = objectOf(value) ?? { edits: undefined };
  if (Object.keys(rest).length > 0) return false;
  return listOf(edits ?? []).every((edit) => {
    const { type, keep } = objectOf(edit) ?? {};
    return type === 'clear_thinking_20251015' && keep === 'all';
  });
}

function objectOf(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
