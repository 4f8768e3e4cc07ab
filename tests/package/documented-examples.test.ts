import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** What examples may use without a declaration. */
const ambientNames = `
import type { Core, Log } from 'metered-chat';
import type { PgPool } from 'metered-chat/postgres';
import type { OpenPaymentsHarness, OpenStoreHarness } from 'metered-chat/testing';

declare global {
  const apiKey: string;
  const core: Core;
  const log: Log;
  const openHarness: OpenStoreHarness;
  const openPaymentsHarness: OpenPaymentsHarness;
  const pool: PgPool;
  const userId: string;
}
`;

interface Example {
  /** The file and line of the example. */
  place: string;
  code: string;
}

const config = ts.getParsedCommandLineOfConfigFile(
  'tsconfig.json',
  { noUnusedLocals: false },
  {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new TypeError(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
    },
  },
);
const options = config?.options ?? {};
const host = cachingHost(ts.createCompilerHost(options, true));
const entryPointFiles = readdirSync('src/entrypoints').map((name) => resolve('src/entrypoints', name));

/** Parses each file once for both programs. */
function cachingHost(uncached: ts.CompilerHost): ts.CompilerHost {
  const sources = new Map<string, ts.SourceFile | undefined>();
  return {
    ...uncached,
    getSourceFile: (path, version) => {
      if (!sources.has(path)) sources.set(path, uncached.getSourceFile(path, version));
      return sources.get(path);
    },
  };
}

function textOf(tag: ts.JSDocTag): string {
  return ts.getTextOfJSDocComment(tag.comment) ?? '';
}

/** Returns the `@example` blocks of a file; the code between fences, if there are any. */
function examplesIn(path: string): Example[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const tags = new Set<ts.JSDocTag>();
  const collect = (node: ts.Node): void => {
    for (const tag of ts.getJSDocTags(node)) if (tag.tagName.text === 'example') tags.add(tag);
    ts.forEachChild(node, collect);
  };
  collect(file);
  return [...tags].map((tag) => {
    const { line } = file.getLineAndCharacterOfPosition(tag.pos);
    const code = /^```ts\n(.*?)\n```/s.exec(textOf(tag))?.[1] ?? textOf(tag);
    return { place: `${path}:${line + 1}`, code };
  });
}

/** The values and types of each entry point, with their declarations. */
function exportsOf(program: ts.Program) {
  const checker = program.getTypeChecker();
  return entryPointFiles.flatMap((path) => {
    const source = program.getSourceFile(path);
    const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
    if (module === undefined) throw new TypeError(`${path} is not a module.`);
    const entryPoint = basename(path, '.ts');
    return checker.getExportsOfModule(module).map((exported) => {
      const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
      const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
      return { entryPoint, name: exported.name, symbol };
    });
  });
}

type Export = ReturnType<typeof exportsOf>[number];

/** Adds imports of the exports that an example uses without an import or declaration of its own. */
function withImports(code: string, exported: readonly Export[]): string {
  const isUsed = ({ name }: Export) => new RegExp(`\\b${name}\\b`).test(code);
  const isDeclared = ({ name }: Export) =>
    new RegExp(
      `\\b(const|function|class|interface|type) ${name}\\b|import [^;]*\\b${name}\\b[^;]* from`,
    ).test(code);
  const missing = new Map(
    exported.filter((each) => isUsed(each) && !isDeclared(each)).map((each) => [each.name, each]),
  );
  const imports = [...missing.values()].map(({ name, entryPoint, symbol }) => {
    const isType = (symbol.flags & ts.SymbolFlags.Value) === 0;
    const from = entryPoint === 'core' ? 'metered-chat' : `metered-chat/${entryPoint}`;
    return `import ${isType ? 'type ' : ''}{ ${name} } from '${from}';`;
  });
  return `${imports.join(' ')} ${code}\nexport {};\n`;
}

/** Compiles the examples, each as a module beside its source; returns their errors. */
function compile(examples: readonly Example[], exported: readonly Export[]): string[] {
  const files = new Map<string, { place: string; text: string }>();
  files.set(resolve('ambient-names.ts'), { place: 'the ambient names', text: ambientNames });
  examples.forEach(({ place, code }, index) => {
    const path = resolve(dirname(place), `example-${index}.ts`);
    files.set(path, { place, text: withImports(code, exported) });
  });
  const program = ts.createProgram([...files.keys()], options, {
    ...host,
    fileExists: (path) => files.has(path) || host.fileExists(path),
    readFile: (path) => files.get(path)?.text ?? host.readFile(path),
    getSourceFile: (path, version) => {
      const file = files.get(path);
      return file === undefined
        ? host.getSourceFile(path, version)
        : ts.createSourceFile(path, file.text, version, true);
    },
  });
  return [...files].flatMap(([path, { place }]) => {
    const source = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
}

/** Functions, classes and types named `…Options` show their use; a docstring is enough for other types. */
function requiresExample({ name, symbol }: Export): boolean {
  return (symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Class)) !== 0 || name.endsWith('Options');
}

const exported = exportsOf(ts.createProgram(entryPointFiles, options, host));

test('every function, class and option type of the entry points has an example', () => {
  const without = exported
    .filter(requiresExample)
    .filter(
      ({ symbol }) =>
        !symbol.declarations?.some((declaration) =>
          ts.getJSDocTags(declaration).some(({ tagName }) => tagName.text === 'example'),
        ),
    );
  expect(without.map(({ entryPoint, name }) => `${entryPoint}: ${name}`)).toEqual([]);
});

test('every example in a docstring compiles', () => {
  const paths = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.includes('generated'))
    .map((path) => join('src', path));
  const examples = paths.flatMap(examplesIn);
  expect(examples.length).toBeGreaterThan(40);
  expect(compile(examples, exported)).toEqual([]);
});
