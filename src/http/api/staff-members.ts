import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import { invalid, isFailure, type Failure } from '../../platform/failure.ts';
import { addMember, memberErrors, readMember, type Member } from '../../staff/member.ts';
import { changeMember } from '../../workload/change-member.ts';
import type { Routes, StaffRole } from '../app-context.ts';
import { everyRole } from '../authenticate.ts';
import {
  defineRoute,
  idempotencyHeader,
  ifMatchHeader,
  jsonAnswer,
  jsonBody,
  problemAnswer,
} from '../define-route.ts';
import { checkIfMatch, etagOf } from '../etag.ts';
import { change } from '../idempotency.ts';
import { problem } from '../problem.ts';

const fields = {
  name: z.string().trim().min(1).max(200),
  role: z.enum(everyRole as [StaffRole, ...StaffRole[]]),
  team: z.enum(['crime', 'traffic']).nullable(),
  email: z.email('must be an e-mail address').max(254),
};
const addBody = z
  .strictObject({
    id: z
      .string()
      .regex(/^[A-Za-z0-9][\w.@|-]{0,39}$/, 'must have 1 to 40 letters, digits or . _ @ | -')
      .meta({ description: 'The `sub` by which the identity provider knows them', example: 'cw-9' }),
    ...fields,
    team: fields.team.default(null),
  })
  .meta({ id: 'StaffBody' });
const changeBody = z
  .strictObject({ ...fields, active: z.boolean().meta({ description: 'False of who has left' }) })
  .partial()
  .meta({ id: 'StaffChangeBody' });

export const memberSchema = z
  .strictObject({ id: z.string(), ...fields, email: z.string(), active: z.boolean() })
  .meta({ id: 'StaffMemberInFull' });

const idParam = z.object({ id: z.string().min(1).max(40).meta({ example: 'cw-1' }) });
const missing: Failure = { kind: 'not-found', detail: 'There is nobody of that id.' };

const shared = { tags: ['People'], access: ['administrator'] as StaffRole[] };
const addRoute = defineRoute({
  ...shared,
  method: 'post',
  path: '/api/staff',
  summary: 'Add somebody who works here, or a machine client',
  request: { body: jsonBody(addBody), headers: idempotencyHeader },
  responses: { 201: jsonAnswer('They', memberSchema), 409: problemAnswer('There is somebody of that id') },
});
const answers = { 200: jsonAnswer('They', memberSchema), 404: problemAnswer('There is nobody of that id') };
const readRoute = defineRoute({
  ...shared,
  method: 'get',
  path: '/api/staff/{id}',
  summary: 'Somebody who works here, or has left',
  request: { params: idParam },
  responses: answers,
});
const changeRoute = defineRoute({
  ...shared,
  method: 'patch',
  path: '/api/staff/{id}',
  summary: 'Change somebody’s name, role, team or address, or record that they have left or are back',
  request: { params: idParam, body: jsonBody(changeBody), headers: ifMatchHeader },
  responses: answers,
});

const memberJson = ({ id, name, role, team, email, active }: Member): z.input<typeof memberSchema> => ({
  ...{ id, name, role, team, email, active },
});
const tagOf = ({ id, version }: Member) => ({ ETag: etagOf(`staff:${id}`, version) });

/** `POST /api/staff`, `GET|PATCH /api/staff/:id` */
export const staffMembers: Routes = (app) => {
  app.openapi(addRoute, (c) =>
    change(c, async (tx, actor) => {
      const given = c.req.valid('json');
      const errors = memberErrors(given);
      if (errors.length > 0) return invalid(errors);
      const added = await addMember(tx, given, { actor, now: await readNow(tx) });
      if (added === null)
        return { kind: 'conflict', detail: 'There is somebody of that id, who may have left.' };
      const headers = { Location: `/api/staff/${encodeURIComponent(added.id)}`, ...tagOf(added) };
      return { status: 201, headers, body: memberJson(added) };
    }),
  );

  app.openapi(readRoute, async (c) => {
    const found = await readMember(c.get('hub').db, c.req.valid('param').id);
    return found ? c.json(memberJson(found), 200, tagOf(found)) : problem(c, missing);
  });

  app.openapi(changeRoute, (c) =>
    change(c, async (tx, actor) => {
      const found = await readMember(tx, c.req.valid('param').id, { lock: true });
      if (!found) return missing;
      const stale = checkIfMatch(c, tagOf(found).ETag);
      if (stale) return stale;
      const given = c.req.valid('json');
      const changed = await changeMember(tx, found, given, { actor, now: await readNow(tx) });
      return isFailure(changed)
        ? changed
        : { status: 200, headers: tagOf(changed), body: memberJson(changed) };
    }),
  );
};
