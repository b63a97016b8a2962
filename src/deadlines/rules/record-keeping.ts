import type { CaseState } from '../case-state.ts';
import { happened } from '../conditions.ts';
import { correctsEntry, owedRecords, wrongRecords } from '../owed-records.ts';
import {
  correctionLimit,
  correctionRule,
  policeSystemNames,
  policeSystems,
  recordEntries,
  recordTaskKind,
  type PoliceSystem,
  type RecordEntry,
} from '../record-entries.ts';
import type { Example, Rule, Start } from '../rule.ts';
import { resultRecorded } from './results.ts';

const record = { version: 1, owner: 'hub', consequence: 'record', danger: false } as const;

/** Only the entry itself completes it, with who, when and the system's reference. */
const enterTask = (title: string, effortMinutes: number): Rule['task'] => ({
  kind: recordTaskKind,
  title,
  when: 'at-once',
  effortMinutes,
  meets: false,
});

function ruleOf(entry: RecordEntry): Rule {
  const { id, system, entry: what, owedBy, only, each, period, authority, from, toldBy } = entry;
  const title = `Enter in ${policeSystems[system]}: ${what}`;
  return {
    ...record,
    id,
    title,
    authority,
    inForce: { from },
    about: each,
    starts: {
      says: `${owedBy.join(', ').replaceAll('-', ' ')}${only === undefined ? '' : `; ${only} alone`}`,
      find: (state) => startsOf(entry, state),
    },
    meets: toldBy === undefined ? [] : [happened('it is recorded', toldBy)],
    ends: each === 'hearing' ? [resultRecorded] : [],
    period,
    warnings: entry.warnings ?? [],
    task: enterTask(title, entry.effortMinutes),
    ifMissed: entry.ifMissed,
    examples: examplesOf(entry),
  };
}

function startsOf(entry: RecordEntry, state: CaseState): Start[] {
  return owedRecords(entry, state).flatMap((owed): Start[] => {
    const [first] = owed.events;
    const isHours = entry.period.needs.flat().includes('arrestedAt');
    if (isHours && first.at === undefined) return [];
    const corrects = correctsEntry(entry, owed, state);
    return [
      {
        subject: owed.subject,
        clock: first.eventId,
        facts:
          isHours && first.at !== undefined ? { arrestedAt: first.at } : { receivedAt: first.receivedAt },
        on: entry.each === 'hearing' ? hearingDay(state, owed.subject.hearingId, first.on) : first.on,
        by: first.eventId,
        ...(corrects ? { assumed: ['What was entered before was taken back: this corrects it'] } : {}),
      },
    ];
  });
}

/** The entry of a hearing is of use until the hearing has its result. */
function hearingDay({ hearings }: CaseState, id: string | undefined, otherwise: string): string {
  return hearings.find((hearing) => hearing.id === id)?.on ?? otherwise;
}

function correctionOf(system: PoliceSystem): Rule {
  const { period, authority, from, effortMinutes } = correctionLimit;
  const title = `Correct in ${policeSystems[system]} what was entered and is wrong`;
  return {
    ...record,
    id: correctionRule(system),
    title,
    authority,
    inForce: { from },
    about: 'defendant',
    starts: {
      says: 'an event is taken back that was entered, and nothing that is entered by itself takes its place',
      find: (state) =>
        wrongRecords(system, state).map(({ subject, entry, by }) => ({
          subject,
          clock: `${by.eventId}:${entry.id}`,
          facts: { receivedAt: by.receivedAt },
          on: by.on,
          by: by.eventId,
          assumed: [`What was entered and is wrong: ${entry.entry}`],
        })),
    },
    meets: [],
    ends: [],
    period,
    warnings: [],
    task: enterTask(title, effortMinutes),
    ifMissed: 'Whoever reads the system goes by what is not so.',
    examples: byWorkingDays(1),
  };
}

/** Worked by hand for every number of days in the table: over Easter, and from the Friday before Christmas. */
const worked: Record<number, readonly [easter: string, christmas: string]> = {
  1: ['2026-04-07', '2026-12-21'],
  2: ['2026-04-08', '2026-12-22'],
  5: ['2026-04-13', '2026-12-29'],
};

function byWorkingDays(days: number): [Example, Example] {
  const [easter, christmas] = worked[days] ?? ['', ''];
  return [
    { facts: { receivedAt: '2026-04-02T09:00:00.000Z' }, legalDue: easter, why: 'over Easter' },
    {
      facts: { receivedAt: '2026-12-18T16:50:00.000Z' },
      legalDue: christmas,
      why: 'from a Friday in December',
    },
  ];
}

function examplesOf({ id, period }: RecordEntry): Rule['examples'] {
  if (id === 'pnc-as-24h')
    return [
      {
        facts: { arrestedAt: '2026-10-24T13:00:00.000Z' },
        legalDue: '2026-10-25T13:00:00.000Z',
        why: '24 hours as they pass: from 2pm to 1pm, because the clocks go back',
      },
      {
        facts: { arrestedAt: '2026-06-10T09:00:00.000Z' },
        legalDue: '2026-06-11T09:00:00.000Z',
        why: '24 hours',
      },
    ];
  if (id === 'pnc-disposal-7d')
    return [
      {
        facts: { receivedAt: '2026-12-18T16:50:00.000Z' },
        legalDue: '2026-12-25',
        actionDue: '2026-12-24',
        why: 'calendar days; act before Christmas',
      },
      { facts: { receivedAt: '2026-06-01T09:00:00.000Z' }, legalDue: '2026-06-08', why: 'seven days' },
    ];
  return byWorkingDays(period.adjust?.amount ?? 0);
}

export const recordKeeping: readonly Rule[] = [
  ...recordEntries.map(ruleOf),
  ...policeSystemNames.map(correctionOf),
];
