import { calendarDaysAfterInstant, hoursAfter, workingDaysAfterInstant } from './periods.ts';
import type { Authority, Period } from './rule.ts';

/** The systems of the police in which a case is kept, as people call them. */
export const policeSystems = {
  pnc: 'the Police National Computer (PNC)',
  niche: 'Niche',
  storm: 'STORM',
  wms: 'the Witness Management System (WMS)',
  crash: 'CRASH',
  pronto: 'Pronto',
} as const;
export type PoliceSystem = keyof typeof policeSystems;
export const policeSystemNames = Object.keys(policeSystems) as [PoliceSystem, ...PoliceSystem[]];

/** The kind of every task to enter something: recording the entry completes it, and nothing else does. */
export const recordTaskKind = 'enter-record';

/** Where an entry is owed for some cases or events alone. */
export type EntryScope =
  'traffic collisions' | 'traffic cases' | 'bail with conditions' | 'victims or witnesses' | 'trials';

/** Which event owes which entry in which system, and by when. */
export type RecordEntry = {
  /** The id of its rule. */
  id: string;
  system: PoliceSystem;
  /** What is entered. */
  entry: string;
  owedBy: readonly string[];
  /** Of a defendant one entry takes all events of a day; of a hearing or a person the last event stands. */
  each: 'defendant' | 'hearing' | 'person';
  only?: EntryScope;
  period: Period;
  authority: Authority;
  /** Since when the rule is in force. */
  from: string;
  warnings?: readonly number[];
  /** Events by which a person or a feed may tell that it is entered, besides the entry itself. */
  toldBy?: string;
  effortMinutes: number;
  ifMissed: string;
};

const pncCode = 'Police National Computer Code of Practice (2005), as reported';

/** No published figure was found: a default of the hub, which a force sets with `PUT /api/rule-settings/{rule}`. */
const byDefault = (days: number): Pick<RecordEntry, 'period' | 'authority' | 'from' | 'effortMinutes'> => ({
  period: workingDaysAfterInstant(days, 'receivedAt'),
  authority: {
    instrument: 'Default of the hub',
    provision: `${days} working day${days === 1 ? '' : 's'} after the hub learned of it`,
    grade: 'P',
  },
  from: '2020-01-01',
  effortMinutes: 5,
});

const hearingEvents = ['hearing-listed', 'trial-listed', 'hearing-moved', 'hearing-vacated'];
const finalResults = ['sentenced', 'acquitted', 'discontinued', 'defendant-died'];

