import type { z } from 'zod';
import type { caseSummarySchema } from '../../api/case-json.ts';
import { day, wordHead, words, type Table } from '../figures/table.ts';
import { datePartsOf } from '../form-field.ts';
import { sayDayOf } from '../say.ts';
import { capitalised, nameOfTeam, sayAbsence, weeksTable, type PersonJson } from './workload-view.ts';

export type CaseSummaryJson = z.output<typeof caseSummarySchema>;

/** The form that asks for cover of an absence, filled in: one press proposes it, another applies it. */
export type CoverForm = { text: string; key: string; hidden: { name: string; value: string }[] };

/** The view model of one caseworker's workload. */
export type CaseworkerView = {
  name: string;
  facts: { name: string; value: string }[];
  weeks: Table;
  absences: { text: string; cover: CoverForm | null }[];
  formToken: string;
  absencesHref: string;
  cases: Table;
  hasCases: boolean;
  nextHref: string | null;
};

/**
 * One caseworker: their weeks, when they are away, which can be covered, and their open cases, each of which can be moved.
 * @param newKey a key for each form, by which it is sent once
 */
export function caseworkerView(
  person: PersonJson,
  cases: { items: readonly CaseSummaryJson[]; next: string | null },
  { formToken, newKey }: { formToken: string; newKey: () => string },
): CaseworkerView {
  const { id, name, team, tasks, skills } = person;
  return {
    name,
    facts: [
      { name: 'Team', value: nameOfTeam(team) },
      { name: 'Trained in', value: skills.length === 0 ? 'Nothing recorded' : skills.join(', ') },
      { name: 'Open cases', value: String(person.cases) },
      { name: 'Open tasks', value: `${tasks.open}, of which ${tasks.overdue} past their date` },
    ],
    weeks: weeksTable(person.weeks),
    absences: person.absences.map((absence) => ({
      text: capitalised(sayAbsence(absence)),
      cover: coverForm(person, absence, newKey),
    })),
    formToken,
    absencesHref: `/staff/${encodeURIComponent(id)}/absences`,
    cases: {
      id: 'cases',
      title: 'Open cases',
      heads: [wordHead('Case'), wordHead('Received'), wordHead('Officer'), wordHead('Move')],
      rows: cases.items.map(({ urn, receivedAt, officer }) => ({
        cells: [
          { text: urn, href: `/cases/${urn}` },
          day(sayDayOf(receivedAt)),
          words(officer),
          { text: 'Move', about: `case ${urn}`, href: `/cases/${urn}/move` },
        ],
      })),
    },
    hasCases: cases.items.length > 0,
    nextHref:
      cases.next === null
        ? null
        : `/workload/${encodeURIComponent(id)}?cursor=${encodeURIComponent(cases.next)}`,
  };
}

/** Null where there is nothing to cover: a part of a day, or somebody without cases. */
function coverForm(
  { id, role, cases }: PersonJson,
  { from, to, start, end }: PersonJson['absences'][number],
  newKey: () => string,
): CoverForm | null {
  const isPartOfDay = from === to && (start !== undefined || end !== undefined);
  if (role !== 'caseworker' || cases === 0 || isPartOfDay) return null;
  const days = { ...datePartsOf('from', from), ...datePartsOf('to', to) };
  const said = from === to ? sayDayOf(from) : `${sayDayOf(from)} to ${sayDayOf(to)}`;
  return {
    text: `Propose cover for ${said}`,
    key: newKey(),
    hidden: Object.entries({ kind: 'cover', staffId: id, ...days }).map(([name, value]) => ({ name, value })),
  };
}
