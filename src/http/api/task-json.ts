import { z } from 'zod';
import type { HolidayCalendar } from '../../calendar/holiday-calendar.ts';
import { consequences } from '../../deadlines/rule.ts';
import { machineClock } from '../../platform/clock.ts';
import { explainUrgency, sayDaysLeft } from '../../tasks/explain-urgency.ts';
import type { ShownTask } from '../../tasks/shown-tasks.ts';
import { bandEdges, bandOf, bands, type BandEdges } from '../../tasks/urgency.ts';

/** A task as the API shows it. */
export const taskSchema = z
  .strictObject({
    id: z.uuid(),
    kind: z.string(),
    title: z.string(),
    caseUrn: z.string().nullable(),
    subject: z.record(z.string(), z.string()),
    band: z.enum(bands),
    consequence: z.enum(consequences),
    dueAt: z.string(),
    timeLeft: z.string().meta({ example: '2 working days left' }),
    effortMinutes: z.number().int(),
    state: z.enum(['open', 'claimed', 'deferred', 'done', 'cancelled']),
    assignee: z.string().nullable(),
    team: z.string(),
    deadlineId: z.uuid().nullable(),
    materialId: z.uuid().nullable(),
    claim: z
      .strictObject({ token: z.uuid(), until: z.string() })
      .optional()
      .meta({ description: 'Shown to the one who holds it' }),
    claimedBy: z.string().nullable(),
    deferredUntil: z.string().nullable(),
    deferredWhy: z.string().nullable(),
    outcome: z.string().nullable(),
    note: z.string().nullable(),
    because: z.array(z.string()),
    createdAt: z.string(),
    version: z.number().int(),
  })
  .meta({ id: 'Task' });

export type TaskJson = z.input<typeof taskSchema>;

/** What showing tasks needs: the moment, the calendar and who looks. */
export type TaskView = {
  edges: BandEdges;
  calendar: HolidayCalendar;
  viewer: string;
  machineNow: string;
};

/** How tasks look to a person at a moment. Claims live in machine time. */
export function taskView(calendar: HolidayCalendar, now: string, viewer: string): TaskView {
  return { edges: bandEdges(calendar, now), calendar, viewer, machineNow: machineClock.now() };
}

export function taskJson(task: ShownTask, caseUrn: string | null, view: TaskView): TaskJson {
  const { edges, calendar, viewer, machineNow } = view;
  const isHeld = task.claimUntil !== null && task.claimUntil > machineNow;
  const isMine = task.claimedBy === viewer && task.claimToken !== null && task.claimUntil !== null;
  // Written out: an object made by spreading others has a shape of its own each time, and is read slowly ever after.
  const json: TaskJson = {
    id: task.id,
    kind: task.kind,
    title: task.title,
    caseUrn,
    subject: task.subject,
    band: bandOf(task, edges),
    consequence: consequences[task.consequence] ?? 'record',
    dueAt: task.dueAt,
    timeLeft: sayDaysLeft(task.dueAt, edges.now, calendar),
    effortMinutes: task.effortMinutes,
    state: stateOf(task, isHeld, edges.now),
    assignee: task.assignee,
    team: task.team,
    deadlineId: task.deadlineId,
    materialId: task.requestId,
    claimedBy: isHeld ? task.claimedBy : null,
    deferredUntil: task.deferredUntil,
    deferredWhy: task.deferredWhy,
    outcome: task.outcome,
    note: task.note,
    because: explainUrgency(task, edges, calendar),
    createdAt: task.createdAt,
    version: task.version,
  };
  if (isMine) json.claim = { token: task.claimToken ?? '', until: task.claimUntil ?? '' };
  return json;
}

function stateOf(task: ShownTask, isHeld: boolean, now: string): TaskJson['state'] {
  if (task.state !== 'open') return task.state;
  if (isHeld) return 'claimed';
  return task.deferredUntil !== null && task.deferredUntil > now ? 'deferred' : 'open';
}
