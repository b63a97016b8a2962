import type { ChaserLevel } from '../../db/schema/materials.ts';
import { addDays, type CivilDate } from '../calendar/civil-date.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { onBusinessDays } from './business-hours.ts';

/** Who hears, in order: moving along it is an escalation. */
export const levels: readonly ChaserLevel[] = ['officer', 'sergeant', 'inspector', 'caseworker'];

export type LadderStep = {
  step: string;
  level: ChaserLevel;
  /** From the day on which the material is due. */
  businessDays: number;
  /** Never later than so many business days before the next hearing, unless that is before it is due. */
  beforeHearing?: number;
};

/** How a force chases: the steps, and when the shorter ones are taken. */
export type ChasingLadder = {
  /** 0 is the hub's own. */
  version: number;
  ordinary: readonly LadderStep[];
  compressed: readonly LadderStep[];
  /** Compressed wherever a defendant is in custody. */
  inCustody: boolean;
  /** Compressed where a custody time limit expires within so many days after it is due. */
  custodyLimitDays: number;
  /** The same for a limit of another kind that ends a case, such as the six months. */
  timeLimitDays: number;
  /** Compressed where a hearing is within so many business days after it is due. */
  hearingWorkingDays: number;
};

/**
 * The ladder of a hub whose force has set none (domain default, grade P). The last step asks for a decision: the CPS is
 * told, and a caseworker decides; ordinarily no later than five business days before the hearing.
 */
export const defaultLadder: ChasingLadder = {
  version: 0,
  ordinary: [
    { step: 'notify', level: 'officer', businessDays: -5 },
    { step: 'remind', level: 'officer', businessDays: -2 },
    { step: 'due', level: 'officer', businessDays: 0 },
    { step: 'sergeant', level: 'sergeant', businessDays: 2 },
    { step: 'inspector', level: 'inspector', businessDays: 5 },
    { step: 'decision', level: 'caseworker', businessDays: 8, beforeHearing: 5 },
  ],
  compressed: [
    { step: 'notify', level: 'officer', businessDays: -5 },
    { step: 'due', level: 'officer', businessDays: 0 },
    { step: 'sergeant', level: 'sergeant', businessDays: 1 },
    { step: 'inspector', level: 'inspector', businessDays: 2 },
    { step: 'decision', level: 'caseworker', businessDays: 3 },
  ],
  inCustody: true,
  custodyLimitDays: 28,
  timeLimitDays: 28,
  hearingWorkingDays: 10,
};

/** What of a case makes its chasing urgent. */
export type ChaseContext = {
  inCustody: boolean;
  /** The nearest custody time limit that stands, if any. */
  custodyLimit: CivilDate | null;
  /** The nearest other limit that ends the case, such as the six months, if any. */
  timeLimit: CivilDate | null;
  /** The next hearing, if any. */
  nextHearing: CivilDate | null;
};

/** Whether what is due on a day is chased by the compressed steps. Pure. */
export function isUrgent(
  ladder: ChasingLadder,
  context: ChaseContext,
  dueOn: CivilDate,
  calendar: HolidayCalendar,
): boolean {
  const within = (day: CivilDate | null, edge: CivilDate) => day !== null && day <= edge;
  return (
    (ladder.inCustody && context.inCustody) ||
    within(context.custodyLimit, addDays(dueOn, ladder.custodyLimitDays)) ||
    within(context.timeLimit, addDays(dueOn, ladder.timeLimitDays)) ||
    within(context.nextHearing, onBusinessDays(calendar, dueOn, ladder.hearingWorkingDays))
  );
}
