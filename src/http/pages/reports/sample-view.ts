import type { z } from 'zod';
import type { sampleSchema } from '../../api/quality-samples.ts';
import { barChart, type BarChart } from '../figures/bar-chart.ts';
import { figure, numberHead, wordHead, words, type Cell, type Table } from '../figures/table.ts';
import { sayDayOf } from '../say.ts';
import { nameOfTeam } from '../senior/workload-view.ts';
import { sayMonth } from './report-parts.ts';

type SampleJson = z.output<typeof sampleSchema>;
type TaskJson = SampleJson['items'][number];

/** The view model of a month's sample of completed work. */
export type SampleView = {
  month: string;
  months: { value: string; text: string; selected: boolean }[];
  chart: BarChart | null;
  figures: Table | null;
  tasks: Table | null;
  notShown: number;
  csvHref: string;
};

const verdictTags: Record<NonNullable<TaskJson['review']>['verdict'], { text: string; classes: string }> = {
  pass: { text: 'Pass', classes: 'govuk-tag--green' },
  partial: { text: 'Partial', classes: 'govuk-tag--orange' },
  fail: { text: 'Fail', classes: 'govuk-tag--red' },
};

/** A month's sample: the figures by team, and the tasks to look at. */
export function sampleView(sample: SampleJson, months: readonly string[]): SampleView {
  const { month, items, figures, notShown } = sample;
  return {
    month: sayMonth(month),
    months: months.map((value) => ({ value, text: sayMonth(value), selected: value === month })),
    chart: figures.some(({ reviewed }) => reviewed > 0) ? figuresChart(sample) : null,
    figures: figures.length === 0 ? null : figuresTable(sample),
    tasks: items.length === 0 ? null : tasksTable(sample),
    notShown,
    csvHref: `/api/quality-samples/${month}?format=csv`,
  };
}

function figuresChart({ figures }: SampleJson): BarChart {
  return barChart(
    {
      id: 'sample-chart',
      title: 'What was found',
      summary: 'How many tasks of the sample passed, by team. The table has every number.',
      series: [
        { name: 'Pass', fill: 'plain' },
        { name: 'Partial', fill: 'striped' },
        { name: 'Fail', fill: 'dotted' },
        { name: 'Not looked at yet', fill: 'hollow' },
      ],
    },
    figures.map(({ team, sampled, reviewed, pass, partial, fail }) => ({
      label: nameOfTeam(team),
      value: `${pass} of ${reviewed} passed`,
      parts: [pass, partial, fail, sampled - reviewed],
    })),
  );
}

function figuresTable({ figures }: SampleJson): Table {
  return {
    id: 'figures',
    title: 'The figures by team',
    heads: [
      wordHead('Team'),
      ...['In the sample', 'Looked at', 'Pass', 'Partial', 'Fail', 'Share that passed'].map(numberHead),
    ],
    rows: figures.map(({ team, sampled, reviewed, pass, partial, fail, percentPass }) => ({
      cells: [
        words(nameOfTeam(team)),
        ...[sampled, reviewed, pass, partial, fail].map(figure),
        { text: percentPass === null ? 'None yet' : `${percentPass} %`, isNumber: true },
      ],
    })),
  };
}

function tasksTable({ month, items }: SampleJson): Table {
  return {
    id: 'tasks',
    title: 'The tasks',
    heads: ['Task', 'Case', 'Completed', 'What was found'].map(wordHead),
    rows: items.map((task) => ({
      cells: [
        { text: task.title, href: `/tasks/${task.taskId}`, more: nameOfTeam(task.team) },
        task.caseUrn === null ? words('None') : { text: task.caseUrn, href: `/cases/${task.caseUrn}` },
        {
          text: sayDayOf(task.closedAt),
          isKept: true,
          ...(task.outcome === null ? {} : { more: task.outcome }),
        },
        foundCell(month, task),
      ],
    })),
  };
}

function foundCell(month: string, { taskId, title, isOwn, review }: TaskJson): Cell {
  if (review !== null)
    return {
      text: '',
      tag: verdictTags[review.verdict],
      more: [review.note, `${review.by}, ${sayDayOf(review.at)}`].filter((part) => part !== null).join('; '),
    };
  if (isOwn) return words('You completed it: somebody else looks at it');
  return {
    text: 'Say how good it is',
    about: `: ${title}`,
    href: `/reports/quality-sample/${month}/${taskId}`,
  };
}
