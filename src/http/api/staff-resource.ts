import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import type { Transaction } from '../../../db/connect.ts';
import { isFailure, type Failure } from '../../platform/failure.ts';
import {
  readAttendanceRow,
  readWorkingStaff,
  type AttendanceRow,
  type By,
} from '../../staff/set-attendance.ts';
import type { Api, Context, StaffRole } from '../app-context.ts';
import { staffOf } from '../authenticate.ts';
import { defineRoute, ifMatchHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { checkIfMatch, etagOf } from '../etag.ts';
import { change } from '../idempotency.ts';
import { problem } from '../problem.ts';

const staffParam = z.object({ id: z.string().min(1).max(40).meta({ example: 'cw-1' }) });
const readers: StaffRole[] = ['caseworker', 'senior', 'administrator'];
const noStaff: Failure = { kind: 'not-found', detail: 'There is no such caseworker.' };

/** One part of what is recorded of a member of staff: how it is shown, and what changing it takes. */
export type StaffResource<S extends z.ZodType, B extends z.ZodType> = {
  name: 'absences' | 'working-pattern' | 'skills';
  read: string;
  change: string;
  answer: S;
  body: B;
  show: (c: Context, staffId: string, row: AttendanceRow) => Promise<z.input<S>>;
  versionOf: (row: AttendanceRow) => number;
  /** In the transaction of the change, with the person locked. */
  set: (
    tx: Transaction,
    staffId: string,
    body: z.output<B>,
    by: By,
  ) => Promise<{ version: number; body: z.input<S> } | Failure>;
};

/**
 * `GET` and `PUT /api/staff/:id/<name>`. Caseworkers see their own; seniors and administrators see and change
 * everybody's who is given work.
 */
export function staffResource<S extends z.ZodType, B extends z.ZodType>(
  app: Api,
  resource: StaffResource<S, B>,
): void {
  const { name } = resource;
  const path = `/api/staff/{id}/${name}`;
  const responses = {
    200: jsonAnswer('As it is recorded', resource.answer),
    404: problemAnswer('There is no such caseworker'),
  };
  const readRoute = defineRoute({
    method: 'get',
    path,
    access: readers,
    tags: ['People'],
    summary: resource.read,
    request: { params: staffParam },
    responses,
  });
  const changeRoute = defineRoute({
    method: 'put',
    path,
    access: ['senior', 'administrator'],
    tags: ['People'],
    summary: resource.change,
    request: { params: staffParam, body: jsonBody(resource.body), headers: ifMatchHeader },
    responses: {
      ...responses,
      412: problemAnswer('It was changed after it was read'),
      428: problemAnswer('If-Match is missing'),
    },
  });
  const tagOf = (id: string, version: number) => etagOf(`${id}:${name}`, version);

  app.openapi(readRoute, async (c) => {
    const { id } = c.req.valid('param' as never) as { id: string };
    const viewer = staffOf(c as Context);
    if (viewer.role === 'caseworker' && viewer.id !== id)
      return problem(c as Context, { kind: 'not-allowed', detail: 'This is recorded of another person.' });
    const { db } = (c as Context).get('hub');
    if (!(await readWorkingStaff(db, id))) return problem(c as Context, noStaff);
    const row = await readAttendanceRow(db, id);
    const shown = await resource.show(c as Context, id, row);
    return c.json(shown as never, 200, { ETag: tagOf(id, resource.versionOf(row)) });
  });

  app.openapi(changeRoute, (c) =>
    change(c as Context, async (tx, actor) => {
      const { id } = c.req.valid('param' as never) as { id: string };
      if (!(await readWorkingStaff(tx, id))) return noStaff;
      const row = await readAttendanceRow(tx, id, { lock: true });
      const stale = checkIfMatch(c as Context, tagOf(id, resource.versionOf(row)));
      if (stale) return stale;
      const by = { actor: { id: actor.id, requestId: actor.requestId }, now: await readNow(tx) };
      const body = c.req.valid('json' as never) as z.output<B>;
      const set = await resource.set(tx, id, body, by);
      if (isFailure(set)) return set;
      return { status: 200, headers: { ETag: tagOf(id, set.version) }, body: set.body };
    }),
  );
}
