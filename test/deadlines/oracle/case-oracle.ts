import type { Facts } from '../../../src/deadlines/facts.ts';
import { ask } from './catalogue.ts';
import { idOf, line, personId } from './case-in-memory.ts';
import type { OffenceClass, Plan, Told } from './case-plans.ts';
import { months, type Day, type Holidays } from './days.ts';
import { dayOf } from './london.ts';

/** The rules of which the oracle says what a whole case has. */
export const coreRules: readonly string[] = [
  ...[
    'ctl-summary-56',
    'ctl-eitherway-56',
    'ctl-eitherway-70',
    'ctl-indictable-70',
    'ctl-youth',
    'ctl-crown-182',
  ],
  ...['stl-summary-6m', 'special-measures-mags', 'special-measures-crown'],
  ...['defence-statement-mags', 'defence-statement-crown'],
  ...['vc-charge', 'vc-suspect-events', 'vc-bail-hearing', 'vc-warrant', 'vc-nfa-not-charge'],
  ...['vc-hearing-date', 'vc-outcome', 'vc-sentence', 'vc-appeal'],
];

/** One defendant's events: those that name the defendant, one of the offences, or nobody. */
class Course {
  readonly d: number;
  private readonly events: readonly Told[];

  constructor(events: readonly Told[], d: number) {
    this.d = d;
    this.events = events.filter(({ defendant, offence }) => (offence?.[0] ?? defendant ?? d) === d);
  }

  /** Those of a type that concern an offence, or all where no offence is named. */
  all(type: string, o?: number): Told[] {
    return this.events.filter(
      (event) => event.type === type && (o === undefined || (event.offence?.[1] ?? o) === o),
    );
  }

  day(type: string, o?: number): Day | undefined {
    const [first] = this.all(type, o);
    return first && dayOf(first.at);
  }

  plea(): { plea: string; on: Day; at: string } | undefined {
    const [first] = this.all('plea-entered');
    return first && { plea: String(first.data?.['plea']), on: dayOf(first.at), at: first.at };
  }

  served(document: string): Day | undefined {
    const found = this.all('document-served').find(({ data }) => data?.['document'] === document);
    return found && dayOf(found.at);
  }

  /** A guilty plea, a verdict or the end of the charge (section 1: stop and never-start events). */
  isOver(o: number): boolean {
    return this.plea()?.plea === 'guilty' || this.isDecided(o);
  }

  isDecided(o: number): boolean {
    return ['convicted', 'acquitted', 'discontinued'].some((type) => this.all(type, o).length > 0);
  }
}

/** Every core deadline that the catalogue gives a case, as lines, sorted. */
export function expected(plan: Plan, events: readonly Told[], holidays: Holidays): string[] {
  const lines: string[] = [];
  plan.body.defendants.forEach((defendant, d) => {
    const course = new Course(events, d);
    const add = (rule: string, subject: string, facts: Facts, state: 'pending' | 'met' = 'pending') => {
      const { legalDue } = ask(rule, facts, holidays);
      if (legalDue !== null) lines.push(line(rule, subject, legalDue, state));
    };
    defendant.offences.forEach((offence, o) => {
      const subject = `offence:${idOf('offence', d, o)}`;
      custodyLimits(plan, course, o).forEach(([rule, facts]) => add(rule, subject, facts));
      if (offence.class === 'summary-only') sixMonths(course, offence, o, subject, holidays, add);
    });
    caseManagement(plan, course, `defendant:${idOf('defendant', d)}`, add);
  });
  return [...lines, ...contacts(plan, events, holidays)].sort();
}

type Add = (rule: string, subject: string, facts: Facts, state?: 'pending' | 'met') => void;

