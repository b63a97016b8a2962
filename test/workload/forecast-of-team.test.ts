import { expect, test } from 'vitest';
import { ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';
import { instantAt } from '../../src/calendar/london-time.ts';
import type { Attendance } from '../../src/staff/attendance.ts';
import { forecastApart, forecastInThread } from '../../src/workload/forecast-apart.ts';
import {
  forecastFrom,
  holidaysOf,
  type ForecastInput,
  type WorkRow,
} from '../../src/workload/forecast-input.ts';
import { taskLinks } from '../../src/http/pages/task-done-at.ts';
import { planWarning } from '../../src/workload/plan-warning.ts';

const now = instantAt('2026-06-02', '08:00');
const person = (id: string, over: Partial<Attendance> = {}): Attendance => ({
  ...{ id, name: `Name of ${id}`, role: 'caseworker', team: 'crime', pattern: null, skills: [] },
  ...{ absences: [], cover: [], ...over },
});
const piece = (id: string, due: string, minutes: number, over: Partial<WorkRow> = {}): WorkRow => ({
  ...{ id, title: 'Work', owner: 'cw-1', minutes, cautiousMinutes: minutes, dueAt: instantAt(due, '23:59') },
  ...{ releasedAt: null, skills: [], caseId: null, urn: null, coveredFor: null },
  ...{ isComing: false, isGrave: false, isHidden: false, ...over },
});
const input = (people: Attendance[], rows: WorkRow[]): ForecastInput => ({
  ...{ team: 'crime', now, holidays: holidaysOf(ENGLAND_AND_WALES), people },
  work: JSON.stringify(rows),
});
// A day is 377 planned minutes.
const of = (people: Attendance[], rows: WorkRow[]) => forecastFrom(input(people, rows));

test('what is put off or not to be seen yet is not done before it can be begun, and late where that is too late', () => {
  const releasedAt = instantAt('2026-06-04', '09:00');
  const { people, whole } = of(
    [person('cw-1')],
    [piece('long', '2026-06-04', 400, { releasedAt }), piece('past', '2026-06-03', 10, { releasedAt })],
  );
  const named = [
    expect.objectContaining({ id: 'past', doneOn: '2026-06-04', startsOn: '2026-06-04' }),
    expect.objectContaining({ id: 'long', doneOn: '2026-06-05', startsOn: '2026-06-04' }),
  ];
  expect(people[0]).toMatchObject({ lateCount: 2, leastLate: 2, late: named });
  expect(whole).toMatchObject({ lateCount: 2, leastLate: 2 });
  expect(of([person('cw-1')], [piece('long', '2026-06-04', 400)]).whole.lateCount, 'begun today').toBe(0);
});

test('what would be late if work took long is told apart from what will be late as usual, and warned of apart', () => {
  const found = of(
    [person('cw-1')],
    [
      piece('a', '2026-06-02', 300, { cautiousMinutes: 370 }),
      piece('b', '2026-06-03', 300, { cautiousMinutes: 450, isGrave: true }),
      piece('c', '2026-06-04', 900, { isHidden: true }),
    ],
  );
  expect(found.whole).toMatchObject({
    ...{ workMinutes: 1_500, lateCount: 0, restrictedLateMinutes: 900, late: [] },
    cautious: {
      workMinutes: 1_720,
      lateCount: 1,
      restrictedLateMinutes: 900,
      late: [{ id: 'b', doneOn: '2026-06-04' }],
    },
  });
  const warning = planWarning(found, '2026-06-03T22:59:59.999Z');
  expect(warning?.reasons).toContain('cautious b');
  expect(warning?.draft.why).toContain(
    'A limit that ends a case or frees someone will be late if work takes as long as one in five does: it is due on 3 June 2026',
  );
});

test('every limit that will be late is warned of, however much else is late before it', () => {
  const rows = Array.from({ length: 400 }, (_, i) => piece(`a${i}`, '2026-06-02', 60));
  const grave = piece('z', '2026-06-30', 60, { isGrave: true, owner: null });
  const warning = planWarning(of([person('cw-1')], [...rows, grave]), now);
  expect(warning?.reasons).toContain('usual z');
  expect(warning?.draft.why.at(-1)).toBe('The page “What will be late” has the work by name');
  const ofTask = { kind: 'plan-warning', caseUrn: null, subject: {}, materialId: null };
  expect(taskLinks(ofTask)[0], 'to which the task leads').toEqual({
    text: 'What will be late',
    href: '/forecast',
  });
});

test('of what falls due while somebody is away it is said how much colleagues cover, and how much nobody does', () => {
  const absences = [
    { from: '2026-06-08', to: '2026-06-12', kind: 'leave' as const },
    { from: '2026-06-04', to: '2026-06-04', end: '12:00', kind: 'court' as const },
  ];
  const { absences: found, people } = of(
    [person('cw-1', { absences }), person('cw-2')],
    [
      piece('morning', '2026-06-04', 10),
      piece('a', '2026-06-10', 50),
      piece('b', '2026-06-11', 3_000),
      piece('c', '2026-06-12', 30, { owner: 'cw-2', coveredFor: 'cw-1' }),
      piece('d', '2026-06-15', 30),
    ],
  );
  expect(found).toEqual([
    {
      ...{ id: 'cw-1', name: 'Name of cw-1', from: '2026-06-08', to: '2026-06-12' },
      ...{ due: 3, covered: 1, openMinutes: 3_050 },
      says: 'Name of cw-1 is away from 8 June 2026 to 12 June 2026: 3 pieces of work fall due meanwhile, and colleagues cover 1 and nobody the other 2',
    },
  ]);
  expect(people[0]?.late).toMatchObject([
    { id: 'b', isDueWhileAway: true },
    { id: 'd', isDueWhileAway: false },
  ]);
});

test('of work that the viewer may not see there are minutes, and no figure by which its pieces could be counted', () => {
  const absences = [{ from: '2026-06-10', to: '2026-06-10', kind: 'leave' as const }];
  const counted = (hidden: readonly (readonly [due: string, minutes: number])[]) => {
    const rows = hidden.map(([due, minutes], i) => piece(`h${i}`, due, minutes, { isHidden: true }));
    return of([person('cw-1', { absences })], [piece('seen', '2026-06-30', 10), ...rows]);
  };
  const one = counted([
    ['2026-06-01', 300],
    ['2026-06-10', 9_000],
  ]);
  const many = counted([
    ...Array.from({ length: 3 }, () => ['2026-06-01', 100] as const),
    ...Array.from({ length: 9 }, () => ['2026-06-10', 1_000] as const),
  ]);
  for (const { whole, people, absences: away } of [one, many]) {
    for (const outlook of [whole, people[0]])
      expect(outlook).toMatchObject({
        ...{ workMinutes: 9_310, overdue: 0, leastLate: 0, lateCount: 1, late: [{ id: 'seen' }] },
        cautious: { workMinutes: 9_310, lateCount: 1, late: [] },
      });
    expect(away).toMatchObject([
      {
        ...{ due: 0, covered: 0, openMinutes: 9_000 },
        says: 'Name of cw-1 is away on 10 June 2026: 9000 minutes of restricted cases that you may not see fall due, and nobody covers them',
      },
    ]);
  }
  expect(one.whole.restrictedLateMinutes).toBe(9_300);
});

test('a day at court for some hours takes them from what those who are trained have, in words too', () => {
  const trained = (absences: Attendance['absences']) => [
    person('cw-1', { skills: ['youth'], absences }),
    person('cw-2'),
  ];
  const rows = [piece('a', '2026-06-03', 720, { owner: null, skills: ['youth'] })];
  expect(of(trained([]), rows).shortfalls).toMatchObject([{ kind: 'tight', capacityMinutes: 754 }]);
  const court = {
    from: '2026-06-03',
    to: '2026-06-03',
    start: '10:00',
    end: '12:00',
    kind: 'court' as const,
  };
  expect(of(trained([court]), rows).shortfalls).toMatchObject([
    {
      kind: 'short',
      because:
        'Youth-trained staff have 10.8 hours until the end of 3 June 2026; work due by then is 12 hours',
    },
  ]);
});

test('the forecast of a large team is worked out in a thread of its own, while this one goes on, and is the same', async () => {
  const skills = [[], ['youth'], ['domestic-abuse'], ['domestic-abuse', 'youth']];
  const people = Array.from({ length: 30 }, (_, i) => person(`cw-${i}`, { skills: skills[i % 4] ?? [] }));
  const rows = Array.from({ length: 1_300 }, (_, i) =>
    piece(`t${i}`, `2026-0${6 + (i % 2)}-${String(3 + (i % 25)).padStart(2, '0')}`, 10 + ((i * 37) % 90), {
      owner: i % 3 === 0 ? null : `cw-${(i * 7) % 30}`,
      skills: i % 3 === 0 ? (skills[i % 4] ?? []) : [],
      releasedAt: i % 5 === 0 ? instantAt('2026-06-20', '08:00') : null,
      cautiousMinutes: 200,
    }),
  );
  const large = input(people, rows);
  let turns = 0;
  let isOver = false;
  const turn = () => {
    turns += 1;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  const found = await forecastApart(large);
  isOver = true;
  expect(turns, 'this thread had turns meanwhile').toBeGreaterThan(0);
  expect(found).toEqual(forecastFrom(large));
  const small = input([person('cw-1')], [piece('a', '2026-06-02', 900)]);
  const [again, other] = await Promise.all([
    forecastInThread(small),
    forecastInThread(input([person('cw-1')], [])),
  ]);
  expect(again).toEqual(forecastFrom(small));
  expect(other.whole.lateCount).toBe(0);
  await expect(forecastInThread({ ...small, work: 'no JSON' })).rejects.toThrow();
  expect(await forecastInThread(small), 'another thread takes its place').toEqual(again);
});
