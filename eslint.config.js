// @ts-check
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  // What is generated is as its generator has it.
  { ignores: ['dist', 'dist-docs', 'data', 'node_modules', 'src/client/generated/api-types.ts'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js'] } } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      // The row that a statement answers with is named by its caller.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Control characters are what some of our patterns refuse.
      'no-control-regex': 'off',
    },
  },
  {
    files: ['web/**/*.js'],
    rules: {
      // The compiler knows what there is in a browser.
      'no-undef': 'off',
    },
  },
);
