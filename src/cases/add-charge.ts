import { count, eq } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { offences } from '../../db/schema/index.ts';
import { invalid, type Failure, type FieldError } from '../platform/failure.ts';
import { newId } from '../platform/ids.ts';
import { findOffences } from '../reference/store.ts';
import type { CaseBody } from './case-body.ts';
import { checkClass, classOf } from './check-case.ts';
import type { ReadEvent } from './event-body.ts';
import type { AddedCharge, CaseEvent } from './events.ts';
import type { CaseRow } from './settle.ts';

type Charge = CaseBody['defendants'][number]['offences'][number];

/**
 * The charge that a `charge-added` event adds, with its row; one that takes the place of another keeps that one's id.
 * Null for every other event.
 * @returns `invalid` where the class or title is needed, or contradicts the code
 */
export async function readAddedCharge(
  tx: Transaction,
  row: CaseRow,
  { type, on, defendant, data }: ReadEvent,
  superseded: CaseEvent | undefined,
): Promise<{ id: string; data: AddedCharge } | Failure | null> {
  if (type !== 'charge-added' || defendant === undefined) return null;
  const charge = data as Charge;
  const { title, chargedOn = on, ...facts } = charge;
  const known = await findOffences(tx, [charge.code]);
  const errors: FieldError[] = [];
  checkClass(charge, 'data', known.get(charge.code), (path, message) => errors.push({ path, message }));
  if (errors.length > 0) return invalid(errors);
  const id = (superseded?.type === 'charge-added' ? superseded.offenceId : null) ?? newId();
  const words = { code: charge.code, title: title ?? known.get(charge.code)?.title ?? charge.code };
  const [before] = await tx
    .select({ many: count() })
    .from(offences)
    .where(eq(offences.defendantId, defendant));
  await tx
    .insert(offences)
    .values({ id, defendantId: defendant, caseId: row.id, position: before?.many ?? 0, ...words })
    .onConflictDoUpdate({ target: offences.id, set: words });
  return { id, data: { ...facts, id, chargedOn, class: classOf(charge, known) } };
}
