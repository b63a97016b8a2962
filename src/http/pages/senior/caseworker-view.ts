import type { z } from 'zod';
import type { caseSummarySchema } from '../../api/case-json.ts';
import { day, wordHead, words, type Table } from '../figures/table.ts';
import { sayDayOf } from '../say.ts';
import { capitalised, nameOfTeam, sayAbsence, weeksTable, type PersonJson } from './workload-view.ts';

export type CaseSummaryJson = z.output<typeof caseSummarySchema>;

/** The view model of one caseworker's workload. */
export type CaseworkerView = {
  name: string;
  facts: { name: string; value: string }[];
  weeks: Table;
  absences: string[];
  absencesHref: string;
  cases: Table;
  hasCases: boolean;
  nextHref: string | null;
};

/** One caseworker: their weeks, when they are away, and their open cases, each of which can be moved. */
export function caseworkerView(
  person: PersonJson,
  cases: { items: readonly CaseSummaryJson[]; next: string | null },
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
    absences: person.absences.map((absence) => capitalised(sayAbsence(absence))),
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
