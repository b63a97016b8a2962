import { sayDate } from '../calendar/civil-date.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { consequences } from '../deadlines/rule.ts';
import { apart, bandOf, type Band, type BandEdges, type Orderable } from './urgency.ts';

const bandWords: Record<Band, string> = {
  critical: 'critical',
  overdue: 'overdue',
  today: 'for today',
  soon: 'soon',
  later: 'later',
};

const consequenceWords: Record<(typeof consequences)[number], string> = {
  limit: 'a limit',
  hearing: 'a hearing',
  victim: 'a victim or witness',
  chase: 'a chase',
  record: 'the record',
};

/**
 * The whole of what orders a task, in one sentence and in that order: "In the order of work: critical, a limit, due
 * 6 March 2026, open since 2 March 2026, of the case in hand".
 */
export function sayOrder(task: Orderable, edges: BandEdges, hand: string | null): string {
  const parts = [
    bandWords[bandOf(task, edges)],
    consequenceWords[consequences[task.consequence] ?? 'record'],
    `due ${sayDate(civilDateOf(task.dueAt))}`,
    `open since ${sayDate(civilDateOf(task.createdAt))}`,
    ...(apart(task, hand) === 0 ? ['of the case in hand'] : []),
  ];
  return `In the order of work: ${parts.join(', ')}`;
}
