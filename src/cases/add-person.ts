import { and, count, eq } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { people } from '../../db/schema/index.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { invalid, type Failure, type FieldError } from '../platform/failure.ts';
import type { PersonRow } from '../victims/people-store.ts';
import type { PersonBody } from './case-body.ts';
import { checkNewPerson } from './check-case.ts';
import { foldCase } from './fold.ts';
import { recordOwnEvent } from './record-event.ts';
import { personOf, personRow } from './registration.ts';
import type { CaseRow, Recording } from './settle.ts';
import { readEvents } from './store.ts';

/**
 * Adds a victim or witness of whom the hub learns after the case came in. What they are owed follows as for those who
 * were there from the start, counted from when the hub learned of them; a correction that supersedes the event takes
 * them out again. The caller holds the lock on the case.
 * @param body.receivedAt when the hub learned of them; now unless given
 * @returns `conflict` where the case is finalised, `invalid` where a field is wrong
 */
export async function addPerson(
  tx: Transaction,
  row: CaseRow,
  role: 'victim' | 'witness',
  { receivedAt, ...body }: PersonBody & { receivedAt?: string | undefined },
  recording: Recording,
): Promise<PersonRow | Failure> {
  const { now } = recording;
  const state = foldCase(await readEvents(tx, row.id));
  if (state.finalised !== undefined)
    return { kind: 'conflict', detail: 'The case is finalised: record first that it is reopened, and why.' };
  const at = receivedAt ?? now;
  const errors: FieldError[] = checkNewPerson(body, civilDateOf(now));
  if (at > now) errors.push({ path: 'receivedAt', message: 'is still to come' });
  if (at < state.registered.receivedAt)
    errors.push({ path: 'receivedAt', message: 'is before the case was received' });
  if (errors.length > 0) return invalid(errors);
  const [before] = await tx
    .select({ many: count() })
    .from(people)
    .where(and(eq(people.caseId, row.id), eq(people.role, role)));
  const data = personOf(body, role);
  const { id } = data;
  const [added] = await tx
    .insert(people)
    .values(personRow(body, { id, caseId: row.id, role, position: before?.many ?? 0 }))
    .returning();
  if (!added) throw new Error('a person who was added is not there');
  await recordOwnEvent(
    tx,
    row,
    { type: 'person-added', on: civilDateOf(at), at, receivedAt: at, personId: id, data },
    recording,
  );
  return added;
}
