import type { ChaserLevel, StandsIn } from '../../db/schema/materials.ts';
import { sayDate, type CivilDate } from '../calendar/civil-date.ts';

/** One step that was carried out, or one answer that came. */
export type Told = {
  on: CivilDate;
  what: ChaserLevel | 'answer';
  who: string;
  standsIn: StandsIn | null;
  answer: string | null;
  until: CivilDate | null;
  reason: string | null;
};

const asWhom: Record<ChaserLevel, string> = {
  officer: 'the officer in the case',
  sergeant: 'the sergeant',
  inspector: 'the inspector',
  caseworker: 'the caseworker',
};

const answers: Record<string, string> = {
  sent: 'it has been sent',
  late: 'it will be late',
  'not-mine': 'it is not theirs',
  cannot: 'it cannot be had',
};

/** What was asked of whom and what they answered, a sentence each, in the order in which it happened. Pure. */
export function tellStory(told: readonly Told[]): string[] {
  return told.map(({ on, what, who, standsIn, answer, until, reason }) => {
    if (what !== 'answer') return `${sayDate(on)}: ${who} was asked, as ${sayAs(standsIn, what)}`;
    const late = until === null ? '' : ` until ${sayDate(until)}`;
    return `${sayDate(on)}: ${who} answered that ${answers[answer ?? ''] ?? answer}${late}${reason === null ? '' : ` (${reason})`}`;
  });
}

function sayAs(standsIn: StandsIn | null, what: ChaserLevel): string {
  if (standsIn === 'deputy') return `deputy for ${asWhom[what]}`;
  if (standsIn === 'away') return `next in line, since ${asWhom[what]} was away`;
  return `${asWhom[what]}${standsIn === 'next-shift' ? ', to read it on their next shift' : ''}`;
}
