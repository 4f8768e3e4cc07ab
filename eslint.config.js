// @ts-check
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  // Generated files are not linted. The packages of the example for Next.js are installed by its test, which checks its types.
  {
    ignores: [
      ...['dist', 'dist-docs', 'data', 'node_modules', 'examples/nextjs'],
      'src/client/generated/api-types.ts',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js'] } } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      // The caller of `query` names the type of its rows.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Some patterns reject control characters.
      'no-control-regex': 'off',
    },
  },
  {
    files: ['web/**/*.js'],
    rules: {
      // The compiler knows the globals of a browser.
      'no-undef': 'off',
    },
  },
);
