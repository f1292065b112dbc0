import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const FOCUSED_TEST = {
  selector:
    'MemberExpression[object.name=/^(it|test|describe|suite)$/][property.name=/^(only|skip|todo)$/]',
  message: 'A focused or skipped test hides the others. Delete it or make it run.',
};
const DEFAULT_EXPORT = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name, so that a thing has one name everywhere.',
};
const DYNAMIC_LIB_IMPORT = {
  selector: 'ImportExpression[source.value=/^@portolan/]',
  message: 'The build rewrites only static imports of @portolan/*. See docs/adr/0001.',
};
const ENV = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'The environment is read once, in apps/api/src/config. Take the value as an argument.',
};
const WILDCARD_EXPORT = {
  selector: 'ExportAllDeclaration',
  message: 'List the names: index.ts is the table of contents of a folder.',
};

const PRODUCT = ['apps/*/src/**/*.ts', 'libs/*/src/**/*.ts'];
const SPECS = ['**/*.spec.ts', '**/*.e2e-spec.ts', 'test/**/*.ts'];
const CONFIGS = ['*.config.ts', '*.config.mjs', '.*.mjs', 'test/support/*.ts'];

export default defineConfig(
  {
    ignores: [
      'dist/',
      'dist-bench/',
      'action/dist/',
      'coverage/',
      '.data/',
      'libs/store/src/generated/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // A Nest module is a class that carries only its decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      'no-restricted-syntax': [
        'error',
        DEFAULT_EXPORT,
        WILDCARD_EXPORT,
        FOCUSED_TEST,
        DYNAMIC_LIB_IMPORT,
        ENV,
      ],
      // An input field of GraphQL that is left out is null or undefined, and means the same.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },

  {
    name: 'portolan/environment',
    files: [
      'apps/*/src/config/**/*.ts',
      'libs/store/src/embedded-postgres/environment.ts',
      'test/**/*.ts',
      'bench/**/*.ts',
      '*.config.ts',
    ],
    rules: {
      'no-restricted-syntax': [
        'error',
        DEFAULT_EXPORT,
        WILDCARD_EXPORT,
        FOCUSED_TEST,
        DYNAMIC_LIB_IMPORT,
      ],
    },
  },
  {
    name: 'portolan/configuration-files',
    files: CONFIGS,
    // Tools load these by their default export.
    rules: { 'no-restricted-syntax': ['error', FOCUSED_TEST] },
  },

  {
    name: 'portolan/pure',
    files: ['libs/engine/src/**/*.ts', 'libs/model/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['console', 'process', 'Date', 'performance', 'setTimeout', 'setInterval', 'fetch'].map(
          (name) => ({
            name,
            message: 'The answer depends on the snapshot and the question only.',
          }),
        ),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'The same question gets the same answer.' },
      ],
    },
  },
  {
    name: 'portolan/typed-array-loops',
    files: [
      'libs/engine/**/*.ts',
      'libs/model/**/*.ts',
      'libs/findings/**/*.ts',
      'libs/manifests/src/documents/**/*.ts',
      'libs/manifests/src/stored/**/*.ts',
      'libs/manifests/src/yaml/**/*.ts',
      'test/oracle/**/*.ts',
      'bench/**/*.ts',
    ],
    // `columns[i]!` inside a loop over its length is safe, and costs nothing in a hot loop.
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    name: 'portolan/tests',
    files: SPECS,
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // supertest answers `any`, and a test asserts what is in it.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'max-lines': 'off',
    },
  },
  {
    name: 'portolan/graphql-classes',
    files: ['apps/**/*.ts'],
    // A model or input class only declares a shape; mappers fill it with literals.
    rules: { '@typescript-eslint/no-unsafe-class-instance-assignment': 'off' },
  },
  {
    name: 'portolan/no-console',
    files: PRODUCT,
    rules: { 'no-console': 'error' },
  },

  {
    name: 'portolan/scripts',
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        AbortController: 'readonly',
        AbortSignal: 'readonly',
        Buffer: 'readonly',
        clearInterval: 'readonly',
        clearTimeout: 'readonly',
        console: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
        process: 'readonly',
        setInterval: 'readonly',
        setTimeout: 'readonly',
        URL: 'readonly',
        WebAssembly: 'readonly',
      },
    },
    rules: { eqeqeq: 'error' },
  },
);
