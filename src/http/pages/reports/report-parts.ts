import type { z } from 'zod';
import { sayDate } from '../../../calendar/civil-date.ts';
import type { complianceRowSchema } from '../../api/compliance.ts';
import type { qualityRowSchema } from '../../api/quality-json.ts';
import type { chaserRowSchema, timelinessRowSchema, workloadWeekSchema } from '../../api/work-reports.ts';
import { barChart, type Series } from '../figures/bar-chart.ts';
import { sayHours } from '../figures/load-bar.ts';
import { figure, numberHead, wordHead, words, type Cell } from '../figures/table.ts';
import { sayName } from '../form-field.ts';
import { nameOfTeam } from '../senior/workload-view.ts';
import type { ReportPart } from './report-page.ts';

type TimelinessJson = z.output<typeof timelinessRowSchema>;
type ChaserJson = z.output<typeof chaserRowSchema>;
type WeekJson = z.output<typeof workloadWeekSchema>;
type ComplianceJson = z.output<typeof complianceRowSchema>;
type QualityJson = z.output<typeof qualityRowSchema>;

const timelinessSeries: Series[] = [
  { name: 'In time', fill: 'plain' },
  { name: 'Late', fill: 'striped' },
  { name: 'Not done', fill: 'dotted' },
];
/** How many bars a chart has at most; the table has every row. */
const mostBars = 15;

const percentCell = (percent: number | null): Cell =>
  percent === null
    ? { text: 'None yet', isNumber: true }
    : { text: `${percent} %`, isNumber: true, isStrong: true };

type Outcome = {
  label: string;
  due: number;
  inTime: number;
  late: number;
  notDone: number;
  percent: number | null;
  /** Under the label in the table. */
  more?: string;
};

/** Duties or deadlines by what became of them: a chart of shares, and a table. */
function outcomesPart(
  about: { id: string; title: string; by: string },
  rows: readonly (Outcome & { owed: number })[],
): ReportPart {
  const { id, title, by } = about;
  const over = rows.filter(({ inTime, late, notDone }) => inTime + late + notDone > 0);
  const worst = over.toSorted((a, b) => (a.percent ?? 100) - (b.percent ?? 100)).slice(0, mostBars);
  const shown = by === 'Month' ? over : worst;
  const inTime = over.reduce((sum, row) => sum + row.inTime, 0);
  const all = over.reduce((sum, row) => sum + row.inTime + row.late + row.notDone, 0);
  return {
    chart:
      shown.length === 0
        ? null
        : barChart(
            {
              id: `${id}-chart`,
              title: over.length > shown.length ? `${title}: the ${mostBars} least in time` : title,
              summary: `Shares in time, late and not done. Altogether ${inTime} of ${all} were in time. The table has every number.`,
              series: timelinessSeries,
              isShare: true,
            },
            shown.map((row) => ({
              label: row.label,
              value: `${row.inTime} of ${row.inTime + row.late + row.notDone} in time`,
              parts: [row.inTime, row.late, row.notDone],
            })),
          ),
    table: {
      id,
      title: `${title}: the figures`,
      heads: [
        wordHead(by),
        ...['Due', 'In time', 'Late', 'Not done', 'Still to come', 'In time'].map(numberHead),
      ].map((head, i) => (i === 6 ? numberHead('Share in time') : head)),
      rows: rows.map((row) => ({
        cells: [
          { text: row.label, ...(row.more === undefined ? {} : { more: row.more }) },
          ...[row.due, row.inTime, row.late, row.notDone, row.owed].map(figure),
          percentCell(row.percent),
        ],
      })),
    },
  };
}

const outcomeOf = (label: string, row: TimelinessJson) => ({ ...row, label, percent: row.percentInTime });

export function timelinessByRule(rows: readonly TimelinessJson[]): ReportPart {
  return outcomesPart(
    { id: 'by-rule', title: 'In time by rule', by: 'Deadline' },
    rows.map((row) => ({
      ...outcomeOf(row.title ?? '', row),
      more: `owed by: ${row.owner ?? 'nobody'}`,
    })),
  );
}

export function timelinessByMonth(rows: readonly TimelinessJson[]): ReportPart {
  return outcomesPart(
    { id: 'by-month', title: 'In time by month', by: 'Month' },
    rows.map((row) => outcomeOf(sayMonth(row.month), row)),
  );
}

/** The Victims' Code by what is owed, and by month: rows of the interface added up. */
export function victimsCodeBy(by: 'rule' | 'month', rows: readonly ComplianceJson[]): ReportPart {
  const groups = new Map<string, Outcome & { owed: number }>();
  for (const row of rows) {
    const label = by === 'rule' ? `${row.title} (${row.entitlement})` : sayMonth(row.month);
    const sum = groups.get(label) ?? {
      label,
      due: 0,
      inTime: 0,
      late: 0,
      notDone: 0,
      owed: 0,
      percent: null,
    };
    sum.due += row.duties;
    for (const one of ['inTime', 'late', 'notDone', 'owed'] as const) sum[one] += row[one];
    groups.set(label, sum);
  }
  for (const sum of groups.values()) {
    const over = sum.inTime + sum.late + sum.notDone;
    sum.percent = over === 0 ? null : Math.round((1_000 * sum.inTime) / over) / 10;
  }
  return outcomesPart(
    by === 'rule'
      ? { id: 'by-rule', title: 'In time by what is owed', by: 'Duty' }
      : { id: 'by-month', title: 'In time by month', by: 'Month' },
    [...groups.values()],
  );
}

