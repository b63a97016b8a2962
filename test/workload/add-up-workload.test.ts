import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';
import type { Attendance } from '../../src/staff/attendance.ts';
import { addUpWorkload, type Load, type WorkGroup } from '../../src/workload/add-up-workload.ts';
import { daysFrom } from '../../src/workload/capacity.ts';

const person = (id: string, team: 'crime' | 'traffic', role: 'caseworker' | 'senior'): Attendance => ({
  ...{ id, name: 'Invented', role, team, pattern: null, skills: [], absences: [], cover: [] },
});
const people = [
  person('cw-1', 'crime', 'caseworker'),
  person('cw-2', 'crime', 'caseworker'),
  person('cw-5', 'traffic', 'caseworker'),
  person('sr-1', 'crime', 'senior'),
];
const teamOf = (id: string | null) => people.find((one) => one.id === id)?.team;

const groups: fc.Arbitrary<WorkGroup[]> = fc.array(
  fc
    .record({
      team: fc.constantFrom('crime', 'traffic'),
      assignee: fc.constantFrom('cw-1', 'cw-2', 'cw-5', 'sr-1', null),
      week: fc.integer({ min: 0, max: 4 }),
      rank: fc.integer({ min: 0, max: 4 }),
      isOverdue: fc.boolean(),
      isComing: fc.boolean(),
      isHidden: fc.boolean(),
      count: fc.integer({ min: 1, max: 9 }),
      minutes: fc.integer({ min: 1, max: 500 }),
    })
    .map((group): WorkGroup => ({
      ...group,
      team: teamOf(group.assignee) ?? group.team,
      week: group.isOverdue ? 0 : group.week,
    })),
  { maxLength: 30 },
);
const mondays = ['2026-06-01', '2026-06-08', '2026-06-15'];

/** On a Sunday evening, with two weeks to come. */
const onSunday = (groups: Partial<WorkGroup>[], who: Attendance[]) =>
  addUpWorkload({
    ...{ people: who, cases: [], mondays, calendar: ENGLAND_AND_WALES, now: '2026-06-07T18:00:00.000Z' },
    days: daysFrom('2026-06-07', '2026-06-21'),
    groups: groups.map((group) => ({
      ...{ team: 'crime', assignee: null, week: 0, rank: 1, isOverdue: true, isComing: false },
      ...{ isHidden: false, count: 1, minutes: 60, ...group },
    })),
  });
const loads = ({ weeks }: Pick<Load, 'weeks'>) => weeks.map(({ loadMinutes }) => loadMinutes);

test('what is overdue is work of the first week in which whoever has it has time; what is due now stays where it is', () => {
  const leave = [{ from: '2026-06-08', to: '2026-06-14', kind: 'leave' as const }];
  const [first, second, , senior] = people.map((one) =>
    one.id === 'cw-2' ? { ...one, absences: leave } : one,
  );
  const all = [first, second, senior].filter((one) => one !== undefined);
  const { people: found, teams } = onSunday(
    [
      { assignee: 'cw-1' },
      { assignee: 'cw-1', isOverdue: false, minutes: 5 },
      { assignee: 'cw-2', minutes: 90 },
      { assignee: 'sr-1', minutes: 20, isHidden: true },
      { minutes: 7 },
    ],
    all,
  );
  expect(found.map((one) => [one.id, ...loads(one)])).toEqual([
    ['cw-1', 5, 60, 0],
    ['cw-2', 0, 0, 90],
    ['sr-1', 0, 20, 0],
  ]);
  expect(found[0]?.weeks.map(({ capacityMinutes }) => capacityMinutes)).toEqual([0, 1_885, 1_885]);
  expect(found[0]).toMatchObject({ tasks: { open: 2, overdue: 1 }, overdueMinutes: 60 });
  expect(found[2]?.weeks[1]?.restrictedMinutes).toBe(20);
  expect(teams.map((team) => [loads(team), loads(team.pool)])).toEqual([
    [
      [5, 87, 90],
      [0, 7, 0],
    ],
  ]);
  const away = [{ from: '2026-06-01', to: '2026-06-30', kind: 'sickness' as const }];
  const alone = onSunday(
    [{ assignee: 'cw-1' }],
    [{ ...person('cw-1', 'crime', 'caseworker'), absences: away }],
  );
  expect(alone.hub.weeks[0]?.loadMinutes, 'nobody has time: it is not lost').toBe(60);
});

test('every minute and every task is counted once: people and pools make the teams, and teams the hub', () => {
  fc.assert(
    fc.property(groups, (all) => {
      const workload = addUpWorkload({
        ...{ people, groups: all, cases: [], mondays, calendar: ENGLAND_AND_WALES },
        ...{ days: daysFrom('2026-06-01', '2026-06-21'), now: '2026-06-01T05:00:00.000Z' },
      });
      const minutes = ({ weeks, laterMinutes }: Load) =>
        weeks.reduce((sum, week) => sum + week.loadMinutes, laterMinutes);
      const totals = (loads: readonly Load[], of: (load: Load) => number) =>
        loads.reduce((sum, load) => sum + of(load), 0);
      for (const team of workload.teams) {
        const parts = [...workload.people.filter((one) => one.team === team.team), team.pool];
        for (const of of [minutes, (load: Load) => load.tasks.open, (load: Load) => load.tasks.overdue])
          expect(totals(parts, of)).toBe(of(team));
      }
      expect(totals(workload.teams, minutes)).toBe(minutes(workload.hub));
      expect(minutes(workload.hub)).toBe(all.reduce((sum, group) => sum + group.minutes, 0));
      const { bands, tasks } = workload.hub;
      expect(Object.values(bands).reduce((sum, count) => sum + count, 0)).toBe(tasks.open);
      const hidden = all.filter(({ isHidden, week }) => isHidden && week < mondays.length);
      expect(workload.hub.weeks.reduce((sum, week) => sum + week.restrictedMinutes, 0)).toBe(
        hidden.reduce((sum, group) => sum + group.minutes, 0),
      );
    }),
  );
});