/** What has to be entered where. A row here is a rule: its deadline, its task and the list of a case follow from it. */
export const recordEntries: readonly RecordEntry[] = [
  {
    id: 'pnc-as-24h',
    system: 'pnc',
    entry: 'the arrest or summons',
    owedBy: ['arrested'],
    each: 'defendant',
    period: hoursAfter(24, 'arrestedAt'),
    authority: { instrument: pncCode, provision: '90% within 24 hours, all within 3 days', grade: 'B' },
    from: '2005-01-01',
    toldBy: 'pnc-arrest-recorded',
    effortMinutes: 5,
    ifMissed: 'The force misses its standard, and other forces do not see the arrest.',
  },
  {
    ...byDefault(1),
    id: 'record-pnc-charge',
    system: 'pnc',
    entry: 'the charge that was added',
    owedBy: ['charge-added'],
    each: 'defendant',
    ifMissed: 'The charge has no place for its result, which is then lost to the next court.',
  },
  {
    ...byDefault(1),
    id: 'record-pnc-bail',
    system: 'pnc',
    entry: 'the remand, or the bail with its conditions',
    owedBy: ['remanded', 'bailed'],
    each: 'defendant',
    ifMissed: 'Whoever stops the defendant does not see the conditions, or that they should be in custody.',
  },
  {
    ...byDefault(1),
    id: 'record-pnc-warrant',
    system: 'pnc',
    entry: 'that the defendant is wanted on a warrant',
    owedBy: ['warrant-issued'],
    each: 'defendant',
    ifMissed: 'Whoever stops the defendant lets them go.',
  },
  {
    id: 'pnc-disposal-7d',
    system: 'pnc',
    entry: 'the result of the court',
    owedBy: finalResults,
    each: 'defendant',
    period: calendarDaysAfterInstant(7, 'receivedAt'),
    authority: {
      instrument: pncCode,
      provision: '7 days from receipt; a later target of 10 days is quoted',
      grade: 'B',
    },
    from: '2005-01-01',
    warnings: [3],
    toldBy: 'pnc-disposal-recorded',
    effortMinutes: 10,
    ifMissed: 'The record of convictions is wrong when the next court or force reads it.',
  },
  {
    ...byDefault(5),
    id: 'record-pnc-appeal',
    system: 'pnc',
    entry: 'the result of the appeal',
    owedBy: ['appeal-decided'],
    each: 'defendant',
    ifMissed: 'The record shows what the appeal has changed.',
  },
  {
    ...byDefault(2),
    id: 'record-niche-hearing',
    system: 'niche',
    entry: 'the date and court of the hearing, or that it is off',
    owedBy: hearingEvents,
    each: 'hearing',
    ifMissed: 'Officers go by a wrong date.',
  },
  {
    ...byDefault(2),
    id: 'record-niche-charge',
    system: 'niche',
    entry: 'the charge that was added',
    owedBy: ['charge-added'],
    each: 'defendant',
    ifMissed: 'The occurrence does not show what the defendant is tried for.',
  },
  {
    ...byDefault(5),
    id: 'record-niche-result',
    system: 'niche',
    entry: 'the result of the court',
    owedBy: finalResults,
    each: 'defendant',
    ifMissed: 'The occurrence stays open, and its outcome is missing from the force’s figures.',
  },
  {
    ...byDefault(1),
    id: 'record-storm-bail',
    system: 'storm',
    entry: 'the bail conditions, as a marker on the addresses that they name',
    owedBy: ['bailed'],
    each: 'defendant',
    only: 'bail with conditions',
    ifMissed: 'Whoever is sent to a call there does not know of the conditions.',
  },
  {
    ...byDefault(1),
    id: 'record-storm-warrant',
    system: 'storm',
    entry: 'the warrant, as a marker on the defendant’s address',
    owedBy: ['warrant-issued'],
    each: 'defendant',
    ifMissed: 'Whoever is sent to a call there does not know of the warrant.',
  },
  {
    ...byDefault(2),
    id: 'record-wms-witness',
    system: 'wms',
    entry: 'whether the witness is needed',
    owedBy: ['witness-required', 'witness-not-required'],
    each: 'person',
    ifMissed: 'The witness is called for nothing, or not called.',
  },
  {
    ...byDefault(1),
    id: 'record-wms-trial',
    system: 'wms',
    entry: 'the date of the trial, or that it is off',
    owedBy: hearingEvents,
    each: 'hearing',
    only: 'trials',
    ifMissed: 'Witnesses are warned for a wrong day.',
  },
  {
    ...byDefault(2),
    id: 'record-wms-result',
    system: 'wms',
    entry: 'the result of the court',
    owedBy: finalResults,
    each: 'defendant',
    only: 'victims or witnesses',
    ifMissed: 'Witness care goes on for a case that is over.',
  },
  {
    ...byDefault(5),
    id: 'record-crash-charge',
    system: 'crash',
    entry: 'the prosecution, on the record of the collision',
    owedBy: ['case-received', 'charge-added'],
    each: 'defendant',
    only: 'traffic collisions',
    ifMissed: 'The record of the collision does not show that somebody is prosecuted.',
  },
  {
    ...byDefault(5),
    id: 'record-crash-result',
    system: 'crash',
    entry: 'the result of the court, on the record of the collision',
    owedBy: finalResults,
    each: 'defendant',
    only: 'traffic collisions',
    ifMissed: 'The record of the collision stays open.',
  },
  {
    ...byDefault(1),
    id: 'record-pronto-bail',
    system: 'pronto',
    entry: 'the bail conditions, for officers on patrol',
    owedBy: ['bailed'],
    each: 'defendant',
    only: 'bail with conditions',
    ifMissed: 'Officers on patrol do not know of the conditions.',
  },
  {
    ...byDefault(5),
    id: 'record-pronto-result',
    system: 'pronto',
    entry: 'the result of the court, on the traffic offence report',
    owedBy: finalResults,
    each: 'defendant',
    only: 'traffic cases',
    ifMissed: 'The officer’s report stays open.',
  },
];

/** The rule by which an entry that proved wrong is put right in a system. */
export const correctionRule = (system: PoliceSystem): string => `record-correction-${system}`;
export const correctionLimit = byDefault(1);

const systemOfRule = new Map<string, PoliceSystem>([
  ...recordEntries.map(({ id, system }) => [id, system] as const),
  ...policeSystemNames.map((system) => [correctionRule(system), system] as const),
]);

/** Every rule of an entry: of this system, or of all. */
export function recordRules(system?: PoliceSystem): string[] {
  return [...systemOfRule].flatMap(([rule, of]) => (system === undefined || of === system ? [rule] : []));
}

/** The system in which a rule asks for an entry; undefined for any other rule. */
export function systemOf(rule: string): PoliceSystem | undefined {
  return systemOfRule.get(rule);
}
