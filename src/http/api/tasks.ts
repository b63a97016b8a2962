import { z } from 'zod';
import type { Transaction } from '../../../db/connect.ts';
import { completeTask } from '../../cases/complete-task.ts';
import type { CaseRow, Recording } from '../../cases/settle.ts';
import { isCivilDate } from '../../calendar/civil-date.ts';
import { instantAt } from '../../calendar/london-time.ts';
import { civilDateField, instantField } from '../../deadlines/facts.ts';
import { overrideField } from '../../finalisation/items.ts';
import { invalidField, isFailure, type Failure } from '../../platform/failure.ts';
import { recordHistory } from '../../staff/history.ts';
import { readAttendanceRow } from '../../staff/set-attendance.ts';
import { findActiveStaff } from '../../staff/store.ts';
import { lockClaimed, renew } from '../../tasks/claim.ts';
import { addNote } from '../../tasks/notes.ts';
import { putOffUntil } from '../../tasks/put-off.ts';
import { readTask, type TaskRow } from '../../tasks/store.ts';
import { deferTask, endTask, reassignTask, releaseTask, resumeTask } from '../../tasks/work-on-task.ts';
import type { Api, Context, Routes, Staff, StaffRole } from '../app-context.ts';
import { lockOpen, recordingOf } from '../case-access.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change, type StaffActor } from '../idempotency.ts';
import { idParam } from './deadlines.ts';
import { taskJson, taskSchema, taskView } from './task-json.ts';

const reason = z.string().trim().min(1).max(1_000);
const claim = z.uuid('must be the token of a claim');

type Work = { tx: Transaction; task: TaskRow; row: CaseRow | null; recording: Recording; actor: StaffActor };

/** `POST /api/tasks/:id/complete`, `/release`, `/defer`, `/renew`, `/reassign`, `/cancel` */
export const tasks: Routes = (app) => {
  verb(app, {
    name: 'complete',
    summary: 'Complete a task that you hold, and meet what it was for',
    body: z.strictObject({
      claim,
      outcome: z.string().trim().min(1).max(200),
      note: reason.optional(),
      override: overrideField.optional().meta({ description: 'Of the task to finalise a case alone' }),
    }),
    work: ({ tx, task, row, recording }, { outcome, note, override }) =>
      completeTask(tx, row, task, { outcome, note: note ?? null, override }, recording),
  });
  verb(app, {
    name: 'release',
    summary: 'Give a task back, undone, with a note for whoever takes it up again',
    body: z.strictObject({ claim, note: reason.optional() }),
    work: async ({ tx, task, recording, actor }, { note }) => {
      if (note !== undefined) await addNote(tx, task.id, actor.id, note, recording.now);
      return releaseTask(tx, task);
    },
  });
  verb(app, {
    name: 'notes',
    summary: 'Write down how far you are with a task that you hold, for whoever takes it up again',
    body: z.strictObject({ claim, note: reason }),
    work: async ({ tx, task, recording, actor }, { note }) => {
      await addNote(tx, task.id, actor.id, note, recording.now);
      return task;
    },
  });
  verb(app, {
    name: 'renew',
    summary: 'Hold a task for another two hours',
    body: z.strictObject({ claim }),
    work: async ({ tx, task }, body) => (await renew(tx, task.id, body.claim)) ?? task,
  });
  verb(app, {
    name: 'defer',
    summary:
      'Put a task off until a day (08:00) or a moment, for a reason; never into lateness, so perhaps for less long',
    body: z.strictObject({ claim, until: z.union([civilDateField, instantField]), reason }),
    work: async ({ tx, task, recording }, body) => {
      const asked = isCivilDate(body.until) ? instantAt(body.until, '08:00') : body.until;
      const until = putOffUntil(task, asked, recording.now);
      if (typeof until !== 'string') return until;
      return deferTask(tx, task, until, body.reason);
    },
  });
  verb(app, {
    name: 'resume',
    summary: 'Bring back a task that was put off, before its day (its owner, or a senior)',
    body: z.strictObject({}),
    work: async ({ tx, task, recording, actor }) => {
      const { deferredUntil, assignee } = task;
      if (deferredUntil === null || deferredUntil <= recording.now)
        return { kind: 'conflict', detail: 'The task is not put off.' };
      if (assignee !== null && assignee !== actor.id && actor.staff.role !== 'senior')
        return { kind: 'not-allowed', detail: 'It is another person’s task.' };
      return resumeTask(tx, task);
    },
  });
  verb(app, {
    name: 'reassign',
    summary: 'Give a task to another caseworker (seniors), or to the team’s pool (also its owner)',
    body: z.strictObject({
      to: z
        .string()
        .trim()
        .min(1)
        .max(40)
        .nullable()
        .meta({ description: 'A caseworker; null or "pool" for the team' }),
      reason,
    }),
    work: reassign,
  });
  verb(app, {
    name: 'cancel',
    summary: 'Cancel a task, for a reason',
    access: ['senior'],
    body: z.strictObject({ reason }),
    work: ({ tx, task, recording, actor }, body) =>
      endTask(
        tx,
        task,
        { state: 'cancelled', outcome: 'cancelled', note: body.reason, by: actor.id },
        recording.now,
      ),
  });
};

