import type { Routes } from '../../app-context.ts';
import { getPage } from '../page-route.ts';
import { renderPage } from '../render.ts';
import type { Form } from '../form-field.ts';
import { periodFields, reportPage, reportReaders, teamField, type Report } from './report-page.ts';
import {
  chasersPart,
  fileQuality,
  timelinessByMonth,
  timelinessByRule,
  victimsCodeBy,
  workloadHistory,
} from './report-parts.ts';
import { samplePages } from './sample-pages.ts';

const qualityGroups = [
  { value: 'station', text: 'Station' },
  { value: 'officer', text: 'Officer' },
  { value: 'month', text: 'Month' },
  { value: 'station-month', text: 'Station and month' },
  { value: 'officer-month', text: 'Officer and month' },
];
const groupOf = ({ by = '' }: Form) => (qualityGroups.some(({ value }) => value === by) ? by : 'station');
const restricted = 'Restricted cases count, and are named to nobody here.';

const reports: readonly (Report & { about: string })[] = [
  {
    path: '/reports/timeliness',
    title: 'Timeliness by rule',
    about: 'Which deadlines are met in time, by rule and month',
    intro: 'What became of deadlines whose day by law was in the period, whoever owed them.',
    notes: [
      'In time is by the day of the law, not by the hub’s own earlier day. What came to nothing does not count.',
      'A window of the defence that lapsed shows as not done: it is nobody’s fault at the hub.',
      restricted,
    ],
    api: '/api/reports/timeliness',
    fields: [...periodFields(), teamField],
    questions: () => [
      { query: { by: 'month' }, partOf: timelinessByMonth },
      { query: { by: 'rule' }, partOf: timelinessByRule },
    ],
  },
  {
    path: '/reports/victims-code',
    title: 'Victims’ Code',
    about: 'Whether victims and witnesses were told in time',
    intro: 'Duties to victims and witnesses that were due in the period, by what became of them.',
    notes: ['Duties that were stopped or taken back do not count.', restricted],
    api: '/api/reports/victims-code',
    fields: [...periodFields('A month'), teamField],
    questions: () => [
      { query: {}, partOf: (rows) => victimsCodeBy('month', rows) },
      { query: {}, partOf: (rows) => victimsCodeBy('rule', rows) },
    ],
  },
  {
    path: '/reports/quality',
    title: 'File quality',
    about: 'Files accepted when first checked, defects and lateness, by station and officer',
    intro:
      'How good files were when they were first checked, what was wrong, and how requests were answered.',
    notes: [
      'What was corrected or taken back does not count. A station is where the officer is now.',
      restricted,
    ],
    api: '/api/reports/quality',
    fields: [...periodFields(), { path: 'by', kind: 'pick', label: 'By', choices: qualityGroups }],
    questions: (form) => [{ query: { by: groupOf(form), limit: '100' }, partOf: fileQuality }],
  },
  {
    path: '/reports/chasers',
    title: 'Chasers answered',
    about: 'What came of chasers before the next one was sent',
    intro:
      'Chasers that were sent in the period, and what came of each before the next one for the same material.',
    notes: ['A chaser is of the officer who owed the material, whoever was told.', restricted],
    api: '/api/reports/chasers',
    fields: [...periodFields(), teamField],
    questions: () =>
      (['level', 'station', 'month'] as const).map((by) => ({
        query: { by },
        partOf: (rows) => chasersPart(by, rows),
      })),
  },
  {
    path: '/reports/workload-history',
    title: 'Workload, week by week',
    about: 'What came in, what was done and what was open, by team',
    intro: 'Cases and tasks of the teams, week by week. Nobody’s pace is shown.',
    notes: ['Planned time is what the hub plans for a task, not what it took.'],
    api: '/api/reports/workload-history',
    fields: [...periodFields(), teamField],
    questions: () => [{ query: {}, partOf: workloadHistory }],
  },
];

/** `GET /reports` and each report below it */
export const reportPages: Routes = (app, parts) => {
  getPage(app, '/reports', reportReaders, 'The reports', (c) => {
    const isSenior = c.get('staff').role === 'senior';
    const sample = {
      path: '/reports/quality-sample',
      title: 'Sample of completed work',
      about: 'Completed work by chance, to look at and say how good it is',
    };
    const model = { reports: isSenior ? [...reports, sample] : reports };
    return renderPage(c, { view: 'reports/index', title: 'Reports', model });
  });
  for (const report of reports) reportPage(app, report);
  samplePages(app, parts);
};
