import { countClearDaysBefore } from '../../calendar/counting.ts';
import { happened, served } from '../conditions.ts';
import { beforeCustodyExpiry, dayBefore } from '../custody-limit-periods.ts';
import { crownChargesStopped, magistratesChargesStopped, regulations } from '../custody-limits.ts';
import { crimPR2025, sinceCrimPR2025 } from '../instruments.ts';
import { businessDaysAfterService } from '../after-service-periods.ts';
import { onTheDay } from '../periods.ts';
import type { Rule } from '../rule.ts';
import { perDefendant, perDefendantAndEvent, perServing } from '../starts.ts';

const shared = { owner: 'cps', consequence: 'limit', danger: false, version: 1 } as const;
const since1987 = { from: '1987-04-01' };

/** The expiry of a limit in the Crown Court; an extension of every charge gives a new expiry, owed its own steps. */
const crownExpiry = perDefendant(
  'a charge is in the Crown Court and the defendant has been remanded in custody',
  (defendant) => {
    const first = defendant.custody[0];
    const sent = defendant.offences.filter((offence) => offence.sent !== undefined);
    if (!first || sent.length === 0) return null;
    const extensions = sent.map(({ custodyLimitExtended, sent: sending }) =>
      custodyLimitExtended && sending && custodyLimitExtended.on >= sending.on
        ? custodyLimitExtended
        : undefined,
    );
    const facts = {
      custody: defendant.custody.map(({ from, to }) => (to === undefined ? { from } : { from, to })),
    };
    const earliest = extensions.sort((a, b) => ((a?.until ?? '') < (b?.until ?? '') ? -1 : 1))[0];
    return earliest === undefined
      ? { cause: first.startedBy, on: first.from, facts, ...assumedOf(first.assumed) }
      : {
          cause: earliest,
          facts: { ...facts, extendedUntil: earliest.until, extendedOn: earliest.firstOn },
          clock: earliest.eventId,
        };
  },
);

const assumedOf = (assumed: string | undefined) => (assumed === undefined ? {} : { assumed: [assumed] });

export const custodyLimitExpiry: readonly Rule[] = [
  {
    ...shared,
    id: 'ctl-bail-conditions-notice',
    title: 'If the limit is not to be extended: notice whether bail conditions are sought',
    authority: { instrument: regulations, provision: 'reg 6(1)(a)', grade: 'A' },
    inForce: since1987,
    about: 'defendant',
    starts: crownExpiry,
    meets: [served('bail-conditions-notice', 'custody-limit-extension-notice')],
    ends: [crownChargesStopped],
    period: beforeCustodyExpiry(182, 'not less than 5 clear days before', (_calendar, from, label) =>
      countClearDaysBefore(from, 5, label),
    ),
    warnings: [7],
    task: {
      kind: 'custody-limit-bail-conditions',
      title: 'Ask the CPS: extend the custody time limit, or give notice of the bail conditions sought?',
      when: 'on-alert',
      effortMinutes: 15,
      meets: true,
    },
    ifMissed: 'The defendant may be released on bail without conditions.',
    examples: [
      {
        facts: { expiresOn: '2026-12-24' },
        legalDue: '2026-12-18',
        actionDue: '2026-12-18',
        why: 'five clear days are 19 to 23 December',
      },
      {
        facts: { custody: [{ from: '2026-06-26' }] },
        legalDue: '2026-12-18',
        actionDue: '2026-12-18',
        why: 'the limit ends on Christmas Day, so on 24 December',
      },
    ],
  },
  {
    ...shared,
    id: 'ctl-produce-defendant',
    title: 'Bring the defendant before the Crown Court in the two days before the limit expires',
    authority: { instrument: regulations, provision: 'reg 6(1)(b)', grade: 'A' },
    inForce: since1987,
    about: 'defendant',
    starts: crownExpiry,
    meets: [],
    ends: [crownChargesStopped],
    period: beforeCustodyExpiry(182, 'the day before', dayBefore),
    warnings: [5],
    task: {
      kind: 'custody-limit-production',
      title: 'Check that the defendant will be brought to court before the custody time limit expires',
      when: 'on-alert',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'The defendant is released without the court having dealt with bail conditions.',
    examples: [
      {
        facts: { expiresOn: '2026-12-24' },
        legalDue: '2026-12-23',
        why: 'the second of the two days before',
      },
      {
        facts: { custody: [{ from: '2026-10-05' }] },
        legalDue: '2027-04-04',
        actionDue: '2027-04-02',
        why: 'the limit ends on Monday 5 April 2027; the day before is a Sunday',
      },
    ],
  },
  {
    ...shared,
    id: 'ctl-appeal-prosecution',
    title: 'Appeal against a refusal to extend the custody time limit',
    authority: { instrument: crimPR2025, provision: 'r.14.22(2)(c)', grade: 'A' },
    inForce: sinceCrimPR2025,
    about: 'defendant',
    danger: true,
    starts: perDefendantAndEvent(
      'a magistrates’ court refuses to extend the custody time limit',
      ['custody-limit-extension-refused'],
      (refusal, defendant) =>
        defendant.remand === 'custody' && defendant.offences.some(({ sent }) => sent === undefined)
          ? { expiresOn: refusal.data['expiresOn'] as string }
          : null,
    ),
    meets: [served('custody-limit-appeal-notice')],
    ends: [
      happened(
        'the limit is extended after all, or the defendant is bailed',
        'custody-limit-extended',
        'bailed',
      ),
      magistratesChargesStopped,
    ],
    period: onTheDay('expiresOn', 'before the end of'),
    warnings: [7, 3, 2, 1],
    task: {
      kind: 'custody-limit-appeal',
      title: 'Ask the CPS at once whether it appeals against the refusal to extend the custody time limit',
      when: 'at-once',
      effortMinutes: 15,
      meets: true,
    },
    ifMissed: 'The expiry stands: the defendant must be released on bail.',
    examples: [
      {
        facts: { expiresOn: '2026-04-02' },
        legalDue: '2026-04-02',
        why: 'the day of expiry, before Good Friday',
      },
      {
        facts: { expiresOn: '2026-03-29' },
        legalDue: '2026-03-29',
        actionDue: '2026-03-27',
        why: 'a Sunday, on which the clocks go forward',
      },
    ],
  },
  {
    ...shared,
    id: 'ctl-appeal-hearing',
    title: 'Crown Court hears the appeal against a refusal to extend',
    authority: { instrument: crimPR2025, provision: 'r.14.22(4)', grade: 'A' },
    inForce: sinceCrimPR2025,
    owner: 'court',
    about: 'defendant',
    starts: perServing('notice of appeal against a refusal to extend is served', [
      'custody-limit-appeal-notice',
    ]),
    meets: [
      happened('the limit is extended, or the defendant is bailed', 'custody-limit-extended', 'bailed'),
    ],
    ends: [magistratesChargesStopped],
    period: businessDaysAfterService(2),
    warnings: [],
    task: {
      kind: 'custody-limit-appeal',
      title: 'Find out what the Crown Court decided on the custody time limit',
      when: 'on-alert',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'The limit may expire before the appeal is heard.',
    examples: [
      { facts: { servedOn: '2026-04-02' }, legalDue: '2026-04-08', why: 'Easter stands between' },
      { facts: { servedOn: '2026-06-09' }, legalDue: '2026-06-11', why: 'the second business day after' },
    ],
  },
];