/** How good files are, by whatever the rows are grouped by. */
export function fileQuality(rows: readonly QualityJson[]): ReportPart {
  const labelOf = ({ officer, station, month }: QualityJson) =>
    [station, officer, month === null ? null : sayMonth(month)].filter((part) => part !== null).join(', ') ||
    'Not known';
  return {
    chart: barChart(
      {
        id: 'quality-chart',
        title: 'First files accepted and rejected',
        summary: 'How many files were accepted when first checked. The table has every number.',
        series: [
          { name: 'Accepted when first checked', fill: 'plain' },
          { name: 'Rejected when first checked', fill: 'striped' },
        ],
      },
      rows.slice(0, mostBars).map((row) => {
        const { firstAccepted, firstChecks } = row.figures.files;
        return {
          label: labelOf(row),
          value: `${firstAccepted} of ${firstChecks} accepted`,
          parts: [firstAccepted, firstChecks - firstAccepted],
        };
      }),
    ),
    table: {
      id: 'quality',
      title: 'File quality: the figures',
      heads: [
        wordHead('Of'),
        ...['First checks', 'Accepted', 'Share accepted', 'Defects', 'Late', 'Chasers', 'Answered'].map(
          numberHead,
        ),
        wordHead('Most often'),
      ],
      rows: rows.map((row) => {
        const { files, defects, materials, chasers, answers } = row.figures;
        const [most] = defects;
        const share = files.firstTimeAcceptance;
        return {
          cells: [
            words(labelOf(row)),
            figure(files.firstChecks),
            figure(files.firstAccepted),
            percentCell(share === null ? null : Math.round(share * 1_000) / 10),
            figure(defects.reduce((sum, { count }) => sum + count, 0)),
            figure(materials.late),
            figure(chasers.officer + chasers.sergeant + chasers.inspector),
            { text: `${answers.answered} of ${answers.asked}`, isNumber: true },
            words(most === undefined ? 'No defect' : `${most.title} (${most.count})`),
          ],
        };
      }),
    },
  };
}

/** What came of chasers before the next one. */
export function chasersPart(by: 'level' | 'station' | 'month', rows: readonly ChaserJson[]): ReportPart {
  const labelOf = ({ level, station, month }: ChaserJson) =>
    by === 'level' ? sayName(level ?? '') : by === 'station' ? station || 'Not known' : sayMonth(month);
  const names = { level: 'Sent to', station: 'Station', month: 'Month' } as const;
  const title = `Chasers answered by ${{ level: 'whom they went to', station: 'station', month: 'month' }[by]}`;
  return {
    chart: barChart(
      {
        id: `${by}-chart`,
        title,
        summary: 'How many chasers were answered before the next one. The table has every number.',
        series: [
          { name: 'Answered', fill: 'plain' },
          { name: 'Came without an answer', fill: 'striped' },
          { name: 'Not answered', fill: 'hollow' },
        ],
      },
      rows.slice(0, mostBars).map((row) => ({
        label: labelOf(row),
        value: `${row.answered} of ${row.sent} answered`,
        parts: [row.answered - row.came, row.came, row.sent - row.answered],
      })),
    ),
    table: {
      id: `by-${by}`,
      title: `${title}: the figures`,
      heads: [
        wordHead(names[by]),
        ...['Sent', 'Answered', 'Share answered', 'Said sent', 'Said late', 'Not mine', 'Cannot', 'Came'].map(
          numberHead,
        ),
      ],
      rows: rows.map((row) => ({
        cells: [
          words(labelOf(row)),
          figure(row.sent),
          figure(row.answered),
          percentCell(row.percentAnswered),
          ...[row.saidSent, row.saidLate, row.notMine, row.cannot, row.came].map(figure),
        ],
      })),
    },
  };
}

/** Week by week, what was done and what was open. */
export function workloadHistory(rows: readonly WeekJson[]): ReportPart {
  const labelOf = ({ week, team }: WeekJson) => `${sayDate(week)}, ${nameOfTeam(team).toLowerCase()}`;
  return {
    chart: barChart(
      {
        id: 'history-chart',
        title: 'Tasks open at the end of each week',
        summary: 'Open tasks at the end of each week, team by team. The table has every number.',
        series: [{ name: 'Open', fill: 'plain' }],
      },
      rows.map((row) => ({
        label: labelOf(row),
        value: `${row.openAtEnd} open, ${row.done} done`,
        parts: [row.openAtEnd],
      })),
    ),
    table: {
      id: 'history',
      title: 'Week by week: the figures',
      heads: [
        wordHead('Week from'),
        ...[
          'Cases received',
          'Tasks that came up',
          'Done',
          'Planned time of those',
          'Cancelled',
          'Open at the end',
        ].map(numberHead),
      ],
      rows: rows.map((row) => ({
        cells: [
          words(labelOf(row)),
          figure(row.cases),
          figure(row.made),
          figure(row.done),
          { text: sayHours(row.doneMinutes), isNumber: true },
          figure(row.cancelled),
          figure(row.openAtEnd),
        ],
      })),
    },
  };
}

/** "2026-06" as "June 2026". */
export function sayMonth(month: string | null): string {
  return month === null ? '' : sayDate(`${month}-01`).slice(2);
}