/** Section 1, by class and court; the trial's start stops every clock. */
function custodyLimits(plan: Plan, course: Course, o: number): [string, Facts][] {
  const custody = custodyOf(plan, course);
  const defendant = plan.body.defendants[course.d];
  if (custody.length === 0 || course.isOver(o) || course.day('trial-started') !== undefined) return [];
  const sent = course.day('sent-to-crown-court');
  if (sent !== undefined) return [['ctl-crown-182', { custody, sentToCrownCourtOn: sent }]];
  const byClass: Record<OffenceClass, string[]> = {
    'summary-only': ['ctl-summary-56'],
    'either-way': ['ctl-eitherway-56', ...(summaryTrialInTime(course, custody) ? [] : ['ctl-eitherway-70'])],
    'indictable-only': [
      'ctl-indictable-70',
      ...(defendant?.dateOfBirth === '2014-01-01' ? ['ctl-youth'] : []),
    ],
  };
  return byClass[defendant?.offences[o]?.class ?? 'either-way'].map((rule) => [rule, { custody }]);
}

/** Reg 4(3): summary trial decided before the 56 days expire. */
function summaryTrialInTime(course: Course, custody: NonNullable<Facts['custody']>): boolean {
  const chosen = course.day('summary-trial-chosen');
  if (chosen === undefined) return false;
  const until = custody.filter(({ from }) => from <= chosen);
  let used = -1;
  for (let ms = Date.parse(custody[0]?.from ?? ''); ms <= Date.parse(chosen); ms += 86_400_000) {
    const day = new Date(ms).toISOString().slice(0, 10);
    if (until.some(({ from, to }) => day >= from && (to === undefined || day <= to))) used += 1;
  }
  return used <= 56;
}

function custodyOf(plan: Plan, course: Course): NonNullable<Facts['custody']> {
  const first = plan.body.defendants[course.d]?.remandedOn;
  const periods: { from: Day; to?: Day }[] = first === undefined ? [] : [{ from: first }];
  const turns = [...course.all('remanded'), ...course.all('bailed')].sort((a, b) => (a.at < b.at ? -1 : 1));
  for (const { type, at } of turns) {
    const last = periods.at(-1);
    const inside = last !== undefined && last.to === undefined;
    if (type === 'remanded' && !inside) periods.push({ from: dayOf(at) });
    if (type === 'bailed' && inside) last.to = dayOf(at);
  }
  return periods;
}

/** Section 2: met by a charge in time; a plea of guilty does not cure a late one, so it stands until a verdict. */
function sixMonths(
  course: Course,
  offence: { committedOn: Day; chargedOn?: Day },
  o: number,
  subject: string,
  holidays: Holidays,
  add: Add,
): void {
  const facts = { offenceCommittedOn: offence.committedOn };
  const charged = offence.chargedOn ?? course.day('charged', o);
  const { legalDue } = ask('stl-summary-6m', facts, holidays);
  const inTime = charged !== undefined && charged <= (legalDue ?? '');
  if (inTime) add('stl-summary-6m', subject, facts, 'met');
  else if (!course.isDecided(o)) add('stl-summary-6m', subject, facts);
}

/** Sections 5 and 6: special measures after a not guilty plea, the defence statement after disclosure. */
function caseManagement(plan: Plan, course: Course, subject: string, add: Add): void {
  const sent = course.day('sent-to-crown-court');
  const plea = course.plea();
  const { offences = [] } = plan.body.defendants[course.d] ?? {};
  const live = offences.some((_, o) => !course.isOver(o));
  const people = plan.body.victims.length + plan.body.witnesses.length > 0;
  if (plea?.plea === 'not-guilty' && people) {
    const applied = course.served('special-measures-application') !== undefined;
    const rule = sent === undefined ? 'special-measures-mags' : 'special-measures-crown';
    if (applied || live) add(rule, subject, { notGuiltyPleaOn: plea.on }, applied ? 'met' : 'pending');
  }
  const disclosed = course.day('initial-disclosure-served');
  if (disclosed === undefined || !live) return;
  const evidence = course.served('prosecution-evidence');
  if (sent === undefined) add('defence-statement-mags', subject, { initialDisclosureOn: disclosed });
  else if (evidence !== undefined)
    add('defence-statement-crown', subject, { initialDisclosureOn: disclosed, servedOn: evidence });
}

