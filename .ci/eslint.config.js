import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const storageOnlyInLake = {
  object: 'navigator',
  property: 'storage',
  message: 'Only src/lake touches storage.',
};

/** The rules about values whose type is `any`. */
function unsafe(level) {
  const kinds = ['argument', 'assignment', 'call', 'member-access', 'return'];
  return Object.fromEntries(kinds.map((kind) => [`@typescript-eslint/no-unsafe-${kind}`, level]));
}

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'docs/', 'public/', 'test-results/', '**/*.svg'] },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  ts.configs.stylisticTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: {
        projectService: true,
        tsconfigRootDir: `${import.meta.dirname}/..`,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      // An empty text is no value in CSV.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      // A method of a port may have nothing to wait for in one of its implementations.
      '@typescript-eslint/require-await': 'off',
      // Every index is `T | undefined` here (noUncheckedIndexedAccess): `!` says that it is in range.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      // Numbers in texts are what this page is made of.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // What another component exports is unknown to this parser; svelte-check knows and checks it.
      ...unsafe('off'),
      // An effect names in a statement what it depends on.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
    },
  },
  {
    files: ['src/**'],
    rules: { 'no-console': ['error', { allow: ['warn', 'error'] }] },
  },
  {
    files: ['src/**'],
    ignores: ['src/lake/**'],
    rules: { 'no-restricted-properties': ['error', storageOnlyInLake] },
  },
  {
    files: ['tests/**'],
    rules: {
      // Playwright's fixtures destructure what they need of nothing.
      'no-empty-pattern': 'off',
      // Matchers and parsed JSON are `any` by their declarations.
      ...unsafe('off'),
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: globals.node },
  },
);
