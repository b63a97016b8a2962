import { sayDate, type CivilDate } from '../calendar/civil-date.ts';
import type { HolidayCalendar } from '../calendar/holiday-calendar.ts';
import { correspondenceOf } from '../correspondence/correspondence-of.ts';
import { decisionsOf } from '../decisions/decisions-of.ts';
import type { CaseState, DefendantState, OffenceState } from '../deadlines/case-state.ts';
import { finalOutcome } from '../deadlines/outcomes.ts';
import { systemOf } from '../deadlines/record-entries.ts';
import { ruleOf, type DeadlineRow } from '../deadlines/store.ts';
import { queriesOf } from '../queries/queries-of.ts';
import { finalisationItems, type FinalisationItem, type FinalisationItemId } from './items.ts';
import { sayAppealWindow } from './appeal-window.ts';
import { propertyDated, type PropertyDated } from './property.ts';

/** All that closing a case is judged by. */
export type BeforeClosing = {
  state: CaseState;
  deadlines: readonly DeadlineRow[];
  contacts: readonly { id: string; personId: string; state: string }[];
  /** What the courts sent that a person has to settle, and the work that their results made: of each, how it stands. */
  courtWork: readonly { id: string; isOpen: boolean }[];
  calendar: HolidayCalendar;
  today: CivilDate;
};

type Found = Pick<FinalisationItem, 'state' | 'why'> & Partial<Pick<FinalisationItem, 'toDo' | 'about'>>;

/** What is done and what is not before a case can be closed, item by item. Pure. */
export function finalisationChecklist(before: BeforeClosing): FinalisationItem[] {
  const found: Record<FinalisationItemId, Found> = {
    results: results(before),
    court: court(before),
    hearings: hearings(before),
    appeals: appeals(before),
    limits: limits(before),
    victims: told(before, 'victim'),
    witnesses: told(before, 'witness'),
    property: property(before),
    'appeal-window': appealWindow(before),
    records: records(before),
    correspondence: correspondence(before),
    questions: questions(before),
    decisions: decisions(before),
  };
  return (Object.keys(finalisationItems) as FinalisationItemId[]).map((id) => ({
    id,
    title: finalisationItems[id],
    toDo: null,
    about: [],
    ...found[id],
  }));
}

const done = (...why: string[]): Found => ({ state: 'done', why });
const notApplicable = (...why: string[]): Found => ({ state: 'not-applicable', why });
const notDone = (why: string | string[], toDo: string, about: Record<string, string>[] = []): Found => ({
  state: 'not-done',
  why: typeof why === 'string' ? [why] : why,
  toDo,
  about,
});

/** "1 letter", "3 letters". */
function count(many: number, one: string, more = `${one}s`): string {
  return `${many} ${many === 1 ? one : more}`;
}

function results({ state }: BeforeClosing): Found {
  const open = state.defendants.flatMap((defendant, d) =>
    defendant.offences
      .filter((offence) => !isDecided(state, offence, defendant))
      .map((offence) => ({ defendant, offence, says: `Defendant ${d + 1}, ${offence.code}: no result` })),
  );
  if (open.length === 0) return done('Every charge has a sentence, an acquittal or another end');
  return notDone(
    open.map(({ says }) => says),
    'Record the result of each charge: sentence, acquittal, discontinuance, death, or the decision not to prosecute',
    open.map(({ defendant, offence }) => ({ defendantId: defendant.id, offenceId: offence.id })),
  );
}

/** What was never charged ends with the decision that it will not be. */
const notProsecuted = ({ type, data }: CaseState['decisions'][number]) =>
  type === 'decision-not-to-prosecute' ||
  (type === 'released-without-charge' && data['on'] === 'no-further-action');

function isDecided(state: CaseState, offence: OffenceState, defendant: DefendantState): boolean {
  return (
    finalOutcome(offence, defendant) !== undefined ||
    state.decisions.some(
      (event) =>
        notProsecuted(event) &&
        (event.defendantId === undefined || event.defendantId === defendant.id) &&
        (event.offenceId === undefined || event.offenceId === offence.id),
    )
  );
}

function court({ courtWork }: BeforeClosing): Found {
  const open = courtWork.filter(({ isOpen }) => isOpen);
  if (courtWork.length === 0) return notApplicable('No result of a court left anything to settle');
  if (open.length === 0) return done('All that results of the court left to settle has been settled');
  return notDone(
    `${count(open.length, 'thing')} that the court sent ${open.length === 1 ? 'is' : 'are'} not settled`,
    'Decide the exceptions, and complete the tasks that the court’s results made',
    open.map(({ id }) => ({ id })),
  );
}

function hearings({ state, today }: BeforeClosing): Found {
  const toCome = state.hearings.filter((hearing) => hearing.state === 'listed' && hearing.on > today);
  if (toCome.length === 0) return done('No hearing is listed');
  return notDone(
    toCome.map(({ on }) => `A hearing is listed for ${sayDate(on)}`),
    'Wait for the hearing, or record that it was vacated',
    toCome.map(({ id }) => ({ hearingId: id })),
  );
}

function appeals({ state }: BeforeClosing): Found {
  const lodged = state.decisions.filter(({ type }) => type === 'appeal-lodged');
  if (lodged.length === 0) return notApplicable('No appeal was lodged');
  const open = lodged.filter(
    (appeal) =>
      !state.decisions.some(
        ({ type, on, defendantId }) =>
          type === 'appeal-decided' &&
          on >= appeal.on &&
          (defendantId === undefined ||
            appeal.defendantId === undefined ||
            defendantId === appeal.defendantId),
      ),
  );
  if (open.length === 0) return done('Every appeal is decided');
  return notDone(
    open.map(({ on }) => `The appeal lodged on ${sayDate(on)} is not decided`),
    'Record what came of the appeal',
    open.map(({ eventId }) => ({ eventId })),
  );
}

