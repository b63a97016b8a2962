import type { z } from 'zod';
import type { caseSchema } from '../api/case-json.ts';
import { sayDayOf } from './say.ts';

export type CaseJson = z.output<typeof caseSchema>;

/** A case in a few lines, for wherever somebody has to see its state without leaving what they do. */
export type CaseGlance = {
  href: string;
  urn: string;
  defendants: { name: string; remand: string }[];
  custodyLimit: { on: string; defendant: string } | null;
  nextHearing: string | null;
  flags: string[];
  officer: string;
  state: string;
};

const remandWords: Record<string, string> = {
  custody: 'in custody',
  'conditional-bail': 'on conditional bail',
  'unconditional-bail': 'on unconditional bail',
  none: 'not remanded',
};

/**
 * @param today the day it is, London
 */
export function glanceAt(found: CaseJson, today: string): CaseGlance {
  const limits = found.deadlines
    .filter(({ rule, state, legalDue }) => rule.startsWith('ctl-') && state === 'pending' && legalDue)
    .toSorted((one, other) => ((one.legalDue ?? '') < (other.legalDue ?? '') ? -1 : 1));
  const [limit] = limits;
  const hearing = found.hearings
    .filter(({ state, on }) => state === 'listed' && on >= today)
    .toSorted((one, other) => (one.on < other.on ? -1 : 1))[0];
  const enhanced = [...found.victims, ...found.witnesses].some(
    ({ entitlement }) => entitlement === 'enhanced',
  );
  return {
    href: `/cases/${found.urn}`,
    urn: found.urn,
    defendants: found.defendants.map(({ name, remand }) => ({ name, remand: remandWords[remand] ?? remand })),
    custodyLimit:
      limit?.legalDue == null
        ? null
        : {
            on: sayDayOf(limit.legalDue),
            defendant: found.defendants.find(({ id }) => id === limit.subject.defendantId)?.name ?? '',
          },
    nextHearing: hearing
      ? `${sayDayOf(hearing.on)}, ${hearing.courtName} (${hearing.type.replaceAll('-', ' ')})`
      : null,
    flags: [
      ...(found.domesticAbuse ? ['Domestic abuse'] : []),
      ...(found.hateCrime ? ['Hate crime'] : []),
      ...(found.sexualOffence ? ['Sexual offence'] : []),
      ...(enhanced ? ['Enhanced rights'] : []),
      ...(found.restricted ? ['Restricted'] : []),
    ],
    officer: found.officer,
    state: found.state === 'open' ? 'Open' : 'Finalised',
  };
}
