import type { z } from 'zod';
import { sayDayOf } from '../say.ts';
import type { wordsSchema } from '../../api/contact-words.ts';
import type { Api, Context, Routes } from '../../app-context.ts';
import { callApi, type ApiAnswer } from '../call-api.ts';
import { sayName, type Form } from '../form-field.ts';
import { currentRule } from '../../../deadlines/rules/register.ts';
import { getPage, postForm, showProblem } from '../page-route.ts';
import { formToken, renderPage } from '../render.ts';
import { administrationLink, administrators } from './administrators.ts';
import { isForForm, settingsForm, type Refused } from './settings-form.ts';

type WordsJson = z.output<typeof wordsSchema>;

/** `GET /admin/words`, `GET|POST /admin/words/:reason` */
export const wordsPages: Routes = (app) => {
  getPage(app, '/admin/words', administrators, 'What victims and witnesses are told', async (c) => {
    const all = await readWords(c, app);
    if (all.kind === 'problem') return showProblem(c, all);
    return renderPage(c, {
      view: 'administration/words',
      title: 'Words of messages',
      model: { rows: all.body.items.map(rowOf) },
      back: administrationLink,
    });
  });

  getPage(app, '/admin/words/:reason', administrators, 'The words for one reason', (c) => show(c, app));

  postForm(app, '/admin/words/:reason', administrators, 'Set the words for one reason', async (c, form) => {
    const saved = await callApi(c, app, {
      method: 'PUT',
      path: `/api/contact-words/${encodeURIComponent(c.req.param('reason') ?? '')}`,
      body: { words: form['words'] ?? '' },
      ifMatch: form['etag'],
    });
    if (saved.kind === 'ok') return c.redirect('/admin/words', 303);
    return isForForm(saved) ? show(c, app, { form, refused: saved }) : showProblem(c, saved);
  });
};

function readWords(c: Context, app: Api): Promise<ApiAnswer<{ items: WordsJson[] }>> {
  return callApi<{ items: WordsJson[] }>(c, app, { path: '/api/contact-words' });
}

const nameOf = (reason: string): string => currentRule(reason)?.title ?? sayName(reason);

function rowOf(one: WordsJson) {
  const { reason, changedAt, changedBy } = one;
  return {
    about: nameOf(reason),
    words: one.words,
    isNeutral: one.neutral,
    whose:
      changedAt === null
        ? 'The hub’s own words.'
        : `Set on ${sayDayOf(changedAt)} by ${changedBy ?? 'somebody'}.`,
    href: `/admin/words/${reason}`,
  };
}

async function show(c: Context, app: Api, sent?: { form: Form; refused: Refused }): Promise<Response> {
  const all = await readWords(c, app);
  if (all.kind === 'problem') return showProblem(c, all);
  const reason = c.req.param('reason') ?? '';
  const found = all.body.items.find((one) => one.reason === reason);
  if (found === undefined)
    return showProblem(c, { status: 404, title: 'Not found', detail: 'There are no words for this.' });
  const hint = found.neutral
    ? 'Anybody may come to read it: leave out victims, witnesses, courts, police and the like'
    : 'From 10 to 2,000 characters';
  const form = sent?.form ?? { words: found.words, etag: found.etag };
  const model = {
    ...settingsForm([{ path: 'words', kind: 'words', label: 'Words', hint }], form, {
      action: `/admin/words/${encodeURIComponent(reason)}`,
      formToken: formToken(c),
      refused: sent?.refused,
    }),
    heading: nameOf(reason),
    intro: [],
    submit: 'Save the words',
    about: { title: 'The hub’s own words', text: found.default },
  };
  const back = { text: 'Words of messages', href: '/admin/words' };
  const status = (sent?.refused.status ?? 200) as 200;
  return renderPage(c, { view: 'administration/setting', title: model.heading, model, back }, status);
}
