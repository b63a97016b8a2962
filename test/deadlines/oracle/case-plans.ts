import fc from 'fast-check';
import { step, walk, type Day } from './days.ts';

/** Whole cases in the words of the API: a body to register and events in order of when they happened. */
export type Told = {
  type: string;
  at: string;
  receivedAt: string;
  defendant?: number;
  offence?: [defendant: number, offence: number];
  hearing?: number;
  person?: number;
  data?: Record<string, unknown>;
  supersedes?: number;
};

export type OffenceClass = 'summary-only' | 'either-way' | 'indictable-only';
export type PlannedOffence = { class: OffenceClass; committedOn: Day; chargedOn?: Day };
export type PlannedDefendant = {
  dateOfBirth?: Day;
  remand: 'custody' | 'conditional-bail' | 'none';
  remandedOn?: Day;
  offences: PlannedOffence[];
};
export type PlannedPerson = { enhancedRights: boolean; dateOfBirth?: Day };
export type PlannedHearing = { on: Day; court: string; type: string };
export type Plan = {
  body: {
    initiation: 'charge' | 'postal-requisition';
    receivedAt: string;
    domesticAbuse: boolean;
    hateCrime: boolean;
    defendants: PlannedDefendant[];
    hearings: PlannedHearing[];
    victims: PlannedPerson[];
    witnesses: PlannedPerson[];
  };
  events: Told[];
};

const upTo = (max: number, min = 0) => fc.integer({ min, max });
const ordinary = { kind: 'crime', anticipatedPlea: 'none', officer: 'PC1001' } as const;
const codes: Record<OffenceClass, string> = {
  'summary-only': 'PL96001',
  'either-way': 'TH68006',
  'indictable-only': 'COML025',
};

/** What happens to a defendant: a day of the case on which, and what. */
type Step = Omit<Told, 'at' | 'receivedAt'> & { after: number };

const offence = fc.record({
  class: fc.constantFrom<OffenceClass>('summary-only', 'either-way', 'indictable-only'),
  age: fc.oneof(upTo(20), upTo(240)),
});

/** Remanded and bailed by turns. */
const custody = (defendant: number): fc.Arbitrary<Step[]> =>
  fc.array(upTo(40, 0), { maxLength: 5 }).chain((gaps) =>
    fc.boolean().map((first) =>
      gaps.map((_, i) => ({
        type: (i % 2 === 0) === first ? 'remanded' : 'bailed',
        after: gaps.slice(0, i + 1).reduce((a, b) => a + b, 1),
        defendant,
      })),
    ),
  );

const sometimes = (n: number): fc.Arbitrary<boolean> => upTo(9).map((roll) => roll < n);
const when = (wanted: boolean, ...steps: Step[]): Step[] => (wanted ? steps : []);

/** One way through the courts; times are days after the case came in. */
const career = (defendant: number, offences: number): fc.Arbitrary<Step[]> =>
  fc
    .record({
      sends: sometimes(4),
      sent: upTo(60, 1),
      pleads: sometimes(7),
      plea: fc.constantFrom('guilty', 'not-guilty', 'not-guilty'),
      beforePlea: upTo(40, 1),
      chooses: sometimes(2),
      chosen: upTo(90, 1),
      disclosed: sometimes(6),
      disclosure: upTo(30, 1),
      evidenced: sometimes(7),
      evidence: upTo(50, 1),
      measures: sometimes(3),
      drops: sometimes(3),
      dropped: upTo(offences - 1),
      tried: sometimes(3),
      trial: upTo(150, 60),
      verdict: fc.constantFrom('convicted', 'acquitted', 'none'),
      sentenced: sometimes(5),
    })
    .map((way) => {
      const start = way.sends ? way.sent : 0;
      const plea = start + way.beforePlea;
      const disclosed = plea + way.disclosure;
      const served = (document: string) => ({ type: 'document-served', defendant, data: { document } });
      const heard = way.tried && way.pleads && way.plea === 'not-guilty';
      const verdict = heard && way.verdict !== 'none';
      return [
        ...when(way.sends, { type: 'sent-to-crown-court', after: way.sent, defendant }),
        ...when(way.chooses && !way.sends, { type: 'summary-trial-chosen', after: way.chosen, defendant }),
        ...when(way.pleads, { type: 'plea-entered', after: plea, defendant, data: { plea: way.plea } }),
        ...when(way.disclosed, { type: 'initial-disclosure-served', after: disclosed, defendant }),
        ...when(way.sends && way.evidenced, {
          ...served('prosecution-evidence'),
          after: start + way.evidence,
        }),
        ...when(way.measures, { ...served('special-measures-application'), after: disclosed + 1 }),
        ...when(way.drops, { type: 'discontinued', after: disclosed + 5, offence: [defendant, way.dropped] }),
        ...when(heard, { type: 'trial-started', after: plea + way.trial, defendant }),
        ...when(verdict, { type: way.verdict, after: plea + way.trial + 2, defendant }),
        ...when(verdict && way.verdict === 'convicted' && way.sentenced, {
          type: 'sentenced',
          after: plea + way.trial + 2 + (way.disclosure % 3) * 10,
          defendant,
        }),
      ];
    });

