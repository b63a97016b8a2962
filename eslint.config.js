import tseslint from 'typescript-eslint';

const notRunMessage = 'A test is run or it is not there: nothing is skipped, left for later, or run alone.';
const tests = '/^(describe|suite|it|test|bench)$/';
const switches = '/^(skip|only|todo|skipIf|runIf|fails)$/';

const clockMessage = 'Time is read in src/platform/clock.ts alone; take the clock as an argument.';

export default tseslint.config(
  { ignores: ['node_modules', '.data', 'db/migrations', 'coverage', 'bench/results'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      'max-lines': ['error', { max: 300, skipComments: true, skipBlankLines: true }],
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
    },
  },
  {
    // Programs that a person runs, and whose output is for that person.
    files: ['bench/**/*.ts', 'db/check-migrations.ts', 'db/reference/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: `MemberExpression[object.name=${tests}][property.name=${switches}]`,
          message: notRunMessage,
        },
        {
          selector: `MemberExpression[object.object.name=${tests}][property.name=${switches}]`,
          message: notRunMessage,
        },
        {
          selector: 'CallExpression[callee.name=/^(xit|xtest|xdescribe|fit|fdescribe)$/]',
          message: notRunMessage,
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'workers/**/*.ts', 'db/**/*.ts'],
    ignores: ['src/platform/clock.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: clockMessage,
        },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: clockMessage },
        {
          selector: "CallExpression[callee.object.name='DateTime'][callee.property.name=/^(now|local)$/]",
          message: clockMessage,
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'workers/**/*.ts', 'db/**/*.ts'],
    ignores: ['src/calendar/**', 'src/platform/clock.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'luxon', message: 'Civil time is parsed and counted in src/calendar alone.' }] },
      ],
    },
  },
  {
    files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
  },
);
