import type { Cause } from '../case-state.ts';
import { finding, pleaOrFinding, served } from '../conditions.ts';
import { crimPR2025, sinceCrimPR2020 } from '../instruments.ts';
import { businessDaysAfter, calendarDaysAfter, daysBefore } from '../periods.ts';
import type { Rule } from '../rule.ts';
import { arraigned, firstSent } from '../sendings.ts';
import { perCase, perDefendant, perHearing } from '../starts.ts';

export const pleaHearing: readonly Rule[] = [
  {
    id: 'ptph-28',
    version: 1,
    title: 'Plea and trial preparation hearing, usually within 28 days of sending',
    authority: { instrument: 'Better Case Management', provision: 'PTPH usually 28 days', grade: 'B' },
    inForce: { from: '2016-01-05' },
    owner: 'court',
    about: 'case',
    consequence: 'record',
    danger: false,
    starts: perCase('the first sending to the Crown Court', (state) => {
      const cause = state.defendants
        .flatMap((defendant) => firstSent(defendant) ?? [])
        .reduce<Cause | undefined>(
          (first, one) => (first === undefined || one.on < first.on ? one : first),
          undefined,
        );
      return cause ? { cause, facts: { sentToCrownCourtOn: cause.on } } : null;
    }),
    meets: [
      {
        says: 'a plea and trial preparation hearing is listed',
        find: (state) =>
          finding(
            state.hearings.find(({ type, state: listed }) => type === 'ptph' && listed === 'listed')?.listed,
          ),
      },
    ],
    ends: [pleaOrFinding],
    period: calendarDaysAfter(28, 'sentToCrownCourtOn'),
    warnings: [14],
    task: {
      kind: 'ptph-listing',
      title: 'Ask the court when the plea and trial preparation hearing is',
      when: 'on-alert',
      effortMinutes: 10,
      meets: false,
    },
    ifMissed: 'Stage dates are set late, and a custody time limit runs meanwhile.',
    examples: [
      { facts: { sentToCrownCourtOn: '2026-01-12' }, legalDue: '2026-02-09', why: '28 calendar days' },
      {
        facts: { sentToCrownCourtOn: '2026-03-09' },
        legalDue: '2026-04-06',
        actionDue: '2026-04-02',
        why: 'Easter Monday',
      },
    ],
  },
  {
    id: 'ptph-serve-7d',
    version: 1,
    title: 'Prosecution material and draft indictment for the plea and trial preparation hearing',
    authority: {
      instrument: 'London Criminal Courts Solicitors’ Association (2016)',
      provision: 'no less than 7 days before the hearing',
      grade: 'B',
    },
    inForce: { from: '2016-01-05' },
    owner: 'cps',
    about: 'hearing',
    consequence: 'hearing',
    danger: false,
    starts: perHearing('a plea and trial preparation hearing is listed', (hearing) =>
      hearing.type === 'ptph' ? { cause: hearing.listed, facts: { hearingOn: hearing.on } } : null,
    ),
    meets: [served('ptph-prosecution-material')],
    ends: [pleaOrFinding],
    period: daysBefore(7, 'hearingOn'),
    warnings: [7],
    task: {
      kind: 'ptph-material',
      title: 'Check that the CPS has what it must serve for the plea and trial preparation hearing',
      when: 'on-alert',
      effortMinutes: 20,
      meets: true,
    },
    ifMissed: 'The hearing cannot deal with the case, and stage dates slip.',
    examples: [
      {
        facts: { hearingOn: '2026-04-13' },
        legalDue: '2026-04-06',
        actionDue: '2026-04-02',
        why: 'Easter Monday, so act on Thursday',
      },
      { facts: { hearingOn: '2026-02-09' }, legalDue: '2026-02-02', why: 'seven days before' },
    ],
  },
  {
    id: 'arraignment-window',
    version: 1,
    title: 'Arraignment: not less than 10 and not more than 80 business days after sending',
    authority: { instrument: crimPR2025, provision: 'r.3.32(5)', grade: 'A' },
    inForce: sinceCrimPR2020,
    owner: 'court',
    about: 'defendant',
    consequence: 'record',
    danger: false,
    starts: perDefendant('a defendant is sent to the Crown Court', (defendant) => {
      const cause = firstSent(defendant);
      return cause ? { cause, facts: { sentToCrownCourtOn: cause.on } } : null;
    }),
    meets: [arraigned],
    ends: [pleaOrFinding],
    period: businessDaysAfter(80, 'sentToCrownCourtOn'),
    warnings: [14],
    task: {
      kind: 'arraignment',
      title: 'Ask the court when the defendant is to be arraigned',
      when: 'never',
      effortMinutes: 10,
      meets: false,
    },
    ifMissed: 'A plea outside the window needs a direction of the court.',
    examples: [
      {
        facts: { sentToCrownCourtOn: '2026-01-12' },
        legalDue: '2026-05-07',
        why: 'sixteen weeks and three holidays',
      },
      {
        facts: { sentToCrownCourtOn: '2026-06-01' },
        legalDue: '2026-09-22',
        why: 'sixteen weeks and the August holiday',
      },
    ],
  },
];
