import { addDays, type CivilDate } from '../calendar/civil-date.ts';
import type { FieldError } from '../platform/failure.ts';
import type { Absence } from './attendance.ts';
import { momentsOf } from './away.ts';

type Known = Absence & { id: string };

/** What becomes of the absences that are known: those taken out, those that end earlier, those that are new. */
export type AbsenceChanges = { remove: string[]; shorten: { id: string; to: CivilDate }[]; add: Absence[] };

/**
 * Replaces the absences that are not yet past. Of one that has begun and is given no more, the days that were taken
 * stay; one that is given with the same beginning and kind goes on.
 * @param known those that end today or later
 */
export function replaceAbsences(
  known: readonly Known[],
  given: readonly Absence[],
  today: CivilDate,
): AbsenceChanges {
  const goesOn = (one: Absence) =>
    given.some((two) => momentsOf(two).first === momentsOf(one).first && two.kind === one.kind);
  const ended = known.filter((one) => one.from < today && !goesOn(one));
  return {
    remove: known.filter((one) => !ended.includes(one)).map(({ id }) => id),
    shorten: ended.map(({ id }) => ({ id, to: addDays(today, -1) })),
    add: [...given],
  };
}

/** What is wrong with absences that are to be recorded: each needs its times in order, and no two may share one. */
export function absenceErrors(given: readonly Absence[], today: CivilDate): FieldError[] {
  const moments = given.map(momentsOf);
  return given.flatMap(({ from, to }, i) => {
    const errors: FieldError[] = [];
    const { first = '', after = '' } = moments[i] ?? {};
    const at = (field: string) => `absences.${i}.${field}`;
    if (to < from) errors.push({ path: at('to'), message: 'is before from' });
    else if (to < today) errors.push({ path: at('to'), message: 'is past: what was is not changed' });
    else if (after <= first) errors.push({ path: at('end'), message: 'is not after start' });
    const other = moments.findIndex((one, j) => j < i && one.first < after && first < one.after);
    if (other >= 0) errors.push({ path: at('from'), message: `overlaps absences.${other}` });
    return errors;
  });
}
