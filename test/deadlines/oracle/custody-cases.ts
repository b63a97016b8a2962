import type { OffenceClass, Plan, Told } from './case-plans.ts';
import type { Day } from './days.ts';

/** Cases of one defendant in custody, for what the court does to a custody time limit. */
const codes = { 'summary-only': 'PL96001', 'either-way': 'TH68006', 'indictable-only': 'COML025' };

export const inCustody = (of: OffenceClass, remandedOn: Day, events: Told[], witnesses = 0): Plan => {
  const offence = { code: codes[of], title: 'An offence', class: of, committedOn: remandedOn };
  const person = { name: 'Alex Example', contact: { phone: '01632 960001' }, preferred: 'phone' };
  const defendant = { name: 'Sam Example', remand: 'custody' as const, remandedOn };
  const ordinary = { kind: 'crime', anticipatedPlea: 'none', officer: 'PC1001' };
  return {
    body: {
      ...ordinary,
      initiation: 'charge',
      receivedAt: `${remandedOn}T09:00:00Z`,
      ...{ domesticAbuse: false, hateCrime: false, hearings: [], victims: [] },
      defendants: [{ ...defendant, offences: [{ ...offence, chargedOn: remandedOn }] }],
      witnesses: Array.from({ length: witnesses }, () => ({ ...person, enhancedRights: false })),
    },
    events,
  };
};

export const told = (type: string, on: Day, data?: Record<string, unknown>): Told => ({
  ...{ type, at: `${on}T10:00:00Z`, receivedAt: `${on}T10:00:00Z`, defendant: 0 },
  ...(data === undefined ? {} : { data }),
});
