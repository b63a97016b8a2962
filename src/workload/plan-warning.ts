import { createHash } from 'node:crypto';
import { sayDate } from '../calendar/civil-date.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { TaskDraft } from '../tasks/task-draft.ts';
import type { Forecast, LateWork } from './forecast-of-team.ts';

/** The beginning of the sources of a team's warnings. */
export function warningSource(team: string): string {
  return `plan-warning:${team}:`;
}

/**
 * The task that warns the seniors of a team, or null where nothing is to be said: work that hardly can or cannot be
 * done in time by those who are trained for it, and limits that end a case or free someone that will be late as
 * things are. One task for one state of things: its source says which. It names no case, for not every senior may see
 * each. Pure.
 */
export function planWarning(forecast: Forecast, now: string, dueAt: string): TaskDraft | null {
  const { team, shortfalls } = forecast;
  const grave = graveLate(forecast, now);
  if (shortfalls.length === 0 && grave.length === 0) return null;
  const state = [
    ...shortfalls.map(
      ({ skills, by, kind }) => `${kind} ${by} ${skills.map((set) => set.join('+')).join('|')}`,
    ),
    ...grave.map(({ id }) => id).sort(),
  ];
  const [first] = grave;
  return {
    kind: 'plan-warning',
    title: 'Work will not be done in time as things are: move it while that helps',
    source: `${warningSource(team)}${createHash('sha256').update(state.join()).digest('hex').slice(0, 16)}`,
    subject: {},
    why: [
      ...shortfalls.map(({ because, kind }) =>
        kind === 'short' ? because : `It is nearly too late. ${because}`,
      ),
      ...(first === undefined ? [] : [sayGrave(grave.length, first)]),
      'GET /api/forecast has the work by name',
    ],
    consequence: 'limit',
    danger: false,
    alwaysCritical: false,
    dueAt,
    effortMinutes: 20,
    forSenior: true,
  };
}

function sayGrave(count: number, { dueAt }: LateWork): string {
  const by = sayDate(civilDateOf(dueAt));
  return count === 1
    ? `A limit that ends a case or frees someone will be late as things are: it is due on ${by}`
    : `${count} limits that end a case or free someone will be late as things are, the first due on ${by}`;
}

/** What is grave and not overdue yet, and will be late with whoever has it, or in the team as a whole. */
function graveLate({ people, whole }: Forecast, now: string): LateWork[] {
  const late = [...whole.late, ...people.flatMap((person) => person.late)].filter(
    ({ isGrave, dueAt }) => isGrave && dueAt >= now,
  );
  const each = new Map(late.map((one) => [one.id, one]));
  return [...each.values()].sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0));
}