const newsOf: Record<string, string> = {
  charged: 'vc-charge',
  arrested: 'vc-suspect-events',
  'interviewed-under-caution': 'vc-suspect-events',
  'bail-changed': 'vc-suspect-events',
  bailed: 'vc-bail-hearing',
  remanded: 'vc-bail-hearing',
  'warrant-issued': 'vc-warrant',
  'decision-not-to-prosecute': 'vc-nfa-not-charge',
  convicted: 'vc-outcome',
  acquitted: 'vc-outcome',
  discontinued: 'vc-outcome',
  sentenced: 'vc-sentence',
  'appeal-lodged': 'vc-appeal',
};

/** Section 8: an update for each person and event, in the period that the person is owed. */
function contacts(plan: Plan, events: readonly Told[], holidays: Holidays): string[] {
  const { body } = plan;
  const lines: string[] = [];
  [...body.victims, ...body.witnesses].forEach((person, p) => {
    const victim = p < body.victims.length;
    const enhancedRights =
      person.enhancedRights ||
      isYoung(person.dateOfBirth, body) ||
      (victim && (body.domesticAbuse || body.hateCrime));
    const add = (rule: string, receivedAt: string, hearing?: string) => {
      const { legalDue } = ask(rule, { receivedAt, enhancedRights }, holidays);
      const about = `person:${personId(plan, p)}${hearing === undefined ? '' : `:hearing:${hearing}`}`;
      lines.push(line(rule, about, legalDue, 'pending'));
    };
    if (victim && body.initiation === 'charge') add('vc-charge', body.receivedAt);
    for (const [rule, receivedAt] of newsFor(events, victim)) add(rule, receivedAt);
    for (const [hearing, known] of hearingsKnown(plan, events))
      if (victim || known.type === 'trial') add('vc-hearing-date', known.receivedAt, hearing);
  });
  return lines;
}

/** The updates owed: events of one kind and day are one conversation, from the first that the hub heard of. */
function newsFor(events: readonly Told[], victim: boolean): [rule: string, receivedAt: string][] {
  const first = new Map<string, string>();
  for (const { type, at, receivedAt, data } of events) {
    const guilty = type === 'plea-entered' && data?.['plea'] === 'guilty';
    const rule = guilty ? 'vc-outcome' : newsOf[type];
    if (rule === undefined || (!victim && !alsoForWitnesses.includes(rule))) continue;
    const sentencedToo = events.some((other) => other.type === 'sentenced' && dayOf(other.at) === dayOf(at));
    if (rule === 'vc-outcome' && sentencedToo) continue;
    const key = `${rule} ${dayOf(at)}`;
    const known = first.get(key);
    if (known === undefined || receivedAt < known) first.set(key, receivedAt);
  }
  return [...first].map(([key, receivedAt]) => [key.split(' ')[0] ?? '', receivedAt]);
}

/** "court results and sentence within one day of receiving the outcome" is owed to witnesses too. */
const alsoForWitnesses = ['vc-outcome', 'vc-sentence'];

const isYoung = (born: Day | undefined, { receivedAt }: Plan['body']): boolean =>
  born !== undefined && months(born, 18 * 12) > dayOf(receivedAt);

type KnownHearing = { type: string; receivedAt: string; vacated?: true };

/** Each hearing that stands, with when the hub learned of the date that it has. */
function hearingsKnown({ body }: Plan, events: readonly Told[]): [id: string, KnownHearing][] {
  const known: KnownHearing[] = body.hearings.map(({ type }) => ({ type, receivedAt: body.receivedAt }));
  for (const { type, hearing = 0, receivedAt, data } of events) {
    const concerned = known[hearing];
    if (type === 'hearing-listed') known.push({ type: String(data?.['type']), receivedAt });
    else if (type === 'hearing-vacated' && concerned) concerned.vacated = true;
    else if (type === 'hearing-moved' && concerned) known[hearing] = { type: concerned.type, receivedAt };
  }
  return known
    .map((one, h): [string, KnownHearing] => [idOf('hearing', h), one])
    .filter(([, { vacated }]) => vacated === undefined);
}
