import { happened } from '../conditions.ts';
import { crimPR2025, sinceCrimPR2020 } from '../instruments.ts';
import { concluded, inMagistrates, lastOfAll } from '../outcomes.ts';
import { notBefore } from '../periods.ts';
import type { Rule } from '../rule.ts';
import { concernsDefendant, perCase, perDefendant } from '../starts.ts';

const record = { version: 1, consequence: 'record', danger: false, ends: [], warnings: [] } as const;

export const retention: readonly Rule[] = [
  {
    ...record,
    id: 'exhibit-6-weeks',
    title: 'Keep court exhibits',
    authority: { instrument: crimPR2025, provision: 'rr.34.4(4), 34.5', grade: 'A' },
    inForce: sinceCrimPR2020,
    owner: 'police',
    about: 'case',
    starts: perCase('proceedings in the magistrates’ court conclude', (state) => {
      const last = concluded(state);
      const magistrates = state.defendants.every(({ offences }) => offences.every(inMagistrates));
      return last && magistrates ? { cause: last, facts: { concludedOn: last.on } } : null;
    }),
    meets: [],
    ends: [happened('an appeal is lodged: keep them until it is over', 'appeal-lodged')],
    period: notBefore({ weeks: 6 }, 'concludedOn'),
    task: {
      kind: 'exhibits',
      title: 'The exhibits need no longer be kept for the court: decide on return or disposal',
      when: 'on-alert',
      effortMinutes: 10,
      meets: true,
    },
    ifMissed: 'Property is kept longer than it need be.',
    examples: [
      { facts: { concludedOn: '2026-02-23' }, legalDue: '2026-04-07', why: 'Easter Monday moves forward' },
      { facts: { concludedOn: '2026-06-01' }, legalDue: '2026-07-13', why: 'six weeks' },
    ],
  },
  {
    ...record,
    id: 'cpia-retention',
    title: 'Keep relevant material after conviction',
    authority: {
      instrument: 'Criminal Procedure and Investigations Act 1996, Code of Practice',
      provision: 'para 5, in a summary by the Law Commission',
      grade: 'B',
    },
    inForce: { from: '1997-04-01' },
    owner: 'police',
    about: 'defendant',
    starts: perDefendant('the last conviction of a defendant', (defendant, state) => {
      const last = lastOfAll(
        defendant.offences.map(({ convicted }) => convicted).filter((one) => one !== undefined),
      );
      if (!last) return null;
      const custodial = state.decisions.some(
        (event) =>
          event.type === 'sentenced' &&
          event.data['custodial'] === true &&
          concernsDefendant(event, defendant),
      );
      return {
        cause: last,
        facts: { convictedOn: last.on },
        ...(custodial ? { assumed: ['The sentence is custodial: keep it until release at the least'] } : {}),
      };
    }),
    meets: [],
    ends: [happened('an appeal is lodged: keep it until that is over', 'appeal-lodged')],
    period: notBefore({ months: 6 }, 'convictedOn'),
    task: {
      kind: 'retention-review',
      title: 'Review whether the material must still be kept (custodial sentence, appeal)',
      when: 'on-alert',
      effortMinutes: 15,
      meets: true,
    },
    ifMissed: 'Material is kept longer than it need be.',
    examples: [
      {
        facts: { convictedOn: '2026-06-25' },
        legalDue: '2026-12-29',
        why: 'Christmas Day moves forward past the weekend and the bank holiday of the 28th',
      },
      { facts: { convictedOn: '2026-01-15' }, legalDue: '2026-07-15', why: 'six months' },
    ],
  },
];