async function reassign(
  { tx, task, actor }: Work,
  body: { to: string | null; reason: string },
): Promise<TaskRow | Failure> {
  const to = body.to === 'pool' ? null : body.to;
  const isSenior = actor.staff.role === 'senior';
  if (!isSenior && (to !== null || task.assignee !== actor.id))
    return {
      kind: 'not-allowed',
      detail: 'Only a senior gives work to another; an owner may give it to the pool.',
    };
  if (to === null) return reassignTask(tx, task, null);
  const receiver = await findActiveStaff(tx, to);
  if (receiver?.role !== 'caseworker' && receiver?.role !== 'senior')
    return invalidField('to', 'is not a caseworker who is known here');
  if (receiver.team !== task.team) return invalidField('to', 'works for another team');
  if (task.visibleTo.length > 0 && !task.visibleTo.includes(to))
    return invalidField('to', 'may not see this restricted case');
  if (task.notFor.includes(to))
    return invalidField('to', 'may not take it: a second person must confirm what they recorded');
  if (task.barred.includes(to)) return invalidField('to', 'has a conflict of interest with the case');
  const { skills } = await readAttendanceRow(tx, to);
  const lacking = task.skills.filter((skill) => !skills.includes(skill));
  if (lacking.length > 0) return invalidField('to', `is not trained for it: ${lacking.join(', ')}`);
  return reassignTask(tx, task, to);
}

type Verb<S extends z.ZodType> = {
  name: 'complete' | 'release' | 'renew' | 'notes' | 'defer' | 'resume' | 'reassign' | 'cancel';
  summary: string;
  access?: readonly StaffRole[];
  body: S;
  work: (work: Work, body: z.output<S>) => Promise<TaskRow | Failure>;
};

/** A verb on a task: the case is locked first, then the task, in the order in which everything locks. */
function verb<S extends z.ZodType>(app: Api, { name, summary, access, body: schema, work }: Verb<S>): void {
  const route = defineRoute({
    method: 'post',
    path: `/api/tasks/{id}/${name}`,
    access: access ?? ['caseworker', 'senior', 'administrator'],
    tags: ['Work'],
    summary,
    request: { params: idParam, body: jsonBody(schema), headers: idempotencyHeader },
    responses: {
      200: jsonAnswer('The task', taskSchema),
      404: problemAnswer('There is no such task'),
      409: problemAnswer('It is done, or somebody else holds it'),
    },
  });
  app.openapi(route, (c) =>
    change(c as Context, async (tx, actor) => {
      const { id } = c.req.valid('param' as never) as { id: string };
      const body = c.req.valid('json' as never) as z.output<S>;
      // Sent together, the calendar before any lock: who holds a task never waits for it.
      const [recording, found] = await Promise.all([recordingOf(tx, actor), readTask(tx, id)]);
      if (!found || !isTheirs(found, actor.staff)) return noTask;
      const locked = await lockTask(c as Context, tx, found, (body as { claim?: string }).claim, actor);
      if (isFailure(locked)) return locked;
      const { task, row } = locked;
      const after = await work({ tx, task, row, recording, actor }, body);
      if (isFailure(after)) return after;
      if (name !== 'complete' && name !== 'renew')
        await recordHistory(tx, actor, recording.now, [historyOf(name, task, after, body)]);
      const view = taskView(recording.calendar, recording.now, actor.id);
      return { status: 200, body: taskJson(after, row?.urn ?? null, view) };
    }),
  );
}

const noTask: Failure = { kind: 'not-found', detail: 'There is no such task.' };

async function lockTask(
  c: Context,
  tx: Transaction,
  { id, caseId }: TaskRow,
  token: string | undefined,
  actor: StaffActor,
): Promise<{ task: TaskRow; row: CaseRow | null } | Failure> {
  // Sent together, done in this order: the case is locked before its task.
  const [row, task] = await Promise.all([
    caseId === null ? null : lockOpen(c, tx, caseId),
    lockClaimed(tx, id, token, actor.id),
  ]);
  if (row !== null && isFailure(row)) return row;
  return isFailure(task) ? task : { task, row };
}

/**
 * The administration's tasks are of no case, and the administrators see none of any. Other tasks of no case, such as
 * those of a court result whose case is not known yet, are a team's.
 */
export function isTheirs({ caseId, team }: TaskRow, staff: Staff): boolean {
  if (team === 'administration' || staff.role === 'administrator')
    return team === 'administration' && staff.role === 'administrator';
  return caseId !== null || staff.role === 'senior' || team === staff.team;
}

const pastOf: Record<string, string> = {
  release: 'released',
  notes: 'noted',
  defer: 'deferred',
  resume: 'resumed',
  reassign: 'reassigned',
  cancel: 'cancelled',
};

function historyOf(name: string, before: TaskRow, after: TaskRow, body: unknown) {
  const past = pastOf[name] ?? name;
  const { until, to, reason: why } = body as { until?: string; to?: string | null; reason?: string };
  return {
    action: `task-${past}`,
    caseId: before.caseId,
    entity: 'task',
    entityId: before.id,
    detail: {
      kind: before.kind,
      from: before.assignee,
      assignee: after.assignee,
      ...(until === undefined ? {} : { until }),
      ...(to === undefined ? {} : { to }),
      ...(why === undefined ? {} : { why }),
    },
  };
}
