import type { z } from 'zod';
import type { FieldError } from './failure.ts';

type Issue = z.core.$ZodIssue;

const mostErrors = 50;
const mostValuesNamed = 30;

/**
 * What zod found wrong, in plain English that reads on from the path. Nothing of what was sent is repeated but the
 * names of fields.
 * @param received what was checked, to tell what is missing from what is wrong
 */
export function explainIssues(issues: readonly Issue[], received: unknown): FieldError[] {
  return issues.flatMap((issue) => explain(issue, received, [])).slice(0, mostErrors);
}

function explain(issue: Issue, received: unknown, above: readonly PropertyKey[]): FieldError[] {
  const path = [...above, ...issue.path];
  const say = (message: string): FieldError[] => [{ path: sayPath(path), message }];
  const value = valueAt(received, path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: sayPath([...path, key]),
      message: 'is not a field that is known here',
    }));
  }
  if (value === undefined && issue.code !== 'custom') return say('is needed');
  if (issue.code === 'invalid_union') return explainUnion(issue, received, path);
  if (hasOwnWords(issue.message)) return say(withoutReceived(issue.message, value));
  switch (issue.code) {
    case 'invalid_type':
      return say(typeWords[issue.expected] ?? 'is not of the right type');
    case 'invalid_value':
      return say(sayOneOf(issue.values));
    case 'too_small':
      return say(saySize('at least', issue.minimum, issue.origin, issue.inclusive !== false));
    case 'too_big':
      return say(saySize('at most', issue.maximum, issue.origin, issue.inclusive !== false));
    case 'invalid_format':
      return say(formatWords[issue.format] ?? 'is not written as it should be');
    case 'not_multiple_of':
      return say(`must be a multiple of ${issue.divisor}`);
    case 'invalid_key':
      return say('is not a name that is known here');
    case 'invalid_element':
    case 'custom':
      return say('is not valid');
  }
}

const typeWords: Partial<Record<string, string>> = {
  string: 'must be text',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must be an object',
  record: 'must be an object',
};

const formatWords: Partial<Record<string, string>> = {
  email: 'must be an e-mail address',
  url: 'must be a web address',
  uuid: 'is not an id of the hub',
  guid: 'is not an id of the hub',
};

/** zod's own messages begin with a capital letter; those that a schema gives itself read on from the path. */
function hasOwnWords(message: string): boolean {
  return !/^[A-Z]/.test(message);
}

/** Some schemas begin their message with the piece of text that was wrong. */
function withoutReceived(message: string, value: unknown): string {
  const pieces = typeof value === 'string' ? value.split(/T/i).filter((piece) => piece !== '') : [];
  return pieces.some((piece) => message.startsWith(piece)) ? 'is not a date and time that exists' : message;
}

function sayOneOf(values: readonly unknown[]): string {
  if (values.length === 1) return `must be ${String(values[0])}`;
  if (values.length > mostValuesNamed) return 'is not one that is known here';
  return `must be one of: ${values.map(String).join(', ')}`;
}

function saySize(bound: string, limit: number | bigint, origin: string, inclusive: boolean): string {
  if (origin === 'string') {
    if (bound === 'at least' && Number(limit) === 1) return 'must not be empty';
    return `must have ${bound} ${limit} character${Number(limit) === 1 ? '' : 's'}`;
  }
  if (origin === 'array' || origin === 'set') {
    if (bound === 'at least' && Number(limit) === 1) return 'must not be empty';
    return `must have ${bound} ${limit} entr${Number(limit) === 1 ? 'y' : 'ies'}`;
  }
  if (inclusive) return `must be ${bound} ${limit}`;
  return `must be ${bound === 'at least' ? 'more' : 'less'} than ${limit}`;
}

/** Of the forms that something may take, the one that it came nearest to is explained: whose errors lie deepest. */
function explainUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  received: unknown,
  path: readonly PropertyKey[],
): FieldError[] {
  const depth = (branch: readonly Issue[]) => Math.max(0, ...branch.map(({ path: inner }) => inner.length));
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const nearest = [...branches].sort((a, b) => depth(b) - depth(a))[0];
  const ownWords = [...new Set(branches.flatMap((branch) => branch.map(({ message }) => message)))].filter(
    hasOwnWords,
  );
  if (nearest === undefined) return [{ path: sayPath(path), message: 'is not one that is known here' }];
  if (depth(nearest) > 0) return nearest.flatMap((inner) => explain(inner, received, path));
  const value = valueAt(received, path);
  const words = ownWords.map((message) => withoutReceived(message, value));
  return [{ path: sayPath(path), message: words.at(-1) ?? 'is in none of the forms that are read here' }];
}

/** `defendants.0.name`. What a client made up as a name may be anything, so only ordinary names are repeated. */
export function sayPath(path: readonly PropertyKey[]): string {
  return path.map((part) => (/^[\w$-]{1,64}$/.test(String(part)) ? String(part) : '?')).join('.');
}

function valueAt(received: unknown, path: readonly PropertyKey[]): unknown {
  let value = received;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}
