import { sayDate, type CivilDate } from '../calendar/civil-date.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { CaseState, DefendantState, OffenceState } from '../deadlines/case-state.ts';
import type { ReadEvent } from './event-body.ts';

type Problem = (path: string, message: string) => void;

/** Types that only make sense after the charge. */
const needCharge = [
  'plea-entered',
  'convicted',
  'acquitted',
  'sentenced',
  'trial-started',
  'summary-trial-chosen',
  'sent-to-crown-court',
  'remitted-to-magistrates',
];
/** Types that only make sense after the offence. */
const needOffence = ['arrested', 'interviewed-under-caution', 'statement-taken', 'charged', 'remanded'];
/** Types of what happens to the living alone. */
const needLife = ['plea-entered', 'convicted', 'sentenced', 'trial-started', 'remanded', 'bailed'];

/** What cannot have happened when the event says, by what the case says of other days. Each problem names its field. */
export function checkOrder(event: ReadEvent, state: CaseState, problem: Problem): void {
  const defendants = defendantsOf(event, state);
  const offences = offencesOf(event, defendants);
  const charged = first(offences.map(({ chargedOn }) => chargedOn));
  const committed = first(offences.map(({ committedOn }) => committedOn));
  if (['hearing-listed', 'trial-listed', 'hearing-moved'].includes(event.type)) {
    if (charged !== undefined && (event.data['on'] as string) < charged)
      problem('data.on', 'is before the charge');
  }
  if (needCharge.includes(event.type) && charged !== undefined && event.on < charged)
    problem('on', 'is before the charge');
  if (needOffence.includes(event.type) && committed !== undefined && event.on < committed)
    problem('on', 'is before the offence was committed');
  if (needLife.includes(event.type) && everyOne(defendants, ({ died }) => died && died.on < event.on))
    problem('on', 'is after the defendant died');
  if (event.receivedAt !== undefined && civilDateOf(event.receivedAt) < event.on)
    problem('receivedAt', 'is before it happened');
  checkOutcome(event, offences, problem);
  checkCustody(event, defendants, problem);
  checkCustodyLimit(event, defendants, problem);
}

function checkOutcome(event: ReadEvent, offences: readonly OffenceState[], problem: Problem): void {
  if (event.type === 'remitted-to-magistrates') {
    if (everyOne(offences, ({ sent, remitted }) => sent === undefined && remitted === undefined))
      problem('type', 'is of a charge in the Crown Court, and none was sent there');
    else if (everyOne(offences, ({ sent }) => sent !== undefined && event.on < sent.on))
      problem('on', 'is before the charge was sent to the Crown Court');
  }
  if (
    event.type === 'sentenced' &&
    everyOne(offences, ({ convicted }) => convicted && event.on < convicted.on)
  )
    problem('on', 'is before the conviction');
  if (event.type === 'convicted' && everyOne(offences, ({ acquitted }) => acquitted))
    problem('type', 'contradicts the acquittal: take that back first');
}

/**
 * Released before remanded is a contradiction; so is a remand or a release within a stay that has ended. An earlier
 * stay that nobody knew of is none.
 */
function checkCustody(event: ReadEvent, defendants: readonly DefendantState[], problem: Problem): void {
  if (event.type !== 'bailed' && event.type !== 'remanded') return;
  for (const { custody } of defendants) {
    const stays = custody.filter(({ assumed }) => assumed === undefined);
    const firstDay = stays[0]?.from;
    const within = stays.find(({ from, to }) => to !== undefined && event.on >= from && event.on < to);
    if (event.type === 'bailed' && firstDay !== undefined && event.on < firstDay)
      problem('on', 'is before the remand in custody that it would end');
    else if (event.type === 'bailed' && within?.to !== undefined)
      problem(
        'on',
        `is within a stay in custody that ended on ${sayDate(within.to)}: supersede that release`,
      );
    else if (event.type === 'remanded' && within !== undefined)
      problem('on', 'is before the release that it would follow');
  }
}

/** Only a limit that runs can be extended: s.22(3) Prosecution of Offences Act 1985. */
function checkCustodyLimit(event: ReadEvent, defendants: readonly DefendantState[], problem: Problem): void {
  if (event.type !== 'custody-limit-extended' && event.type !== 'custody-limit-extension-refused') return;
  const held = ({ custody }: DefendantState) =>
    custody.some(({ from, to }) => from <= event.on && (to === undefined || event.on <= to));
  if (!defendants.some(held))
    problem('on', 'is a day on which the defendant was not in custody: no limit was running');
  if (event.type === 'custody-limit-extended' && (event.data['until'] as string) < event.on)
    problem('data.until', 'is before the day of the extension');
}

function defendantsOf(event: ReadEvent, state: CaseState): DefendantState[] {
  return state.defendants.filter(
    ({ id, offences }) =>
      (event.defendant === undefined || id === event.defendant) &&
      (event.offence === undefined || offences.some((offence) => offence.id === event.offence)),
  );
}

function offencesOf(event: ReadEvent, defendants: readonly DefendantState[]): OffenceState[] {
  return defendants
    .flatMap(({ offences }) => offences)
    .filter(({ id }) => event.offence === undefined || id === event.offence);
}

function everyOne<T>(all: readonly T[], is: (one: T) => unknown): boolean {
  return all.length > 0 && all.every((one) => Boolean(is(one)));
}

function first(days: readonly (CivilDate | undefined)[]): CivilDate | undefined {
  return days.filter((day) => day !== undefined).sort()[0];
}
