import type { ChaserLevel, StandsIn } from '../../db/schema/materials.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { isOnDuty, nextShift, type ChasedOfficer } from './duty.ts';

/** Whom a step goes to, why where that is somebody else, and the day on which they read it. */
export type Addressee =
  { recipient: ChasedOfficer; standsIn: StandsIn | null; on: CivilDate } | { recipient: null };

/** Whoever is back within so many days, with nobody to stand in, reads it then (default of the hub, grade P). */
export const waitsForShiftDays = 4;

/**
 * Whom a step of the ladder goes to, decided on the day on which it leaves: the officer in the case, their sergeant, the
 * inspector above; where nobody stands at a level, whoever is next above. Of somebody who is away or off shift the deputy
 * is asked; without one it waits for their next shift, or, where that is further off or it cannot wait, goes to those
 * above. Where nobody at all is there it goes to whom it was meant for, so that nothing is lost. Pure.
 * @param day a business day
 * @param isCritical it cannot wait: a custody limit or a hearing is less than two working days off
 */
export function addressee(
  level: ChaserLevel,
  collar: string,
  everyone: ReadonlyMap<string, ChasedOfficer>,
  day: CivilDate,
  isCritical: boolean,
  calendar: HolidayCalendar,
): Addressee {
  const owner = everyone.get(collar);
  if (level === 'caseworker' || owner === undefined) return { recipient: null };
  const line = [owner, ...lineAbove(owner, everyone)];
  const wanted = placeOf(level, line);
  if (wanted === null) return { recipient: null };
  for (const [i, person] of line.slice(wanted).entries()) {
    const above: StandsIn | null = i === 0 ? null : 'away';
    if (isOnDuty(person, day)) return { recipient: person, standsIn: above, on: day };
    const deputy = person.deputy === null ? undefined : everyone.get(person.deputy);
    if (deputy && deputy !== owner && isOnDuty(deputy, day))
      return { recipient: deputy, standsIn: above ?? 'deputy', on: day };
    const shift = isCritical ? null : nextShift(person, day, waitsForShiftDays, calendar);
    if (shift !== null) return { recipient: person, standsIn: above ?? 'next-shift', on: shift };
  }
  const meant = line[wanted];
  return meant === undefined ? { recipient: null } : { recipient: meant, standsIn: null, on: day };
}

/** Where in the line a level stands: 0 is the officer. Null where nobody is above. */
function placeOf(level: ChaserLevel, line: readonly ChasedOfficer[]): number | null {
  if (level === 'officer') return 0;
  if (line.length === 1) return null;
  if (level === 'sergeant') return 1;
  const inspector = line.findIndex(({ rank }, i) => i > 0 && rank === 'inspector');
  return inspector === -1 ? Math.min(2, line.length - 1) : inspector;
}

function lineAbove(officer: ChasedOfficer, everyone: ReadonlyMap<string, ChasedOfficer>): ChasedOfficer[] {
  const line: ChasedOfficer[] = [];
  for (let above = officer.supervisor; above !== null;) {
    const next = everyone.get(above);
    if (!next || next === officer || line.includes(next)) break;
    line.push(next);
    above = next.supervisor;
  }
  return line;
}
