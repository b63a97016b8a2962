import type { z } from 'zod';
import { daysBetween } from '../../calendar/civil-date.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import { findRule } from '../../deadlines/rules/register.ts';
import type { caseSchema } from '../api/case-json.ts';
import { sayDue } from './deadline-facts.ts';
import { sayDayOf } from './say.ts';

export type CaseJson = z.output<typeof caseSchema>;

/** A case in a few lines, for wherever somebody has to see its state without leaving what they do. */
export type CaseGlance = {
  href: string;
  urn: string;
  defendants: { name: string; remand: string }[];
  /** Dates after which the case cannot go on or somebody is freed, nearest first; what is near is told as a warning. */
  limits: { title: string; on: string; left: string; about: string; isNear: boolean }[];
  nextHearing: string | null;
  flags: { text: string; isRight: boolean }[];
  officer: string;
  state: string;
};

const remandWords: Record<string, string> = {
  custody: 'in custody',
  'conditional-bail': 'on conditional bail',
  'unconditional-bail': 'on unconditional bail',
  none: 'not remanded',
};

/** So many days before a limit it is told as a warning: those in which its task is critical, and a weekend. */
const nearDays = 7;

/**
 * @param today the day it is, London
 */
export function glanceAt(found: CaseJson, today: string): CaseGlance {
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
    limits: limitsOf(found, today),
    nextHearing: hearing
      ? `${sayDayOf(hearing.on)}, ${hearing.courtName} (${hearing.type.replaceAll('-', ' ')})`
      : null,
    flags: [
      ...(enhanced ? [{ text: 'Enhanced rights', isRight: true }] : []),
      ...(found.domesticAbuse ? [plain('Domestic abuse')] : []),
      ...(found.hateCrime ? [plain('Hate crime')] : []),
      ...(found.sexualOffence ? [plain('Sexual offence')] : []),
      ...(found.restricted ? [plain('Restricted')] : []),
    ],
    officer: found.officer,
    state: found.state === 'open' ? 'Open' : 'Finalised',
  };
}

const plain = (text: string) => ({ text, isRight: false });

function limitsOf({ deadlines, defendants }: CaseJson, today: string): CaseGlance['limits'] {
  const running = deadlines
    .filter(({ rule, ruleVersion, state }) => state === 'pending' && findRule(rule, ruleVersion)?.danger)
    .flatMap(({ title, legalDue, subject }) =>
      legalDue === null
        ? []
        : [{ title, legalDue, about: defendants.find(({ id }) => id === subject.defendantId)?.name ?? '' }],
    );
  // Of a defendant's charges with the same limit one is enough.
  const each = new Map(running.map((one) => [Object.values(one).join(), one]));
  return [...each.values()]
    .toSorted((one, other) => (one.legalDue < other.legalDue ? -1 : 1))
    .map(({ title, legalDue, about }) => {
      const days = daysBetween(today, legalDue.length === 10 ? legalDue : civilDateOf(legalDue));
      return { title, on: sayDue(legalDue), left: sayLeft(days), about, isNear: days <= nearDays };
    });
}

function sayLeft(days: number): string {
  if (days < 0) return 'passed';
  if (days <= 1) return days === 0 ? 'today' : 'tomorrow';
  return `in ${days} days`;
}
