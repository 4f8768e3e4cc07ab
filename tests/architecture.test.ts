import { cruise, type IForbiddenRuleType } from 'dependency-cruiser';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Who may not import whom, and why; the reason is what a failure prints. */
const rules: IForbiddenRuleType[] = [
  {
    name: 'the domain imports only itself and types from ports',
    comment: 'it can be embedded with no package at all',
    from: { path: '^src/domain/' },
    to: { pathNot: '^src/(domain|ports)/' },
  },
  {
    name: 'the domain takes nothing but types from ports',
    comment: 'a port is a promise, never behaviour',
    from: { path: '^src/domain/' },
    to: { path: '^src/ports/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'ports import only types',
    comment: 'a port is a promise, never behaviour',
    from: { path: '^src/ports/' },
    to: { dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'ports know only the domain and each other',
    comment: 'a port is a promise, never behaviour',
    from: { path: '^src/ports/' },
    to: { pathNot: '^src/(domain|ports)/' },
  },
  {
    name: 'an adapter imports no other adapter',
    comment: 'each can be swapped or left out',
    from: { path: '^src/adapters/([^/]+)/' },
    to: { path: '^src/adapters/', pathNot: '^src/adapters/$1/' },
  },
  {
    name: 'an adapter imports nothing of the composition',
    comment: 'server and cli compose adapters, never the other way round',
    from: { path: '^src/adapters/' },
    to: { path: '^src/(cli|client|config|observability|server|main\\.ts)' },
  },
  {
    name: 'configuration imports no composition',
    comment: 'settings are read before anything is composed',
    from: { path: '^src/config/' },
    to: { path: '^src/(cli|observability|server)/' },
  },
  {
    name: 'the client imports nothing but its generated types',
    comment: 'it runs in browsers',
    from: { path: '^src/client/' },
    to: { path: '^src/', pathNot: '^src/client/' },
  },
  {
    name: 'an entry point imports adapters, the client, the domain and the contract suites',
    comment: 'embedders compose for themselves',
    from: { path: '^src/entrypoints/' },
    to: { path: '^src/', pathNot: '^src/(adapters|client|domain|ports|testing)/' },
  },
  {
    name: 'nothing imports an entry point',
    comment: 'entry points are for other packages; the source imports the file itself',
    from: { path: '^src/' },
    to: { path: '^src/entrypoints/' },
  },
  {
    name: 'the contract suites know the domain, the ports and Node, and no test runner',
    comment: 'whoever writes an adapter brings a runner of their own',
    from: { path: '^src/testing/' },
    to: {
      pathNot: ['^src/(testing|domain|ports)/', '^(node_modules/)?(expect|uuid)(/|$)'],
      dependencyTypesNot: ['core'],
    },
  },
  {
    name: 'only its entry point imports the contract suites',
    comment: 'tested code does not depend on its tests',
    from: { path: '^src/', pathNot: '^src/(testing|entrypoints)/' },
    to: { path: '^src/testing/' },
  },
  {
    name: 'no circles',
    comment: 'two files that need each other are one file',
    from: { path: '^src/' },
    to: { circular: true },
  },
];

async function violations(): Promise<string[]> {
  const cruised = await cruise(['src'], {
    ruleSet: { forbidden: rules.map((rule) => ({ ...rule, severity: 'error' })) },
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  });
  if (typeof cruised.output === 'string') throw new TypeError('The imports came as text.');
  expect(cruised.output.modules.length).toBeGreaterThan(50);
  return cruised.output.summary.violations.map(({ from, to, rule }) => {
    const because = rules.find(({ name }) => name === rule.name)?.comment ?? '';
    return `${from} → ${to}: ${rule.name}, because ${because}`;
  });
}

function sources(folder = 'src'): { path: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ path: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }));
}

/**
 * Words of a dialect that a stranger has to guess at, and what the code says instead. Names are split into their words
 * first, so that `pieceOf` is found as well.
 */
