import { z } from 'zod';
import { caseBody, type CaseBody } from '../../cases/case-body.ts';
import { previewCase } from '../../cases/preview-case.ts';
import type { Registration } from '../../cases/events.ts';
import type { DeadlineRow } from '../../deadlines/store.ts';
import { isFailure } from '../../platform/failure.ts';
import type { Routes } from '../app-context.ts';
import { recordingOf } from '../case-access.ts';
import { defineRoute, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { change } from '../idempotency.ts';
import { deadlineJson, deadlineSchema } from './deadline-json.ts';

const previewedSchema = deadlineSchema
  .pick({
    rule: true,
    title: true,
    owner: true,
    legalDue: true,
    actionDue: true,
    state: true,
    explanation: true,
    authority: true,
    checkWithForce: true,
    ifMissed: true,
  })
  .extend({ about: z.string().meta({ description: 'A defendant, victim or witness; empty for the case' }) });

export const previewSchema = z.strictObject({ deadlines: z.array(previewedSchema) });

const route = defineRoute({
  method: 'post',
  path: '/api/cases/preview',
  access: ['caseworker', 'senior', 'feed'],
  tags: ['Cases'],
  summary: 'The deadlines that a case would have, by the same checks and counting; nothing is saved',
  request: { body: jsonBody(caseBody) },
  responses: {
    200: jsonAnswer('Its deadlines, soonest first', previewSchema),
    409: problemAnswer('There is a case with this URN'),
  },
});

/** `POST /api/cases/preview` */
export const casePreview: Routes = (app) => {
  app.openapi(route, (c) =>
    change(c, async (tx, actor) => {
      const body = c.req.valid('json');
      const preview = await previewCase(tx, body, await recordingOf(tx, actor));
      if (isFailure(preview)) return preview;
      const { registration } = preview.draft;
      const deadlines = preview.deadlines.map((row) => previewJson(row, aboutWhom(row, registration, body)));
      return { status: 200, body: { deadlines } };
    }),
  );
};

function previewJson(row: DeadlineRow, about: string): z.input<typeof previewedSchema> {
  const { rule, title, owner, legalDue, actionDue, state } = deadlineJson(row);
  const { explanation, authority, checkWithForce, ifMissed } = deadlineJson(row);
  return {
    ...{ rule, title, owner, legalDue, actionDue, state, about },
    ...{ explanation, authority, checkWithForce, ifMissed },
  };
}

/** The registration has ids in the order of the body, which has the names. */
function aboutWhom(
  { defendantId, offenceId, personId }: DeadlineRow,
  of: Registration,
  body: CaseBody,
): string {
  const defendant = of.defendants.findIndex(
    ({ id, offences }) => id === defendantId || offences.some((offence) => offence.id === offenceId),
  );
  const person = of.people.findIndex(({ id }) => id === personId);
  const people = [...body.victims, ...body.witnesses];
  return people[person]?.name ?? body.defendants[defendant]?.name ?? '';
}
