import { addDays, sayDate } from '../calendar/civil-date.ts';
import { civilDateOf, instantAt } from '../calendar/london-time.ts';
import { consequences } from '../deadlines/rule.ts';
import type { Instant } from '../platform/clock.ts';
import { invalidField, type Failure } from '../platform/failure.ts';
import type { TaskRow } from './store.ts';

type Due = Pick<TaskRow, 'danger' | 'alwaysCritical' | 'consequence' | 'dueAt'>;

/** What is never put off beyond its date: a limit, a hearing, what a victim or witness is owed. */
const kept: readonly string[] = ['limit', 'hearing', 'victim'];

/**
 * Until when a task is put off, where somebody asks for a moment. Nothing is put off into lateness: what a limit, a
 * hearing or a victim waits for not at all, everything else comes back at 08:00 of the day on which it is due. What is
 * late already is looked at again by the next day, or when it is asked for where nobody suffers.
 * @returns the moment, or why it cannot be that late
 */
export function putOffUntil(task: Due, asked: Instant, now: Instant): Instant | Failure {
  if (asked <= now) return invalidField('until', 'is not in the future');
  const { dueAt } = task;
  const dueOn = civilDateOf(dueAt);
  const isLimit = task.danger || task.alwaysCritical;
  if (isLimit || kept.includes(consequences[task.consequence] ?? '')) {
    if (dueAt > now && asked > dueAt)
      return invalidField(
        'until',
        isLimit
          ? 'is after the limit: missing it ends a case or frees someone'
          : `is after the day on which it is due, ${sayDate(dueOn)}`,
      );
    if (dueAt <= now && civilDateOf(asked) > addDays(civilDateOf(now), 1))
      return invalidField(
        'until',
        `is after tomorrow, and ${isLimit ? 'the limit has passed' : 'it is overdue'}`,
      );
    return asked;
  }
  const dayBegins = instantAt(dueOn, '08:00');
  return dayBegins > now && asked > dayBegins ? dayBegins : asked;
}