function limits({ deadlines }: BeforeClosing): Found {
  const running = deadlines.filter((row) => row.state === 'pending' && ruleOf(row).danger);
  if (running.length === 0) return done('None is running');
  return notDone(
    running.map(
      (row) => `${ruleOf(row).title}${row.legalDue === null ? '' : `: until ${sayDate(row.legalDue)}`}`,
    ),
    'Record what ends each limit: it goes with the result of the charge that it is for',
    running.map(({ id }) => ({ deadlineId: id })),
  );
}

function told({ state, contacts }: BeforeClosing, role: 'victim' | 'witness'): Found {
  const people = state.people.filter((person) => person.role === role);
  if (people.length === 0) return notApplicable(`The case has no ${role}`);
  const owed = contacts.filter(
    (contact) => contact.state === 'owed' && people.some(({ id }) => id === contact.personId),
  );
  if (owed.length === 0) return done('Nobody is owed an update');
  return notDone(
    `${count(owed.length, 'update')} ${owed.length === 1 ? 'is' : 'are'} owed to ${count(new Set(owed.map(({ personId }) => personId)).size, 'person', 'people')}`,
    'Tell them, and record the talk; a senior gives up whoever cannot be reached',
    owed.map(({ id, personId }) => ({ contactId: id, personId })),
  );
}

/** Until when the law and the Code of Practice have material kept. */
const floors: readonly string[] = ['exhibit-6-weeks', 'cpia-retention'];

function property({ state, deadlines }: BeforeClosing): Found {
  const dated = propertyDated(state);
  const keep = deadlines.filter(
    (row) => floors.includes(row.rule) && row.state !== 'withdrawn' && row.legalDue !== null,
  );
  const latest = keep
    .map(({ legalDue }) => legalDue ?? '')
    .sort()
    .at(-1);
  const says = keep.map((row) => `${ruleOf(row).title}: until ${sayDate(row.legalDue ?? '')} at the least`);
  const toDo =
    'Record the event property-dated: until when each item is kept and what then, or that there is none';
  if (dated === undefined) return notDone(['No day was recorded for exhibits and property', ...says], toDo);
  const { none, items = [] } = dated.data as PropertyDated;
  if (none === true) return done(`Recorded on ${sayDate(dated.on)}: there is none`);
  const tooSoon = items.filter(({ keepUntil, then }) => then !== 'review' && keepUntil < (latest ?? ''));
  if (tooSoon.length > 0)
    return notDone(
      [`Too soon: ${tooSoon.map(({ reference }) => reference).join(', ')}`, ...says],
      'Supersede the event property-dated with later days',
      [{ eventId: dated.eventId }],
    );
  return done(`${count(items.length, 'item')}, dated on ${sayDate(dated.on)}`, ...says);
}

function appealWindow({ state, deadlines }: BeforeClosing): Found {
  const said = sayAppealWindow(state, deadlines);
  if (said.length === 0) return notApplicable('Nobody was convicted');
  const missing = said.filter(({ isInDiary }) => !isInDiary);
  if (missing.length === 0) return done(...said.map(({ says }) => says));
  return notDone(
    missing.map(({ says }) => says),
    'Switch the rule of the time for an appeal on again, or put the day in a diary and say so in an override',
    missing.map(({ defendantId }) => ({ defendantId })),
  );
}

function records({ deadlines }: BeforeClosing): Found {
  const all = deadlines.filter(({ rule, state }) => systemOf(rule) !== undefined && state !== 'withdrawn');
  if (all.length === 0) return notApplicable('Nothing is owed to another system');
  const open = all.filter(({ state }) => state !== 'met');
  if (open.length === 0) return done(`${count(all.length, 'entry', 'entries')} made`);
  return notDone(
    open.map((row) => ruleOf(row).title),
    'Make each entry in its system, and record that it is made',
    open.map(({ id }) => ({ recordId: id })),
  );
}

function correspondence({ state, calendar }: BeforeClosing): Found {
  const all = correspondenceOf(state, calendar);
  const open = all.filter((letter) => letter.state === 'awaiting-answer');
  if (all.length === 0) return notApplicable('No letter or message was logged');
  if (open.length === 0) return done('None waits for an answer');
  return notDone(
    `${count(open.length, 'letter')} ${open.length === 1 ? 'waits' : 'wait'} for an answer`,
    'Record the answer, or why none is needed',
    open.map(({ id }) => ({ correspondenceId: id })),
  );
}

function questions({ state, calendar }: BeforeClosing): Found {
  const all = queriesOf(state, calendar);
  const open = all.filter((query) => query.state === 'open');
  if (all.length === 0) return notApplicable('No question was asked');
  if (open.length === 0) return done('None waits for an answer');
  return notDone(
    `${count(open.length, 'question')} ${open.length === 1 ? 'waits' : 'wait'} for an answer`,
    'Record the answer, or that the question was withdrawn',
    open.map(({ id }) => ({ queryId: id })),
  );
}

function decisions({ state, today }: BeforeClosing): Found {
  const all = decisionsOf(state).filter(({ reviewOn }) => reviewOn !== null);
  if (all.length === 0) return notApplicable('No decision was to be looked at again');
  const open = all.filter(({ reviewedBy, reviewOn }) => reviewedBy.length === 0 && (reviewOn ?? '') <= today);
  if (open.length === 0) return done('None is due for review');
  return notDone(
    open.map(({ reviewOn }) => `A decision was to be looked at again on ${sayDate(reviewOn ?? '')}`),
    'Record a decision that reviews it',
    open.map(({ id }) => ({ decisionId: id })),
  );
}