const avoidedWords: Record<string, string> = {
  'response, reply, returns': 'answer answers answered answering unanswered',
  'says, names, shows': 'tell tells told telling',
  'receives, is notified': 'hear hears heard hearing',
  'is, applies, remains': 'stand stands stood standing',
  'presents, has': 'bear bears bore borne',
  'the role: caller, user, administrator, operator, client':
    'whoever whomever whom somebody someone nobody anybody everybody',
  options: 'wish wishes wished',
  chunk: 'piece pieces',
  'deps, requires, required': 'needs needed',
  'entry point': 'door doors',
  folder: 'room rooms house houses',
  scanner: 'judge judges judged judging',
  'batch, flush': 'traveller travellers travel travels travelled travelling',
  valid: 'fitting befit befits',
  again: 'anew',
  'is enough, covers': 'suffice suffices',
};

/** What is not ours to word: generated types, landed migrations, binaries, and columns and names that are published. */
const otherWording =
  /^(src\/client\/generated\/|package-lock\.json$|LICENSE$|migrations\/00[01]\d_)|\.(png|pem|key|svg)$/;
const publishedNames = /\banswered_by\b|\b(?:warning_)?needs_response\b|\w*first[_ ]piece\w*|'answer'/gi;

function wordsIn(text: string): string[] {
  return (
    text
      .replace(publishedNames, '')
      .replace(/([a-z\d])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z]+/g) ?? []
  );
}

function trackedFiles(): string[] {
  const folders = [
    'src',
    'tests',
    'web',
    'docs',
    'examples',
    'bench',
    'scanners',
    'tools',
    'deploy',
    'migrations',
  ];
  const below = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const root = readdirSync('.', { withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name !== '.env',
  );
  return [...below, ...root.map(({ name }) => name)];
}

describe('the layers', () => {
  it('import only what they may', async () => {
    expect(await violations()).toEqual([]);
  });

  it('leave the environment to main.ts', () => {
    const readers = sources().filter(({ text }) => text.includes('process.env'));
    expect(readers.map(({ path }) => path)).toEqual(['src/main.ts']);
  });

  it('keep time and chance out of the domain', () => {
    const impure = sources('src/domain').filter(({ text }) =>
      /Date\.now|new Date\(\)|Math\.random|crypto\.|setTimeout|setInterval|process\./.test(text),
    );
    expect(impure.map(({ path }) => path)).toEqual([]);
  });

  it('recognise classes of their own by a brand, since a process can hold several copies of the package', () => {
    const classes = sources().flatMap(({ text }) =>
      Array.from(text.matchAll(/\bclass (\w+)/g), ([, name]) => name ?? ''),
    );
    expect(classes).toContain('DomainError');
    const byIdentity = new RegExp(`\\binstanceof (${classes.join('|')})\\b`);
    // The examples are copied by readers.
    const offenders = [...sources(), ...sources('examples')].filter(({ text }) => byIdentity.test(text));
    expect(offenders.map(({ path }) => path)).toEqual([]);
  });

  it('say credits or auth token, and never a bare token', () => {
    const bare = sources()
      // The API has its own word, and so has what is generated from its document.
      .filter(({ path }) => !/^src\/(adapters\/http\/|client\/generated\/)/.test(path))
      .filter(({ text }) => /\b(const|let|function|interface|type) tokens?\b|\btokens?[?]?: /.test(text));
    expect(bare.map(({ path }) => path)).toEqual([]);
  });

  it('say everything in plain words', () => {
    const instead = new Map(
      Object.entries(avoidedWords).flatMap(([plain, words]) => words.split(' ').map((word) => [word, plain])),
    );
    const thisFile = 'tests/architecture.test.ts';
    const found = trackedFiles()
      .filter((path) => path !== thisFile && !otherWording.test(path))
      .flatMap((path) => [
        ...wordsIn(path).map((word) => ({ word, place: path })),
        ...readFileSync(path, 'utf8')
          .split('\n')
          .flatMap((line, index) => wordsIn(line).map((word) => ({ word, place: `${path}:${index + 1}` }))),
      ])
      .filter(({ word }) => instead.has(word))
      .map(({ word, place }) => `${place}: "${word}"; say ${instead.get(word) ?? ''}`);
    expect(found).toEqual([]);
  });
});
