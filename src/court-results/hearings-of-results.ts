import { isCivilDate } from '../calendar/civil-date.ts';
import type { CaseState, HearingState, HearingType } from '../deadlines/case-state.ts';
import type { DesiredEvent, Work } from './case-results.ts';
import type { NextHearing } from './court-message.ts';
import { inDoubt, settledValue } from './doubts.ts';
import * as codes from './result-codes.ts';

type Seen = { whole: CaseState; before: CaseState; desired: readonly DesiredEvent[] };
type Next = { on: string; time: string | null; court: HearingState['court']; courtName: string };
type Asked = Next & { type: HearingType; isMove: boolean };

/**
 * The next hearings that a hearing fixed: listed once, whichever and however many charges name them, and not where
 * the case has them already. A hearing of the day that the court put on another day is moved. Pure.
 */
export function hearingEvents(work: Work, seen: Seen): DesiredEvent[] {
  const { sitting } = work;
  const asked = new Map<string, Asked>();
  for (const defendant of sitting.defendants)
    for (const offence of defendant.offences)
      for (const result of offence.results) {
        if (result.nextHearing === null) continue;
        const next = nextOf(work, result.nextHearing, defendant.ref, offence.key);
        if (next === null) continue;
        const given = offence.results.flatMap(({ code }) => (code === null ? [] : [code]));
        const isMove = given.some((code) => codes.rescheduledResults.has(code));
        const key = `${next.on} ${next.court}`;
        const known = asked.get(key);
        const type = typeOf(result.nextHearing.reason, next, given);
        if (known === undefined) asked.set(key, { ...next, type, isMove });
        else if (known.type === 'other') known.type = type;
      }
  const all = [...asked.values()].sort((a, b) => (a.on < b.on ? -1 : 1));
  return all.flatMap((next, i) => eventFor(work, seen, next, i, all.length));
}

function eventFor(work: Work, seen: Seen, next: Asked, i: number, count: number): DesiredEvent[] {
  const { sitting } = work;
  const { on, time, court, courtName, type } = next;
  const base: DesiredEvent = {
    key: `next:${sitting.key}:${on}:${court}`,
    type: 'hearing-listed',
    on: sitting.on,
    at: sitting.at,
    receivedAt: sitting.receivedAt,
    defendantId: null,
    offenceId: null,
    hearing: null,
    data: {},
  };
  const at = time === null ? {} : { at: time };
  const hearings = hearingsKnown(seen);
  const same = hearings.find((one) => one.on === on && one.court === court);
  if (same !== undefined) {
    if (time === null || same.time === time) return [];
    return [{ ...base, type: 'hearing-moved', hearing: placeOf(same), data: { on, ...at } }];
  }
  const today = hearings.filter((one) => one.on === sitting.on);
  const [moved] = today;
  if (next.isMove && moved !== undefined && today.length === 1 && count === 1 && i === 0)
    return [
      { ...base, type: 'hearing-moved', hearing: placeOf(moved), data: { on, ...at, court, courtName } },
    ];
  return [{ ...base, data: { on, ...at, court, courtName, type } }];
}

/** Every hearing that stands: those of the case, and those that earlier results list, by their keys. */
function hearingsKnown({ whole, before, desired }: Seen): HearingState[] {
  const standing = before.hearings.filter(
    ({ id }) => id.startsWith('next:') || !whole.hearings.some((one) => one.id === id),
  );
  const moved = new Set(
    desired.flatMap(({ type, hearing }) =>
      type === 'hearing-moved' && hearing !== null && 'id' in hearing ? [hearing.id] : [],
    ),
  );
  const own = whole.hearings.map((one) =>
    moved.has(one.id) ? (before.hearings.find(({ id }) => id === one.id) ?? one) : one,
  );
  return [...own, ...standing].filter(({ state }) => state === 'listed');
}

function placeOf({ id }: HearingState): DesiredEvent['hearing'] {
  return id.startsWith('next:') ? { key: id } : { id };
}

function nextOf(work: Work, said: NextHearing, ref: string, key: string): Next | null {
  const on = dayOf(work, said.on, ref, key);
  if (on === null) return null;
  const { sitting, choices, standing, doubts } = work;
  const found = standing.court(said.court);
  if (found !== null) return { on, time: said.time, court: found.type, courtName: found.name };
  // The first letter of a court’s code is its kind: B for magistrates’ courts, C for the Crown Court.
  const kind = ({ B: 'magistrates', C: 'crown' } as const)[said.court.slice(0, 1)];
  if (kind !== undefined && said.court.length >= 6)
    return { on, time: said.time, court: kind, courtName: said.court };
  const source = `next-court:${sitting.key}:${ref}:${key}:${said.court}`;
  const value = settledValue(choices, source);
  const given = typeof value === 'string' ? standing.court(value) : null;
  if (given !== null) return { on, time: said.time, court: given.type, courtName: given.name };
  if (value === inDoubt)
    doubts.push({
      kind: 'next-court',
      source,
      facts: {
        why: `The court of the next hearing${said.court === '' ? ' is not given' : ` (${said.court}) is not known`}.`,
        ...{ hearingOn: sitting.on, court: sitting.court, defendant: ref, sequence: key, value: said.court },
      },
    });
  return null;
}

/** A next hearing is on the day of the hearing or after it. */
function dayOf({ sitting, choices, doubts }: Work, said: string, ref: string, key: string): string | null {
  if (isCivilDate(said) && said >= sitting.on) return said;
  const source = `next-hearing:${sitting.key}:${ref}:${key}:${said}`;
  const value = settledValue(choices, source);
  if (value !== null && value !== inDoubt) return isCivilDate(value) && value >= sitting.on ? value : null;
  if (value === inDoubt)
    doubts.push({
      kind: 'next-hearing',
      source,
      facts: {
        why: isCivilDate(said)
          ? 'The next hearing is before the hearing itself.'
          : said === ''
            ? 'A next hearing is named without its day.'
            : 'The day of the next hearing is no day of the calendar.',
        ...{ hearingOn: sitting.on, court: sitting.court, defendant: ref, sequence: key, value: said },
      },
    });
  return null;
}

/** What the court fixed it for, where its own words begin with that; otherwise "other". */
function typeOf(reason: string, { court }: Next, given: readonly string[]): HearingType {
  const words = reason
    .toLowerCase()
    .replace(/^adjourned\s+/, '')
    .replace(/^for\s+(?:an?\s+|the\s+)?/, '');
  if (/^(?:summary\s+)?trial\b/.test(words)) return 'trial';
  if (/^(?:plea and (?:trial preparation|case management)|ptph|pcmh)\b/.test(words)) return 'ptph';
  if (/^(?:sentenc|pre-sentence report)/.test(words)) return 'sentence';
  if (court !== 'crown') return 'other';
  if (given.some((code) => codes.sentForTrial.has(code))) return 'ptph';
  return given.some((code) => codes.committedForSentence.has(code)) ? 'sentence' : 'other';
}