const listing = (on: Day, type: string) => ({
  ...{ on, court: 'magistrates', courtName: 'Leeds Magistrates’ Court', type },
});

/** What happens to the case as a whole, for the Victims' Code. */
const news = (receivedOn: Day, hearings: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc
      .record({
        after: upTo(150, 1),
        type: fc.constantFrom(
          'arrested',
          'interviewed-under-caution',
          'bail-changed',
          'warrant-issued',
          'appeal-lodged',
          'decision-not-to-prosecute',
          'hearing-listed',
          'hearing-moved',
          'hearing-vacated',
        ),
        defendant: fc.constant(0),
        hearing: upTo(Math.max(0, hearings - 1)),
        kind: fc.constantFrom('trial', 'other'),
        ahead: upTo(60, 4),
      })
      .map(({ after, type, defendant, hearing, kind, ahead }): Step => {
        const on = walk(receivedOn, after + ahead);
        if (type === 'hearing-listed') return { after, type, data: listing(on, kind) };
        if (type === 'hearing-moved') return { after, type, hearing, data: { on } };
        if (type === 'hearing-vacated') return { after, type, hearing };
        return { after, type, defendant };
      }),
    { maxLength: 5 },
  );

const person = (adult: boolean): fc.Arbitrary<PlannedPerson> =>
  fc.record(
    {
      enhancedRights: sometimes(3),
      dateOfBirth: fc.constantFrom('1980-05-01', ...(adult ? [] : ['2015-05-01'])),
    },
    { requiredKeys: ['enhancedRights'] },
  );

const receivedOn = fc
  .tuple(fc.constantFrom('2021-06-01', '2023-12-01', '2025-09-01', '2026-03-01'), upTo(300))
  .map(([from, by]) => walk(from, by));

export const plan: fc.Arbitrary<Plan> = fc
  .tuple(
    receivedOn,
    fc.array(fc.array(offence, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 }),
  )
  .chain(([on, given]) =>
    fc
      .record({
        requisition: sometimes(2),
        charge: upTo(200, 1),
        custodyAtFirst: fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
        young: fc.array(sometimes(2), { minLength: 2, maxLength: 2 }),
        domesticAbuse: sometimes(2),
        hateCrime: sometimes(1),
        victims: fc.array(person(false), { maxLength: 2 }),
        witnesses: fc.array(person(true), { maxLength: 1 }),
        hearings: fc.array(upTo(40, 1), { maxLength: 2 }),
        careers: fc.tuple(...given.map((offences, d) => fc.tuple(custody(d), career(d, offences.length)))),
        lag: upTo(70),
      })
      .chain((told) =>
        news(on, told.hearings.length).map((others): Plan => {
          const charged = told.requisition ? undefined : step(on, -1);
          const defendants = given.map((offences, d): PlannedDefendant => {
            const inCustody = !told.requisition && told.custodyAtFirst[d] === true;
            return {
              ...{ name: 'Sam Example' },
              ...(told.young[d] === true ? { dateOfBirth: '2014-01-01' } : { dateOfBirth: '1990-01-01' }),
              remand: told.requisition ? 'none' : inCustody ? 'custody' : 'conditional-bail',
              ...(inCustody ? { remandedOn: on } : {}),
              offences: offences.map((one) => ({
                ...{ code: codes[one.class], title: 'An offence' },
                class: one.class,
                committedOn: walk(charged ?? on, -one.age),
                ...(charged === undefined ? {} : { chargedOn: charged }),
              })),
            };
          });
          const careers = told.requisition
            ? given.map((_, d): Step => ({ type: 'charged', after: told.charge + d, defendant: d }))
            : told.careers.flat(2);
          return {
            body: {
              ...ordinary,
              initiation: told.requisition ? 'postal-requisition' : 'charge',
              receivedAt: `${on}T09:00:00Z`,
              ...{ domesticAbuse: told.domesticAbuse, hateCrime: told.hateCrime, defendants },
              hearings: told.hearings.map((after) => listing(walk(on, after), 'other')),
              victims: told.victims.map(named),
              witnesses: told.witnesses.map(named),
            },
            events: inOrder([...careers, ...others], on, told.lag),
          };
        }),
      ),
  );

const named = (one: PlannedPerson) => ({
  ...{ name: 'Alex Example', contact: { phone: '01632 960001' }, preferred: 'phone' },
  ...one,
});

/** No two events share a moment; the hub hears of each some hours later. */
function inOrder(steps: readonly Step[], on: Day, lag: number): Told[] {
  return steps
    .map((one, i) => ({ ...one, i }))
    .sort((a, b) => a.after - b.after || a.i - b.i)
    .map(({ after, i, ...told }) => {
      const at = Date.parse(`${walk(on, after)}T10:00:00Z`) + i * 60_000;
      const receivedAt = at + ((lag * (i + 1)) % 71) * 3_600_000;
      return { ...told, at: new Date(at).toISOString(), receivedAt: new Date(receivedAt).toISOString() };
    });
}
