import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import { readLatestProgress, readMoves, readProgress } from '../../cases/store-recomputations.ts';
import { readCalendarRow } from '../../deadlines/store-calendar.ts';
import type { Routes } from '../app-context.ts';
import { defineRoute, problemAnswer } from '../define-route.ts';
import { bankHolidaysPage } from '../pages/bank-holidays.ts';
import { bankHolidaysView } from '../pages/bank-holidays-view.ts';
import { page, pageQuery } from '../paging.ts';
import { answerPlainPage } from '../plain-page.ts';
import { problem } from '../problem.ts';

/** How many recomputations are listed, newest first. */
const latest = 20;

const route = defineRoute({
  method: 'get',
  path: '/admin/bank-holidays',
  access: ['administrator'],
  tags: ['Operations'],
  summary: 'The bank holidays, how long they last, what their changes moved; by bearer token or cookie',
  request: {
    query: pageQuery(z.tuple([z.number().int()])).extend({
      recomputation: z
        .uuid()
        .optional()
        .meta({ description: 'Whose moves to list; the newest unless given' }),
    }),
  },
  responses: {
    200: { description: 'A page', content: { 'text/html': { schema: z.string() } } },
    404: problemAnswer('There is no such recomputation'),
  },
});

/** `GET /admin/bank-holidays` */
export const bankHolidaysAdministration: Routes = (app) => {
  app.openapi(route, async (c) => {
    const { db } = c.get('hub');
    const { limit, cursor, recomputation: asked } = c.req.valid('query');
    const recomputations = await readLatestProgress(db, latest);
    const progress = asked === undefined ? recomputations[0] : await readProgress(db, asked);
    if (asked !== undefined && progress === undefined)
      return problem(c, { kind: 'not-found', detail: 'There is no such recomputation.' });
    let shown = null;
    if (progress !== undefined) {
      const moves = await readMoves(db, progress.id, limit + 1, cursor?.[0]);
      const { items, next } = page(moves, limit, (move) => [move.id]);
      shown = { progress, moves: items, next };
    }
    const view = bankHolidaysView(await readCalendarRow(db), recomputations, shown, await readNow(db));
    return answerPlainPage(c, (nonce) => bankHolidaysPage(view, nonce));
  });
};
