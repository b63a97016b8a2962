import type { Transaction } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import { invalid, type Failure, type FieldError } from '../platform/failure.ts';
import { newId } from '../platform/ids.ts';
import { addStanding, type StandingRow } from './standing-request-store.ts';

export type StandingBody = Omit<StandingRow, 'id' | 'version' | 'changedBy' | 'changedAt' | 'startsOn'> & {
  startsOn?: CivilDate | undefined;
};

/**
 * Makes a standing request, or a new version of one: it is asked in cases received from its first day on, and no more
 * in those received from its last day on. What cases have been asked already stays as it is.
 * @param before the version that stands, locked
 * @returns the version that stands from now on; `invalid` where a day is past or the days contradict each other
 */
export async function setStandingRequest(
  tx: Transaction,
  body: StandingBody,
  before: StandingRow | undefined,
  by: string,
): Promise<StandingRow | Failure> {
  const now = await readNow(tx);
  const today = civilDateOf(now);
  const startsOn = body.startsOn ?? before?.startsOn ?? today;
  const errors = checkDays({ startsOn, endsOn: body.endsOn }, before, today);
  if (errors.length > 0) return invalid(errors);
  const row: StandingRow = {
    ...body,
    id: before?.id ?? newId(),
    version: (before?.version ?? 0) + 1,
    startsOn,
    changedBy: by,
    changedAt: now,
  };
  await addStanding(tx, row);
  return row;
}

/** Nothing is asked, or no longer asked, in cases that have come in already: new days are not past. Pure. */
export function checkDays(
  days: Pick<StandingRow, 'startsOn' | 'endsOn'>,
  before: Pick<StandingRow, 'startsOn' | 'endsOn'> | undefined,
  today: CivilDate,
): FieldError[] {
  const errors: FieldError[] = [];
  const { startsOn, endsOn } = days;
  if (startsOn !== before?.startsOn && startsOn < today)
    errors.push({ path: 'startsOn', message: 'is past: it is asked in cases that are received from now on' });
  if (endsOn !== null && endsOn !== before?.endsOn && endsOn < today)
    errors.push({ path: 'endsOn', message: 'is past: cases that have been received were asked already' });
  if (endsOn !== null && endsOn < startsOn)
    errors.push({ path: 'endsOn', message: 'is before the day on which it starts' });
  return errors;
}
