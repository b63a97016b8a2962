import type { Facts } from '../../../src/deadlines/facts.ts';
import type { Entry } from './conventions.ts';
import { recordRules } from '../../../src/deadlines/record-entries.ts';
import { casework } from './catalogue-casework.ts';
import { proceedings } from './catalogue-proceedings.ts';
import { NOT_RUNNING } from './custody.ts';
import { workingDayBack, type Holidays } from './days.ts';
import { dayOf } from './london.ts';

/** Every rule for which deadlines.md gives a figure, by id. */
export const catalogue: Readonly<Record<string, Entry>> = { ...proceedings, ...casework };

/** Of the entries in police systems deadlines.md has two, both of the PNC: these are defaults of the hub. */
const noRowForRecords = Object.fromEntries(
  recordRules()
    .filter((rule) => !(rule in casework))
    .map((rule) => [rule, 'no row: a default of the hub']),
);

/** Rules that the register has and for which deadlines.md gives no figure, with its own words for it. */
export const withoutFigure: Readonly<Record<string, string>> = {
  'requisition-serve-copy': '"no fixed period"',
  'cps-review-before-first': '"before"',
  'pros-initial-disclosure-mags': '"as soon as reasonably practicable"',
  'expert-told': '"at once"',
  'vc-special-measures-outcome': '"as soon as practicable"',
  'vc-property': '"as soon as possible"',
  'vc-correction': 'no row: a correction of what was told',
  'vc-contact-person': 'no row: another person to ring is news of the hub, told as other news is',
  'vc-hearing-off': 'no row: "time, date, place of any hearing", by analogy',
  ...noRowForRecords,
  'witness-dewarn': '"No numeric notification period was seen for non-victim witnesses"',
  'witness-availability': '"No numeric notification period was seen for non-victim witnesses"',
};

export type Answer = { legalDue: string | null; actionDue: string | null; why: string[] };

/** Both dates of a rule, apart from the program: `legalDue` is null where the clock is not running. */
export function ask(rule: string, facts: Facts, holidays: Holidays): Answer {
  const entry = catalogue[rule];
  if (!entry) throw new Error(`the oracle does not know ${rule}`);
  const due = entry.due(facts, holidays);
  if (due === NOT_RUNNING) return { legalDue: null, actionDue: null, why: [entry.says, due] };
  const action = workingDayBack(dayOf(due), holidays);
  return { legalDue: due, actionDue: action, why: [entry.says, `due ${due}`, `business day ${action}`] };
}
