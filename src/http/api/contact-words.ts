import { z } from 'zod';
import { readNow } from '../../../db/read-now.ts';
import { invalidField } from '../../platform/failure.ts';
import { recordHistory } from '../../staff/history.ts';
import { defaultWords, neutralKeys, tellingWords, wordsKeys } from '../../victims/draft-words.ts';
import { lockWords, readWords, saveWordsOf, type WordsRow } from '../../victims/words-store.ts';
import type { Routes } from '../app-context.ts';
import { defineRoute, ifMatchHeader, jsonAnswer, jsonBody, problemAnswer } from '../define-route.ts';
import { checkIfMatch, etagOf } from '../etag.ts';
import { change } from '../idempotency.ts';

export const wordsSchema = z
  .strictObject({
    reason: z.enum(wordsKeys),
    words: z.string(),
    default: z.string().meta({ description: 'The hub’s own words' }),
    neutral: z
      .boolean()
      .meta({ description: 'Anybody may come to read it: it may not say what it is about' }),
    changedBy: z.string().nullable(),
    changedAt: z.string().nullable(),
    etag: z.string().meta({ description: 'To be sent as If-Match with a change' }),
  })
  .meta({ id: 'ContactWords' });

const listRoute = defineRoute({
  method: 'get',
  path: '/api/contact-words',
  access: ['caseworker', 'senior', 'administrator'],
  tags: ['Victims and witnesses'],
  summary: 'What to say, by the reason for a contact',
  responses: { 200: jsonAnswer('All', z.strictObject({ items: z.array(wordsSchema), next: z.null() })) },
});

const changeRoute = defineRoute({
  method: 'put',
  path: '/api/contact-words/{reason}',
  access: ['administrator'],
  tags: ['Victims and witnesses'],
  summary: 'Set the words of this force for a reason',
  request: {
    params: z.object({ reason: z.enum(wordsKeys) }),
    headers: ifMatchHeader,
    body: jsonBody(z.strictObject({ words: z.string().trim().min(10).max(2_000) })),
  },
  responses: {
    200: jsonAnswer('Set', wordsSchema),
    412: problemAnswer('It was changed after it was read'),
    428: problemAnswer('If-Match is missing'),
  },
});

/** `GET /api/contact-words`, `PUT /api/contact-words/:reason` */
export const contactWords: Routes = (app) => {
  app.openapi(listRoute, async (c) => {
    const rows = new Map((await readWords(c.get('hub').db)).map((row) => [row.reason, row]));
    return c.json({ items: wordsKeys.map((reason) => wordsJson(reason, rows.get(reason))), next: null }, 200);
  });

  app.openapi(changeRoute, (c) =>
    change(c, async (tx, actor) => {
      const { reason } = c.req.valid('param');
      const { words } = c.req.valid('json');
      const telling = neutralKeys.includes(reason) ? tellingWords(words) : [];
      if (telling.length > 0)
        return invalidField('words', `says what it is about: leave out ${telling.join(', ')}`);
      const before = await lockWords(tx, reason);
      const stale = checkIfMatch(c, tagOf(reason, before));
      if (stale) return stale;
      const now = await readNow(tx);
      const version = (before?.version ?? 0) + 1;
      const row = { reason, words, version, changedBy: actor.id, changedAt: now };
      await saveWordsOf(tx, row);
      await recordHistory(tx, { id: actor.id, requestId: actor.requestId }, now, [
        {
          action: 'contact-words-set',
          caseId: null,
          entity: 'contact-words',
          entityId: reason,
          detail: { version },
        },
      ]);
      return { status: 200, headers: { ETag: tagOf(reason, row) }, body: wordsJson(reason, row) };
    }),
  );
};

function tagOf(reason: string, row: WordsRow | undefined): string {
  return etagOf(`words-${reason}`, row?.version ?? 0);
}

function wordsJson(
  reason: (typeof wordsKeys)[number],
  row: WordsRow | undefined,
): z.input<typeof wordsSchema> {
  return {
    reason,
    words: row?.words ?? defaultWords[reason],
    default: defaultWords[reason],
    neutral: neutralKeys.includes(reason),
    changedBy: row?.changedBy ?? null,
    changedAt: row?.changedAt ?? null,
    etag: tagOf(reason, row),
  };
}
