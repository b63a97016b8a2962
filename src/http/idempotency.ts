import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { StatusCode } from 'hono/utils/http-status';
import type { Database, Transaction } from '../../db/connect.ts';
import { idempotencyRecords } from '../../db/schema/platform.ts';
import { invalidField, isFailure, type Failure } from '../platform/failure.ts';
import type { Actor } from '../staff/history.ts';
import type { Context, Staff } from './app-context.ts';
import { staffOf } from './authenticate.ts';
import { problem } from './problem.ts';

/**
 * What a change answers when it succeeded. A body is JSON; one that is text stands as it is. 409 is for what was refused
 * and left something behind all the same, such as a task for somebody; other refusals are failures.
 */
export type Answer = {
  status: 200 | 201 | 202 | 204 | 409;
  body?: unknown;
  /** Such as Location and ETag; a Content-Type other than JSON too. */
  headers?: Record<string, string>;
  /** The body is a secret that is shown once: it is not kept for the same key, so asking again makes another. */
  isSecret?: true;
};

/** The person who changes something, as the history names them. */
export type StaffActor = Actor & { staff: Staff; requestId: string };

type Stored = { status: number; headers: Record<string, string>; body: string };

/** Printable ASCII, as a header can carry it. */
const keyShape = /^[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?$/;

/**
 * Carries out a change in one transaction, and answers. A failure rolls everything back. With an `Idempotency-Key`
 * the answer is kept in the same transaction, so that the same request again gets the same answer and has no
 * further effect; while the first is still running the second is told so (409). Only successes are kept: a failure
 * changed nothing, so trying again is right.
 */
export async function change(
  c: Context,
  work: (tx: Transaction, actor: StaffActor) => Promise<Answer | Failure>,
): Promise<Response> {
  const staff = staffOf(c);
  return changeAs(c, staff.id, (tx) => work(tx, { id: staff.id, staff, requestId: c.get('requestId') }));
}

/**
 * `change` for a route on which nobody is signed in.
 * @param caller tells callers apart, whose keys are their own
 */
export async function changeAs(
  c: Context,
  caller: string,
  work: (tx: Transaction) => Promise<Answer | Failure>,
): Promise<Response> {
  const key = c.req.header('Idempotency-Key');
  if (key !== undefined && !keyShape.test(key))
    return problem(c, invalidField('Idempotency-Key', 'must have 1 to 200 printable characters'));
  const record = key === undefined ? null : await identify(c, caller, key);
  const outcome = await keepUnlessFailed(c.get('hub').db, async (tx) => {
    const before = record && (await claimKey(tx, record));
    if (before) return before;
    const answer = await work(tx);
    if (isFailure(answer)) return answer;
    const stored = render(answer);
    if (record && !answer.isSecret)
      await tx.insert(idempotencyRecords).values({ ...record, ...stored, createdAt: sql`now()` });
    return stored;
  });
  if (isFailure(outcome)) return problem(c, outcome);
  const status = outcome.status as StatusCode;
  return status === 204
    ? c.body(null, status, outcome.headers)
    : c.newResponse(outcome.body, status, outcome.headers);
}

type Identity = { key: string; fingerprint: string };

/** The key is one caller's, for one method and path; the fingerprint is of the body as it was sent. */
async function identify(c: Context, caller: string, key: string): Promise<Identity> {
  const body = new Uint8Array(await c.req.arrayBuffer());
  return {
    key: createHash('sha256')
      .update(JSON.stringify([caller, c.req.method, c.req.path, key]))
      .digest('hex'),
    fingerprint: createHash('sha256').update(body).digest('hex'),
  };
}

/**
 * Takes the key for this transaction, or says what became of it before: the stored answer, another body, or a request
 * that is still running. The lock is let go by the end of the transaction, after the record can be seen.
 */
async function claimKey(tx: Transaction, { key, fingerprint }: Identity): Promise<Stored | Failure | null> {
  const lock = BigInt.asIntN(64, BigInt(`0x${key.slice(0, 16)}`)).toString();
  // Sent together, run one after the other: the second sees what was committed before the lock was had.
  const [locks, records] = await Promise.all([
    tx.execute<{ got: boolean }>(sql`select pg_try_advisory_xact_lock(${lock}::bigint) as got`),
    tx.select().from(idempotencyRecords).where(eq(idempotencyRecords.key, key)),
  ]);
  const [known] = records;
  if (known && known.fingerprint !== fingerprint)
    return invalidField('Idempotency-Key', 'was used before with another body');
  if (known) return { status: known.status, headers: known.headers, body: known.body };
  if (locks[0]?.got !== true)
    return { kind: 'busy', detail: 'A request with this Idempotency-Key is still running.' };
  return null;
}

function render({ status, body, headers = {} }: Answer): Stored {
  if (status === 204) return { status, headers, body: '' };
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? null);
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: text };
}

/** Thrown to roll a transaction back with a failure that is no error. */
class RolledBack extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super('rolled back');
    this.failure = failure;
  }
}

async function keepUnlessFailed(
  db: Database,
  work: (tx: Transaction) => Promise<Stored | Failure>,
): Promise<Stored | Failure> {
  try {
    return await db.transaction(async (tx) => {
      const outcome = await work(tx);
      if (isFailure(outcome)) throw new RolledBack(outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.failure;
    throw error;
  }
}
