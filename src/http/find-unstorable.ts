import type { FieldError } from '../platform/failure.ts';
import { sayPath } from '../platform/explain-issues.ts';

/** More than any body of the hub has; a body that goes deeper was made to do harm. */
const deepest = 24;
const mostErrors = 20;

/**
 * Where a parsed body holds what no field of the hub can take: a NUL character or half of a surrogate pair (Postgres
 * refuses both), the name `__proto__`, or more levels than anything needs.
 */
export function findUnstorable(value: unknown): FieldError[] {
  const errors: FieldError[] = [];
  look(value, [], errors);
  return errors;
}

function look(value: unknown, path: readonly PropertyKey[], errors: FieldError[]): void {
  if (errors.length >= mostErrors) return;
  const refuse = (message: string, at = path) => errors.push({ path: sayPath(at), message });
  if (typeof value === 'string') {
    if (!isStorable(value)) refuse('has a character that cannot be stored');
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (path.length >= deepest) {
    refuse('is nested too deeply', path.slice(0, 1));
    return;
  }
  if (Array.isArray(value)) {
    value.forEach((entry, index) => look(entry, [...path, index], errors));
    return;
  }
  for (const [name, entry] of Object.entries(value)) {
    if (name === '__proto__' || !isStorable(name))
      refuse('is not a field that is known here', [...path, name]);
    else look(entry, [...path, name], errors);
  }
}

/** Whether Postgres takes a text: no NUL character, no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\u0000') && !/\p{Cs}/u.test(text);
}
