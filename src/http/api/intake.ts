import { z } from 'zod';
import { beginImport, discard, hashOfFile } from '../../intake/begin-import.ts';
import { confirmImport } from '../../intake/confirm-import.ts';
import { mostFileBytes } from '../../intake/decode-sheet.ts';
import { readCasesFile } from '../../intake/read-file.ts';
import { mostRows } from '../../intake/read-sheet.ts';
import { listCasesOf, listImports, lockImport, readImport } from '../../intake/store.ts';
import { writeTemplate } from '../../intake/template.ts';
import { isFailure, type Failure } from '../../platform/failure.ts';
import type { Context, Routes } from '../app-context.ts';
import { staffOf } from '../authenticate.ts';
import { csvContent } from '../csv-answer.ts';
import {
  defineRoute,
  idempotencyHeader,
  ifMatchHeader,
  jsonAnswer,
  jsonBody,
  problemAnswer,
} from '../define-route.ts';
import { checkIfMatch } from '../etag.ts';
import { change } from '../idempotency.ts';
import { page, pageQuery, pageSchema } from '../paging.ts';
import { problem } from '../problem.ts';
import { idParam } from './deadlines.ts';
import {
  caseStateField,
  columnsJson,
  columnsSchema,
  importedCaseJson,
  importedCaseSchema,
  importJson,
  importSchema,
  tagOfImport,
} from './intake-json.ts';

const access = ['caseworker', 'senior', 'feed'] as const;
const tags = ['Cases'];
const noSuch = { kind: 'not-found', detail: 'There is no such file of yours.' } as const;
const noSuchAnswer = problemAnswer('There is no such file of the caller’s');
const csv = { schema: z.string().meta({ description: 'The file: a row for each offence of a defendant' }) };
/** A form has a little around the file. */
export const mostFormBytes = mostFileBytes + 65_536;

const uploadRoute = defineRoute({
  method: 'post',
  path: '/api/imports',
  access,
  maxBytes: mostFormBytes,
  tags,
  summary: 'Send in a file of cases to be checked; nothing is created until it is confirmed',
  description: `CSV by the template (\`GET /api/imports/template.csv\`), as the body or as \`file\` of a form: at most ${mostFileBytes} bytes and ${mostRows} rows; UTF-8, UTF-16 or Windows-1252; commas, semicolons or tabs; headings in any order. Days are 06/03/2026 (day, month, year) or 2026-03-06. The same file again goes on where it was. What its cells say is deleted case by case as they are created, and after 30 days where nobody confirms it.`,
  request: {
    body: {
      content: {
        'text/csv': csv,
        'application/vnd.ms-excel': csv,
        'multipart/form-data': {
          schema: {
            type: 'object',
            properties: { file: { type: 'string', format: 'binary' } },
            required: ['file'],
          },
        },
      },
    },
    headers: idempotencyHeader,
  },
  responses: {
    200: jsonAnswer('The same file is being worked on already', importSchema),
    202: jsonAnswer('It is being checked: read it again for what is wrong', importSchema),
    422: problemAnswer('It cannot be read as a whole, or lacks columns'),
  },
});

const listRoute = defineRoute({
  method: 'get',
  path: '/api/imports',
  access,
  tags,
  summary: 'The files of cases that you have sent in, newest first',
  request: { query: pageQuery(z.tuple([z.uuid()])) },
  responses: { 200: jsonAnswer('A page of files', pageSchema(importSchema)) },
});

const templateRoute = defineRoute({
  method: 'get',
  path: '/api/imports/template.csv',
  access,
  tags,
  summary: 'The template of a file of cases: its headings, or with the rows of an invented case',
  request: { query: z.strictObject({ example: z.enum(['yes', 'no']).default('no') }) },
  responses: { 200: { description: 'A CSV file', content: csvContent } },
});

const columnsRoute = defineRoute({
  method: 'get',
  path: '/api/imports/columns',
  access,
  tags,
  summary: 'What each column of the template takes',
  responses: { 200: jsonAnswer('The columns', columnsSchema) },
});

const readRoute = defineRoute({
  method: 'get',
  path: '/api/imports/{id}',
  access,
  tags,
  summary: 'How far a file of cases is, and what is wrong in it, by row and column',
  request: { params: idParam },
  responses: { 200: jsonAnswer('The file', importSchema), 404: noSuchAnswer },
});

const casesRoute = defineRoute({
  method: 'get',
  path: '/api/imports/{id}/cases',
  access,
  tags,
  summary: 'The cases of a file, in its order: what is wrong with each, and what it would make',
  request: {
    params: idParam,
    query: pageQuery(z.tuple([z.number().int()])).extend({ state: caseStateField.optional() }),
  },
  responses: { 200: jsonAnswer('A page of its cases', pageSchema(importedCaseSchema)), 404: noSuchAnswer },
});

