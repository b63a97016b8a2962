import type { CaseEvent, Registration } from '../../src/cases/events.ts';

export const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
/** The one defendant of the case, and the one charge. */
export const [defendant, offence] = [id(1), id(2)];

/** Theft, charged on 29 May; in custody since 1 June. */
export const registration: Registration = {
  kind: 'crime',
  initiation: 'charge',
  anticipatedPlea: 'none',
  officer: 'PC1001',
  domesticAbuse: false,
  hateCrime: false,
  sexualOffence: false,
  defendants: [
    {
      id: defendant,
      remand: 'custody',
      remandedOn: '2026-06-01',
      offences: [
        {
          id: offence,
          code: 'TH68006',
          class: 'either-way',
          committedOn: '2026-05-01',
          chargedOn: '2026-05-29',
          domesticAbuse: false,
        },
      ],
    },
  ],
  hearings: [],
  people: [],
};

const stored = (type: CaseEvent['type'], on: string, seq: number, data: object = {}): CaseEvent => ({
  id: id(100 + seq),
  seq,
  type,
  on,
  at: null,
  receivedAt: `${on}T12:00:00.000Z`,
  recordedBy: 'cw-1',
  defendantId: type.startsWith('custody-limit-') ? defendant : null,
  offenceId: null,
  hearingId: type.startsWith('hearing-') ? id(50) : null,
  personId: null,
  data: data as Record<string, unknown>,
  supersedes: null,
});

export type Told = [type: CaseEvent['type'], on: string, data?: object];

/** The events of a case: its receipt, and what is told after it. Ids count from 102; the hearing that one lists is 50. */
export function eventsOf(given: Registration, ...told: readonly Told[]): CaseEvent[] {
  return [
    stored('case-received', '2026-06-01', 1, given),
    ...told.map(([type, on, data], i) => stored(type, on, i + 2, data)),
  ];
}
