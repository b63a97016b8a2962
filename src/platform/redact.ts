const censored = '[redacted]';
const deepest = 8;

/** Words that, anywhere in a field's name (`victimName`, `set-cookie`), mark its value as personal or secret. */
const sensitiveWords = new Set([
  ...['authorization', 'cookie', 'cookies', 'password', 'passphrase', 'secret', 'secrets', 'token', 'tokens'],
  ...[
    'name',
    'names',
    'forename',
    'forenames',
    'surname',
    'firstname',
    'lastname',
    'fullname',
    'dob',
    'birth',
  ],
  ...['phone', 'phones', 'telephone', 'mobile', 'email', 'emails', 'address', 'addresses', 'postcode'],
  ...['body', 'subject', 'note', 'notes', 'detail', 'params', 'parameters', 'args'],
]);

/**
 * A copy of what is to be logged in which every field with a sensitive name reads `[redacted]`, at any depth.
 * Of errors only type, code, message, stack and cause are kept: database drivers hang rows and statements on them.
 */
export function redact(value: unknown): unknown {
  return redactWithin(value, 0, new Set());
}

function redactWithin(value: unknown, depth: number, above: Set<object>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return '[binary]';
  if (above.has(value)) return '[circular]';
  if (depth >= deepest) return '[too deep]';
  const inside = new Set(above).add(value);
  const again = (part: unknown) => redactWithin(part, depth + 1, inside);
  if (value instanceof Error) return redactError(value, again);
  if (Array.isArray(value)) return value.map(again);
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      isSensitive(key) && part != null ? censored : again(part),
    ]),
  );
}

function isSensitive(key: string): boolean {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((word) => sensitiveWords.has(word));
}

function redactError(error: Error, again: (part: unknown) => unknown): Record<string, unknown> {
  const { code } = error as { code?: unknown };
  return {
    type: error.constructor.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    message: withoutParameters(error.message),
    stack: withoutParameters(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: again(error.cause) }),
    ...(error instanceof AggregateError ? { errors: error.errors.map(again) } : {}),
  };
}

/** Drizzle writes a failed statement's values into the message, between `params:` and the stack's first frame. */
function withoutParameters(text: string): string {
  return text.replace(/\nparams: [^]*?(?=\n {4}at |$(?![^]))/g, `\nparams: ${censored}`);
}
