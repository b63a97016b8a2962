import { createHash } from 'node:crypto';
import { sayDate } from '../calendar/civil-date.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import type { TaskDraft } from '../tasks/task-draft.ts';
import type { Forecast, GraveLate } from './forecast-of-team.ts';

/** A task that warns, and what it warns of: each a word of its own, so that nothing is warned of twice. */
export type Warning = { draft: TaskDraft; reasons: string[] };

/**
 * The task that warns the seniors of a team, or null where nothing is to be said: work that hardly can or cannot be
 * done in time by those who are trained for it, and limits that end a case or free someone that will be late as
 * things are, or would be if work took long. It names no case, for not every senior may see each. Pure.
 */
export function planWarning(forecast: Forecast, dueAt: string): Warning | null {
  const { team, shortfalls } = forecast;
  const grave = graveLate(forecast);
  if (shortfalls.length === 0 && grave.length === 0) return null;
  const reasons = [
    ...shortfalls.map(
      ({ by, kind, skills }) => `${kind} ${by} ${skills.map((set) => set.join('+')).join('|')}`,
    ),
    ...grave.map(({ id, kind }) => `${kind} ${id}`),
  ].sort();
  const draft: TaskDraft = {
    kind: 'plan-warning',
    title: 'Work will not be done in time as things are: move it while that helps',
    source: `plan-warning:${team}:${createHash('sha256').update(reasons.join()).digest('hex').slice(0, 16)}`,
    subject: {},
    why: [
      ...shortfalls.map(({ because, kind }) =>
        kind === 'short' ? because : `It is nearly too late. ${because}`,
      ),
      ...(['usual', 'cautious'] as const).flatMap((kind) =>
        sayGrave(
          kind,
          grave.filter((one) => one.kind === kind),
        ),
      ),
      'The page “What will be late” has the work by name',
    ],
    consequence: 'limit',
    danger: false,
    alwaysCritical: false,
    dueAt,
    effortMinutes: 20,
    forSenior: true,
  };
  return { draft, reasons };
}

function sayGrave(kind: GraveLate['kind'], grave: readonly GraveLate[]): string[] {
  const [first] = grave;
  if (first === undefined) return [];
  const by = sayDate(civilDateOf(first.dueAt));
  const late =
    kind === 'usual'
      ? 'will be late as things are'
      : 'will be late if work takes as long as one in five does';
  return grave.length === 1
    ? [`A limit that ends a case or frees someone ${late}: it is due on ${by}`]
    : [`${grave.length} limits that end a case or free someone ${late}, the first due on ${by}`];
}

/** What is grave and will be late with whoever has it, or in the team as a whole; as usual where it is so in either. */
function graveLate({ people, whole }: Forecast): GraveLate[] {
  const each = new Map<string, GraveLate>();
  for (const { grave } of [whole, ...people])
    for (const one of grave) if (each.get(one.id)?.kind !== 'usual') each.set(one.id, one);
  return [...each.values()].sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0));
}
