import type { Context, Routes } from '../../app-context.ts';
import { callApi } from '../call-api.ts';
import { datePartsOf, readFields, type Field, type Form } from '../form-field.ts';
import { formPage } from '../one-form.ts';
import { weekdays, type PatternJson } from './attendance-words.ts';

const roles = ['senior', 'administrator'] as const;
const time = 'For example, 09:00. Leave all of a day blank where it is off';

const apiOf = (c: Context) =>
  `/api/staff/${encodeURIComponent(c.req.param('id') ?? '')}/${c.req.path.split('/').at(-1) ?? ''}`;

/** Administrators come from the person, seniors from the workload. */
function backOf(c: Context): { text: string; href: string } {
  const id = encodeURIComponent(c.req.param('id') ?? '');
  return c.get('staff').role === 'senior'
    ? { text: 'Workload', href: `/workload/${id}` }
    : { text: 'The person', href: `/admin/people/${id}` };
}

const idOf = (c: Context) => c.req.param('id') ?? '';

/** `GET|POST /staff/:id/skills`, `/staff/:id/working-pattern` */
export const attendancePages: Routes = (app) => {
  const skillsField: Field = {
    ...{ kind: 'lines', path: 'skills', label: 'Trained in', isOptional: true },
    hint: 'One on each line, in small letters, such as domestic-abuse',
  };
  formPage<{ skills: string[] }, unknown>(app, {
    path: '/staff/:id/skills',
    roles,
    summary: 'What somebody is trained in',
    read: (c) => callApi(c, app, { path: apiOf(c) }),
    show: ({ skills }, c) => ({
      title: `What ${idOf(c)} is trained in`,
      intro: ['Work that takes training is given only to those who have it.'],
      fields: [skillsField],
      start: { skills: skills.join('\n') },
      button: 'Save',
      back: backOf(c),
    }),
    send: (form, _found, c) => ({
      method: 'PUT',
      path: apiOf(c),
      body: { skills: [], ...readFields([skillsField], form) },
      ifMatch: form['etag'],
    }),
    next: (_done, _found, c) => backOf(c).href,
  });

  formPage<PatternJson, unknown>(app, {
    path: '/staff/:id/working-pattern',
    roles,
    summary: 'When somebody works',
    read: (c) => callApi(c, app, { path: apiOf(c) }),
    show: (pattern, c) => ({
      title: `When ${idOf(c)} works`,
      intro: [
        'Weeks repeat, one after another. A second week is used where any of its days is filled in; with more, each is shown here.',
      ],
      fields: patternFields(weeksShown(pattern)),
      start: formOf(pattern),
      button: 'Save',
      back: backOf(c),
    }),
    send: (form, found, c) => ({
      method: 'PUT',
      path: apiOf(c),
      body: patternOf(form, weeksShown(found)),
      ifMatch: form['etag'],
    }),
    next: (_done, _found, c) => backOf(c).href,
  });
};

/** A week more than there is, up to eight, so that one can be added without a script. */
const weeksShown = ({ weeks }: Pick<PatternJson, 'weeks'>): number => Math.min(8, weeks.length + 1);

/** The fields of some weeks, seven days each. */
export function patternFields(weeks: number): Field[] {
  const day = (week: number, n: number): Field[] => {
    const path = `weeks.${week}.${n}`;
    const name = weekdays[n] ?? '';
    return [
      {
        ...{ kind: 'time', path: `${path}.start`, label: `${name}, from`, isOptional: true },
        ...(n === 0 ? { heading: `Week ${week + 1}`, hint: time } : {}),
      },
      { kind: 'time', path: `${path}.end`, label: `${name}, until`, isOptional: true },
      { kind: 'number', path: `${path}.breakMinutes`, label: `${name}, minutes of break`, isOptional: true },
    ];
  };
  const days = Array.from({ length: weeks }, (_w, week) => weekdays.flatMap((_d, n) => day(week, n))).flat();
  return [
    {
      kind: 'date',
      path: 'from',
      label: 'The Monday with which the first week begins',
      hint: 'For example, 5 1 2026',
    },
    ...days,
    {
      ...{
        kind: 'time',
        path: 'flexitime.latest',
        label: 'Flexitime: until when at the latest',
        isOptional: true,
      },
      heading: 'For every week',
      hint: 'Leave it blank for fixed hours',
    },
    { kind: 'tick', path: 'worksBankHolidays', label: 'Works on bank holidays' },
  ];
}

/** The form of a pattern. */
export function formOf({ from, weeks, flexitime, worksBankHolidays }: PatternJson): Form {
  const days = weeks.flatMap((week, w) =>
    week.map((shift, n): Form => {
      if (shift === null) return {};
      const path = `weeks.${w}.${n}`;
      return {
        [`${path}.start`]: shift.start,
        [`${path}.end`]: shift.end,
        [`${path}.breakMinutes`]: String(shift.breakMinutes),
      };
    }),
  );
  return Object.assign({}, ...days, {
    ...datePartsOf('from', from),
    ...(flexitime === null ? {} : { 'flexitime.latest': flexitime.latest }),
    ...(worksBankHolidays ? { worksBankHolidays: 'true' } : {}),
  }) as Form;
}

type Day = { start?: unknown; end?: unknown; breakMinutes?: unknown };

/** The pattern that a form says, as the interface takes it: weeks at the end in which nothing is filled in are none. */
export function patternOf(form: Form, weeks: number): Record<string, unknown> {
  const read = readFields(patternFields(weeks), form);
  const all = (read['weeks'] as Day[][]).map((week) => week.map(shiftOf));
  const last = all.findLastIndex((week) => week.some((shift) => shift !== null));
  return {
    ...read,
    weeks: all.slice(0, Math.max(1, last + 1)),
    flexitime: read['flexitime'] ?? null,
    worksBankHolidays: read['worksBankHolidays'] === true,
  };
}

/** A day of which nothing is filled in is off; a break that is left blank is none. */
function shiftOf({ start, end, breakMinutes }: Day): Day | null {
  if (start === undefined && end === undefined && breakMinutes === undefined) return null;
  return { start: start ?? '', end: end ?? '', breakMinutes: breakMinutes ?? 0 };
}
