/** What can be expected to go wrong, by kind. Anything else that goes wrong is a bug, and is thrown. */
export const failureKinds = [
  'malformed',
  'unauthenticated',
  'not-allowed',
  'not-found',
  'method-not-allowed',
  'conflict',
  'busy',
  'gone',
  'stale',
  'too-large',
  'unsupported-type',
  'invalid',
  'precondition-required',
  'unavailable',
] as const;
export type FailureKind = (typeof failureKinds)[number];

/** One thing that is wrong with what was sent: where, as `defendants.0.name`, and what, after which the path reads on. */
export type FieldError = { path: string; message: string };

/**
 * An expected failure, as a value, so that the compiler forces the check. `detail` is a sentence for the caller: it
 * never repeats what was sent, and holds no personal data.
 */
export type Failure = {
  kind: FailureKind;
  detail: string;
  errors?: FieldError[];
  /** Seconds after which trying again may help: `busy` and `unavailable`. */
  retryAfter?: number;
};

/** Whether an answer is a failure; every answer that is none has no `kind` of these. */
export function isFailure(answer: unknown): answer is Failure {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'detail' in answer &&
    'kind' in answer &&
    (failureKinds as readonly unknown[]).includes(answer.kind)
  );
}

/** Input that is well formed and wrong: each error names its field. */
export function invalid(errors: FieldError[], detail = 'Some of what was sent cannot be accepted.'): Failure {
  return { kind: 'invalid', detail, errors };
}

/** One field that is wrong. */
export function invalidField(path: string, message: string): Failure {
  return invalid([{ path, message }]);
}
