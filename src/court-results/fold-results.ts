import { isCivilDate } from '../calendar/civil-date.ts';
import { instantAt } from '../calendar/london-time.ts';
import type { Instant } from '../platform/clock.ts';
import { canonical, hashOf } from './canonical.ts';
import type { CourtCase, CourtDefendant, CourtOffence } from './court-message.ts';
import { inDoubt, settledValue, type Choices, type Doubt } from './doubts.ts';
import { agreedBail, agreedOffence, bailOf, type BailSaid } from './what-ties-agree-on.ts';

/** What one message says of one case, as it is stored. */
export type StoredResult = {
  id: string;
  content: CourtCase;
  sentAt: Instant | null;
  receivedAt: Instant;
};

/** A hearing of which results stand: the newest word on each defendant and offence. */
export type Sitting = {
  /** The day and the court: a message for the same two is of the same hearing. */
  key: string;
  on: string;
  court: string;
  time: string | null;
  at: Instant | null;
  /** When the first of the messages of it came. */
  receivedAt: Instant;
  defendants: SatDefendant[];
};

export type SatDefendant = { ref: string; bail: BailSaid; offences: SatOffence[] };

/** `key` tells a defendant’s offences apart over all hearings; `receivedAt` is when what stands came first. */
export type SatOffence = CourtOffence & { key: string; receivedAt: Instant };

/**
 * The results that stand for a case, by date of hearing. A newer message replaces what an older one said of the same
 * hearing, defendant and offence, and nothing else; in which order and how often they came makes no difference. Where
 * two differ and neither is newer a person decides, and until then only what both say stands. Pure.
 */
export function foldResults(
  stored: readonly StoredResult[],
  choices: Choices,
): { sittings: Sitting[]; doubts: Doubt[] } {
  const doubts: Doubt[] = [];
  const bySitting = new Map<string, Dated[]>();
  for (const result of [...stored].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const on = dayOf(result, choices, doubts);
    if (on === null) continue;
    const key = `${on}@${result.content.hearing.court}`;
    bySitting.set(key, [...(bySitting.get(key) ?? []), { ...result, on }]);
  }
  const sittings = [...bySitting].map(([key, results]) => sittingOf(key, results, choices, doubts));
  sittings.sort((a, b) => (momentKey(a) < momentKey(b) ? -1 : 1));
  return { sittings, doubts: unique(doubts) };
}

type Dated = StoredResult & { on: string };

const momentKey = ({ on, time, court }: Sitting): string => `${on} ${time ?? ''} ${court}`;

function dayOf({ id, content }: StoredResult, choices: Choices, doubts: Doubt[]): string | null {
  const { on, court } = content.hearing;
  if (isCivilDate(on)) return on;
  const source = `hearing-date:${id}`;
  const value = settledValue(choices, source);
  if (value === inDoubt)
    doubts.push({
      kind: 'hearing-date',
      source,
      facts: { why: 'The message gives no day of the calendar for the hearing.', court, value: on },
    });
  return value !== null && isCivilDate(value) ? value : null;
}

function sittingOf(key: string, results: readonly Dated[], choices: Choices, doubts: Doubt[]): Sitting {
  const [first] = results;
  if (first === undefined) throw new Error('a hearing has results');
  const { on } = first;
  const { court } = first.content.hearing;
  const time = newestOf(results.map((one) => ({ ...one, says: one.content.hearing.time }))).map(
    ({ says }) => says,
  )[0];
  const refs = [
    ...new Set(results.flatMap(({ content }) => content.defendants.map(({ ref }) => ref))),
  ].sort();
  const defendants = refs.map((ref): SatDefendant => {
    const said = results.flatMap((one) =>
      one.content.defendants.filter((each) => each.ref === ref).map((defendant) => ({ ...one, defendant })),
    );
    return {
      ref,
      bail: standing(
        said.map((one) => ({ ...one, says: bailOf(one.defendant) })),
        { key, on, court, ref, offence: null },
        choices,
        doubts,
        agreedBail,
      ).says,
      offences: offencesOf(said, { key, on, court, ref }, choices, doubts),
    };
  });
  const receivedAt = results.map((one) => one.receivedAt).sort()[0] ?? first.receivedAt;
  const at = time === null || time === undefined ? null : instantAt(on, time);
  return { key, on, court, time: time ?? null, at, receivedAt, defendants };
}

type Said<T> = { id: string; sentAt: Instant | null; receivedAt: Instant; says: T };
type Place = { key: string; on: string; court: string; ref: string };

