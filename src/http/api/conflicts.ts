import { and, desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Database, Transaction } from '../../../db/connect.ts';
import { cases, conflicts as conflictTable, officers } from '../../../db/schema/index.ts';
import { findCase, isHidden } from '../../cases/store.ts';
import { invalidField, isFailure, type Failure } from '../../platform/failure.ts';
import { readWorkingStaff } from '../../staff/set-attendance.ts';
import { declareConflict, endConflict, type ConflictRow } from '../../workload/declare-conflict.ts';
import { recordAccess } from '../access.ts';
import type { Routes, Staff } from '../app-context.ts';
import { staffOf } from '../authenticate.ts';
import { defineRoute, idempotencyHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { mayOpen, recordingOf } from '../case-access.ts';
import { idParam } from './deadlines.ts';

const staffParam = z.object({ id: z.string().min(1).max(40).meta({ example: 'cw-1' }) });

const conflictSchema = z
  .strictObject({
    id: z.uuid(),
    staffId: z.string(),
    caseUrn: z.string().nullable(),
    officer: z.string().nullable(),
    reason: z.string(),
    recordedBy: z.string(),
    recordedAt: z.string(),
    endedAt: z.string().nullable(),
  })
  .meta({ id: 'ConflictOfInterest' });

const bodySchema = z
  .strictObject({
    caseUrn: z.string().trim().min(1).max(20).optional(),
    officer: z.string().trim().min(1).max(20).optional(),
    reason: z.string().trim().min(1).max(1_000),
  })
  .refine(({ caseUrn, officer }) => (caseUrn === undefined) !== (officer === undefined), {
    path: ['caseUrn'],
    message: 'or officer must be given, and not both',
  })
  .meta({ id: 'ConflictOfInterestBody', example: { officer: 'PC1001', reason: 'Married to the officer' } });

const listRoute = defineRoute({
  method: 'get',
  path: '/api/staff/{id}/conflicts',
  access: ['caseworker', 'senior'],
  tags: ['People'],
  summary: 'With which cases and officers somebody has a conflict of interest, newest first',
  request: { params: staffParam, query: pageQuery(z.tuple([z.string(), z.uuid()])) },
  responses: {
    200: jsonAnswer('A page', pageSchema(conflictSchema)),
    404: problemAnswer('There is no such caseworker'),
  },
});
const declareRoute = defineRoute({
  method: 'post',
  path: '/api/staff/{id}/conflicts',
  access: ['caseworker', 'senior'],
  tags: ['People'],
  summary:
    'Declare that somebody is not to work a case, or any case of an officer: one’s own, or (seniors) another’s',
  request: { params: staffParam, body: jsonBody(bodySchema), headers: idempotencyHeader },
  responses: {
    201: jsonAnswer(
      'Declared, with those cases that went to somebody else and that you may see',
      conflictSchema.extend({ moved: z.array(z.string()) }),
    ),
    404: problemAnswer('There is no such caseworker'),
    409: problemAnswer('It is declared already'),
  },
});
const endRoute = defineRoute({
  method: 'post',
  path: '/api/conflicts/{id}/end',
  access: ['senior'],
  tags: ['People'],
  summary: 'End a conflict of interest; what was moved stays where it is',
  request: {
    params: idParam,
    body: jsonBody(z.strictObject({ reason: z.string().trim().min(1).max(1_000) })),
  },
  responses: {
    200: jsonAnswer('Ended', conflictSchema),
    404: problemAnswer('There is no such conflict'),
    409: problemAnswer('It was ended already'),
  },
});

const noStaff: Failure = { kind: 'not-found', detail: 'There is no such caseworker.' };

/** `GET|POST /api/staff/:id/conflicts`, `POST /api/conflicts/:id/end` */
export const conflicts: Routes = (app) => {
  app.openapi(listRoute, async (c) => {
    const { db } = c.get('hub');
    const { id } = c.req.valid('param');
    const { limit, cursor } = c.req.valid('query');
    const who = await concerned(db, id, staffOf(c));
    if (isFailure(who)) return problem(c, who);
    const rows = await db
      .select({ conflict: conflictTable, row: cases })
      .from(conflictTable)
      .leftJoin(cases, eq(cases.id, conflictTable.caseId))
      .where(eq(conflictTable.staffId, id))
      .orderBy(desc(conflictTable.recordedAt), desc(conflictTable.id));
    const shown = rows.filter(
      ({ row, conflict }) =>
        (row === null || !isHidden(row, staffOf(c).id)) &&
        (cursor === undefined ||
          conflict.recordedAt < cursor[0] ||
          (conflict.recordedAt === cursor[0] && conflict.id < cursor[1])),
    );
    const found = page(shown.slice(0, limit + 1), limit, ({ conflict: one }) => [one.recordedAt, one.id]);
    const items = found.items.map(({ conflict, row }) => conflictJson(conflict, row?.urn ?? null));
    return c.json({ items, next: found.next }, 200);
  });

  app.openapi(declareRoute, (c) =>
    change(c, async (tx, actor) => {
      const { id: staffId } = c.req.valid('param');
      const who = await concerned(tx, staffId, actor.staff);
      if (isFailure(who)) return who;
      const { caseUrn, officer = null, reason } = c.req.valid('json');
      const row = caseUrn === undefined ? undefined : mayOpen(await findCase(tx, caseUrn), actor.staff);
      if (isFailure(row)) return invalidField('caseUrn', 'is not a case that is known here');
      if (officer !== null && !(await isOfficer(tx, officer)))
        return invalidField('officer', 'is not an officer who is known here');
      const of = { staffId, caseId: row?.id ?? null, officer, reason };
      const declared = await declareConflict(tx, of, await recordingOf(tx, actor));
      if (isFailure(declared)) return declared;
      const seen = declared.moved.filter((one) => !isHidden(one, actor.id));
      await recordAccess(tx, {
        staff: actor.staff,
        caseId: declared.moved.map(({ id }) => id),
        action: 'change',
        route: c.get('routeName'),
        requestId: actor.requestId,
      });
      const body = {
        ...conflictJson(declared.row, row?.urn ?? null),
        moved: seen.map(({ urn }) => urn),
      };
      return { status: 201, headers: { Location: `/api/staff/${staffId}/conflicts` }, body };
    }),
  );

  app.openapi(endRoute, (c) =>
    change(c, async (tx, actor) => {
      const [found] = await tx
        .select({ conflict: conflictTable, row: cases })
        .from(conflictTable)
        .leftJoin(cases, eq(cases.id, conflictTable.caseId))
        .where(and(eq(conflictTable.id, c.req.valid('param').id)));
      if (!found || (found.row !== null && isHidden(found.row, actor.id)))
        return { kind: 'not-found', detail: 'There is no such conflict of interest.' };
      const { reason } = c.req.valid('json');
      const ended = await endConflict(tx, found.conflict, reason, await recordingOf(tx, actor));
      return isFailure(ended) ? ended : { status: 200, body: conflictJson(ended, found.row?.urn ?? null) };
    }),
  );
};

/** People declare their own; seniors anybody's. */
async function concerned(db: Database | Transaction, id: string, viewer: Staff): Promise<null | Failure> {
  if (viewer.role !== 'senior' && viewer.id !== id)
    return { kind: 'not-allowed', detail: 'This is recorded of another person.' };
  return (await readWorkingStaff(db, id)) ? null : noStaff;
}

async function isOfficer(tx: Transaction, collar: string): Promise<boolean> {
  const found = await tx
    .select({ collar: officers.collar })
    .from(officers)
    .where(eq(officers.collar, collar));
  return found.length > 0;
}

function conflictJson(row: ConflictRow, caseUrn: string | null): z.input<typeof conflictSchema> {
  const { id, staffId, officer, reason, recordedBy, recordedAt, endedAt } = row;
  return { id, staffId, caseUrn, officer, reason, recordedBy, recordedAt, endedAt };
}