const confirmRoute = defineRoute({
  method: 'post',
  path: '/api/imports/{id}/confirm',
  access,
  tags,
  summary: 'Confirm a file that was checked: its cases are created from now on, in the background',
  request: {
    params: idParam,
    body: jsonBody(
      z.strictObject({
        leaveOut: z.boolean().default(false).meta({
          description: 'Cases with errors, and those that differ from the hub’s, are left out',
        }),
      }),
    ),
    headers: idempotencyHeader,
  },
  responses: {
    202: jsonAnswer('Confirmed. Confirming again changes nothing', importSchema),
    404: noSuchAnswer,
    409: problemAnswer('It is still being checked, or some of its cases cannot be created'),
  },
});

const discardRoute = defineRoute({
  method: 'delete',
  path: '/api/imports/{id}',
  access,
  tags,
  summary: 'Throw a file away that was not confirmed, with all that it says',
  request: { params: idParam, headers: ifMatchHeader },
  responses: {
    204: { description: 'Thrown away' },
    404: noSuchAnswer,
    409: problemAnswer('It was confirmed'),
    412: problemAnswer('It was changed after it was read'),
    428: problemAnswer('If-Match is missing'),
  },
});

/** `GET|POST /api/imports`, `GET|DELETE /api/imports/:id`, its cases and its confirmation, and the template */
export const intake: Routes = (app) => {
  app.openapi(uploadRoute, async (c) => {
    const bytes = await fileOf(c);
    if (isFailure(bytes)) return problem(c, bytes);
    const file = await readCasesFile(bytes);
    if (isFailure(file)) return problem(c, file);
    return change(c, async (tx, actor) => {
      const begun = await beginImport(tx, file, hashOfFile(bytes), {
        id: actor.id,
        requestId: actor.requestId,
      });
      if (isFailure(begun)) return begun;
      const { row, isNew } = begun;
      const headers = { Location: `/api/imports/${row.id}`, ETag: tagOfImport(row) };
      return { status: isNew ? 202 : 200, headers, body: await importJson(tx, row) };
    });
  });

  app.openapi(listRoute, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const { db } = c.get('hub');
    const found = page(await listImports(db, staffOf(c).id, limit, cursor?.[0]), limit, ({ id }) => [id]);
    const items = await Promise.all(found.items.map((row) => importJson(db, row)));
    return c.json({ items, next: found.next }, 200);
  });

  app.openapi(templateRoute, (c) =>
    c.body(writeTemplate(c.req.valid('query').example === 'yes'), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="cases.csv"',
    }),
  );

  app.openapi(columnsRoute, (c) => c.json(columnsJson(), 200));

  app.openapi(readRoute, async (c) => {
    const { db } = c.get('hub');
    const row = await readImport(db, c.req.valid('param').id, staffOf(c).id);
    if (!row) return problem(c, noSuch);
    return c.json(await importJson(db, row), 200, { ETag: tagOfImport(row) });
  });

  app.openapi(casesRoute, async (c) => {
    const { limit, cursor, state } = c.req.valid('query');
    const { db } = c.get('hub');
    const row = await readImport(db, c.req.valid('param').id, staffOf(c).id);
    if (!row) return problem(c, noSuch);
    const rows = await listCasesOf(db, row.id, limit, { after: cursor?.[0], state });
    const found = page(rows, limit, ({ position }) => [position]);
    return c.json({ items: found.items.map(importedCaseJson), next: found.next }, 200);
  });

  app.openapi(confirmRoute, (c) =>
    change(c, async (tx, actor) => {
      const row = await lockImport(tx, c.req.valid('param').id, actor.id);
      if (!row) return noSuch;
      const { leaveOut } = c.req.valid('json');
      const confirmed = await confirmImport(tx, row, leaveOut, { id: actor.id, requestId: actor.requestId });
      if (isFailure(confirmed)) return confirmed;
      return {
        status: 202,
        headers: { ETag: tagOfImport(confirmed) },
        body: await importJson(tx, confirmed),
      };
    }),
  );

  app.openapi(discardRoute, (c) =>
    change(c, async (tx, actor) => {
      const row = await lockImport(tx, c.req.valid('param').id, actor.id);
      if (!row) return noSuch;
      const stale = checkIfMatch(c, tagOfImport(row));
      if (stale) return stale;
      if (row.state === 'importing' || row.state === 'done')
        return { kind: 'conflict', detail: 'It was confirmed: its cases are created.' };
      if (row.state !== 'discarded') await discard(tx, row);
      return { status: 204 };
    }),
  );
};

/** The bytes of the file that was sent: the body, or the one file of a form. */
async function fileOf(c: Context): Promise<Uint8Array | Failure> {
  const body = await c.req.arrayBuffer();
  const type = c.req.header('Content-Type') ?? '';
  const needed: Failure = {
    ...{ kind: 'invalid', detail: 'No file was sent.' },
    errors: [{ path: 'file', message: 'is needed' }],
  };
  if (!/^multipart\/form-data/i.test(type)) return body.byteLength === 0 ? needed : new Uint8Array(body);
  try {
    const form = await new Response(body, { headers: { 'Content-Type': type } }).formData();
    const file = form.get('file');
    return file instanceof Blob ? new Uint8Array(await file.arrayBuffer()) : needed;
  } catch (error) {
    // What is no form is the sender's mistake.
    if (error instanceof TypeError) return { kind: 'malformed', detail: 'The form cannot be read.' };
    throw error;
  }
}