function offencesOf(
  said: readonly (Dated & { defendant: CourtDefendant })[],
  place: Place,
  choices: Choices,
  doubts: Doubt[],
): SatOffence[] {
  const byKey = new Map<string, Said<CourtOffence>[]>();
  for (const { id, sentAt, receivedAt, defendant } of said)
    for (const [key, says] of numbered(defendant.offences, place, choices, doubts))
      byKey.set(key, [...(byKey.get(key) ?? []), { id, sentAt, receivedAt, says }]);
  return [...byKey]
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([key, versions]) => {
      const { says, receivedAt } = standing(
        versions,
        { ...place, offence: versions[0]?.says ?? null },
        choices,
        doubts,
        agreedOffence,
      );
      return { ...says, key, receivedAt };
    });
}

/** An offence is known by its sequence number. Two of one number in a message are nobody’s to tell apart. */
function numbered(
  offences: readonly CourtOffence[],
  { key, on, court, ref }: Place,
  choices: Choices,
  doubts: Doubt[],
): [string, CourtOffence][] {
  const times = new Map<string, number>();
  return offences.flatMap((offence): [string, CourtOffence][] => {
    const name = offence.sequence === '' ? `code ${offence.code}` : offence.sequence;
    const nth = (times.get(name) ?? 0) + 1;
    times.set(name, nth);
    if (nth === 1) return [[name, offence]];
    const source = `same-sequence:${key}:${ref}:${name}:${nth}`;
    const value = settledValue(choices, source);
    if (value === inDoubt)
      doubts.push({
        kind: 'same-sequence',
        source,
        facts: {
          why: `Two offences of the message have the sequence number ${name}: give the right one for ${offence.code}.`,
          ...{ hearingOn: on, court, defendant: ref, sequence: offence.sequence, offence: offence.code },
        },
      });
    return value === null || value === inDoubt ? [] : [[value, { ...offence, sequence: value }]];
  });
}

/** What no other of the same hearing, defendant and offence is newer than: more than one where some have no time. */
function newestOf<T extends { sentAt: Instant | null }>(versions: readonly T[]): T[] {
  const times = versions.flatMap(({ sentAt }) => (sentAt === null ? [] : [sentAt])).sort();
  return versions.filter(({ sentAt }) => sentAt === null || sentAt === times.at(-1));
}

/** The version that stands; in a tie the one that a person chose, else what all of them agree on. */
function standing<T>(
  versions: readonly Said<T>[],
  place: Place & { offence: CourtOffence | null },
  choices: Choices,
  doubts: Doubt[],
  agreed: (all: readonly [T, ...T[]]) => T,
): { says: T; receivedAt: Instant } {
  const newest = newestOf(versions);
  const different = new Map<string, Said<T>>();
  for (const version of newest) {
    const text = canonical(version.says);
    const same = different.get(text);
    if (same === undefined || version.receivedAt < same.receivedAt) different.set(text, version);
  }
  const [first, ...others] = [...different]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, version]) => version);
  if (first === undefined) throw new Error('there is at least one version');
  if (others.length === 0) return first;
  const all = [first, ...others];
  const which = place.offence === null ? 'bail' : place.offence.sequence || place.offence.code;
  const source = `tie:${place.key}:${place.ref}:${which}:${hashOf([...different.keys()].sort().join()).slice(0, 16)}`;
  const made = choices.get(source);
  const kept = made?.choice === 'keep' ? newest.find(({ id }) => id === made.result) : undefined;
  if (kept !== undefined) return kept;
  doubts.push({
    kind: 'tie',
    source,
    facts: {
      why: `${all.length} messages say different things of this hearing, and none says that it is newer. What they agree on stands; custody stands if any of them says it.`,
      ...{ hearingOn: place.on, court: place.court, defendant: place.ref },
      ...(place.offence === null ? { danger: true as const } : {}),
      ...(place.offence === null ? {} : { sequence: place.offence.sequence, offence: place.offence.code }),
      results: all.map(({ id }) => id).sort(),
    },
  });
  const receivedAt = all.map((one) => one.receivedAt).sort()[0] ?? first.receivedAt;
  return { says: agreed([first.says, ...others.map(({ says }) => says)]), receivedAt };
}

function unique(doubts: readonly Doubt[]): Doubt[] {
  return [...new Map(doubts.map((doubt) => [doubt.source, doubt])).values()];
}
