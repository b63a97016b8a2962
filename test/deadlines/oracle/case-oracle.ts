import type { Facts } from '../../../src/deadlines/facts.ts';
import { ask } from './catalogue.ts';
import { idOf, line, personId } from './case-in-memory.ts';
import type { OffenceClass, Plan, Told } from './case-plans.ts';
import { months, walk, type Day, type Holidays } from './days.ts';
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
    return this.plea()?.plea === 'guilty' || this.all('convicted', o).length > 0 || this.isDone(o);
  }

  /** Nothing more is decided of the charge: neither a plea of guilty nor a conviction cures a late one. */
  isDone(o: number): boolean {
    return ['acquitted', 'discontinued', 'sentenced'].some((type) => this.all(type, o).length > 0);
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

/**
 * Reg 4(3): summary trial decided before 56 days from first appearance expire. Whether days on bail lengthen them the
 * catalogue does not say: they do not here, and the working limit of 56 days stands either way.
 */
function summaryTrialInTime(course: Course, custody: NonNullable<Facts['custody']>): boolean {
  const chosen = course.day('summary-trial-chosen');
  return chosen !== undefined && chosen <= walk(custody[0]?.from ?? '', 56);
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

/** Section 2: met by a charge in time; without one it stands until the charge is done with. */
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
  else if (!course.isDone(o)) add('stl-summary-6m', subject, facts);
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
  const conversations = new Map<string, Told[]>();
  for (const event of events) {
    const rule = isGuiltyPlea(event) ? 'vc-outcome' : newsOf[event.type];
    if (rule === undefined || (!victim && !alsoForWitnesses.includes(rule))) continue;
    if (victim && event.type === 'discontinued' && decidedBefore(event, events)) continue;
    const key = `${rule} ${dayOf(event.at)}`;
    conversations.set(key, [...(conversations.get(key) ?? []), event]);
  }
  return [...conversations]
    .filter(([key, told]) => !key.startsWith('vc-outcome') || !toldWithSentence(told, events))
    .map(([key, told]) => [
      key.split(' ')[0] ?? '',
      told.map(({ receivedAt }) => receivedAt).sort()[0] ?? '',
    ]);
}

const isGuiltyPlea = ({ type, data }: Told): boolean =>
  type === 'plea-entered' && data?.['plea'] === 'guilty';
const defendantOf = ({ defendant, offence }: Told): number | undefined => offence?.[0] ?? defendant;

/** The victim was told of it with the decision not to prosecute. */
const decidedBefore = (dropped: Told, events: readonly Told[]): boolean =>
  events.some(
    (other) =>
      other.type === 'decision-not-to-prosecute' &&
      defendantOf(other) === defendantOf(dropped) &&
      dayOf(other.at) <= dayOf(dropped.at),
  );

/** The sentence of the same day covers the convictions. */
const toldWithSentence = (told: readonly Told[], events: readonly Told[]): boolean =>
  told.every(
    (one) =>
      (one.type === 'convicted' || isGuiltyPlea(one)) &&
      events.some(
        (other) =>
          other.type === 'sentenced' &&
          defendantOf(other) === defendantOf(one) &&
          dayOf(other.at) === dayOf(one.at),
      ),
  );

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
