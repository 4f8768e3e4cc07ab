import type { LanguageFn } from 'lowlight';

type Load = () => Promise<{ default: LanguageFn }>;

/** The languages whose code is highlighted. Each is a script of its own. */
export const languages: Readonly<Record<string, Load>> = {
  bash: () => import('highlight.js/lib/languages/bash'),
  c: () => import('highlight.js/lib/languages/c'),
  cpp: () => import('highlight.js/lib/languages/cpp'),
  csharp: () => import('highlight.js/lib/languages/csharp'),
  css: () => import('highlight.js/lib/languages/css'),
  dart: () => import('highlight.js/lib/languages/dart'),
  diff: () => import('highlight.js/lib/languages/diff'),
  dockerfile: () => import('highlight.js/lib/languages/dockerfile'),
  elixir: () => import('highlight.js/lib/languages/elixir'),
  erlang: () => import('highlight.js/lib/languages/erlang'),
  fsharp: () => import('highlight.js/lib/languages/fsharp'),
  go: () => import('highlight.js/lib/languages/go'),
  graphql: () => import('highlight.js/lib/languages/graphql'),
  groovy: () => import('highlight.js/lib/languages/groovy'),
  haskell: () => import('highlight.js/lib/languages/haskell'),
  http: () => import('highlight.js/lib/languages/http'),
  ini: () => import('highlight.js/lib/languages/ini'),
  java: () => import('highlight.js/lib/languages/java'),
  javascript: () => import('highlight.js/lib/languages/javascript'),
  json: () => import('highlight.js/lib/languages/json'),
  julia: () => import('highlight.js/lib/languages/julia'),
  kotlin: () => import('highlight.js/lib/languages/kotlin'),
  latex: () => import('highlight.js/lib/languages/latex'),
  less: () => import('highlight.js/lib/languages/less'),
  lua: () => import('highlight.js/lib/languages/lua'),
  makefile: () => import('highlight.js/lib/languages/makefile'),
  markdown: () => import('highlight.js/lib/languages/markdown'),
  matlab: () => import('highlight.js/lib/languages/matlab'),
  nginx: () => import('highlight.js/lib/languages/nginx'),
  nix: () => import('highlight.js/lib/languages/nix'),
  objectivec: () => import('highlight.js/lib/languages/objectivec'),
  ocaml: () => import('highlight.js/lib/languages/ocaml'),
  perl: () => import('highlight.js/lib/languages/perl'),
  php: () => import('highlight.js/lib/languages/php'),
  powershell: () => import('highlight.js/lib/languages/powershell'),
  protobuf: () => import('highlight.js/lib/languages/protobuf'),
  python: () => import('highlight.js/lib/languages/python'),
  r: () => import('highlight.js/lib/languages/r'),
  ruby: () => import('highlight.js/lib/languages/ruby'),
  rust: () => import('highlight.js/lib/languages/rust'),
  scala: () => import('highlight.js/lib/languages/scala'),
  scss: () => import('highlight.js/lib/languages/scss'),
  shell: () => import('highlight.js/lib/languages/shell'),
  sql: () => import('highlight.js/lib/languages/sql'),
  swift: () => import('highlight.js/lib/languages/swift'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
  vbnet: () => import('highlight.js/lib/languages/vbnet'),
  vim: () => import('highlight.js/lib/languages/vim'),
  xml: () => import('highlight.js/lib/languages/xml'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
};

const aliases: Readonly<Record<string, string>> = {
  ...{
    'c#': 'csharp',
    cs: 'csharp',
    'c++': 'cpp',
    cc: 'cpp',
    h: 'c',
    hpp: 'cpp',
    'f#': 'fsharp',
    'objective-c': 'objectivec',
  },
  ...{
    sh: 'bash',
    zsh: 'bash',
    console: 'shell',
    shellsession: 'shell',
    ps1: 'powershell',
    pwsh: 'powershell',
  },
  ...{ js: 'javascript', jsx: 'javascript', mjs: 'javascript', cjs: 'javascript', node: 'javascript' },
  ...{ ts: 'typescript', tsx: 'typescript', mts: 'typescript', cts: 'typescript' },
  ...{ html: 'xml', xhtml: 'xml', svg: 'xml', vue: 'xml', svelte: 'xml', rss: 'xml' },
  ...{
    py: 'python',
    python3: 'python',
    rb: 'ruby',
    rs: 'rust',
    golang: 'go',
    kt: 'kotlin',
    hs: 'haskell',
    jl: 'julia',
  },
  ...{ yml: 'yaml', toml: 'ini', env: 'ini', dotenv: 'ini', properties: 'ini', jsonc: 'json', json5: 'json' },
  ...{ md: 'markdown', tex: 'latex', docker: 'dockerfile', make: 'makefile', patch: 'diff', gql: 'graphql' },
  ...{ postgres: 'sql', postgresql: 'sql', pgsql: 'sql', mysql: 'sql', sqlite: 'sql', plsql: 'sql' },
  ...{ pl: 'perl', ex: 'elixir', exs: 'elixir', erl: 'erlang', ml: 'ocaml', proto: 'protobuf', vb: 'vbnet' },
  ...{ conf: 'nginx', ps: 'powershell', sass: 'scss', gradle: 'groovy', octave: 'matlab' },
};

/** What a language includes in other languages. */
const included: Readonly<Record<string, readonly string[]>> = {
  xml: ['css', 'javascript'],
  markdown: ['xml'],
  php: ['xml'],
  http: ['json'],
};

/** Returns the known names of a language and of what it includes; none if it is not known. */
export function languageNames(written: string): readonly string[] {
  const lower = written.toLowerCase();
  const name = Object.hasOwn(aliases, lower) ? aliases[lower] : lower;
  if (name === undefined || !Object.hasOwn(languages, name)) return [];
  return [name, ...(included[name] ?? [])];
}
