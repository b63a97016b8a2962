import type { Context, Routes } from '../../app-context.ts';
import { readFields } from '../form-field.ts';
import { findListed, readListed, restHref, type Listed } from '../listed.ts';
import { noticeOf } from '../notices.ts';
import { ofCase, urnOf } from '../of-case.ts';
import { formPage } from '../one-form.ts';
import { getPage, showProblem } from '../page-route.ts';
import { renderPage } from '../render.ts';
import { caseReaders } from '../who.ts';
import { decisionFields, decisionView, type DecisionJson } from './decision-view.ts';

const path = '/cases/:urn/decisions';
const list = { text: 'Decisions', name: 'decisions' };
const apiPath = (c: Context): string => `/api/cases/${urnOf(c)}/decisions`;

/** `GET /cases/:urn/decisions`, `GET|POST /cases/:urn/decisions/new`, `/cases/:urn/decisions/:id/review` */
export const decisionPages: Routes = (app) => {
  getPage(app, path, caseReaders, 'The decisions of a case, with their reasons', async (c) => {
    const found = await readListed<DecisionJson>(c, app, apiPath(c));
    if (found.kind === 'problem') return showProblem(c, found);
    const model = {
      urn: c.req.param('urn') ?? '',
      decisions: found.body.items.map(decisionView),
      newHref: `/cases/${urnOf(c)}/decisions/new`,
      nextHref: restHref(c, found.body.next),
      notice: noticeOf(c),
    };
    return renderPage(c, { view: 'decisions', title: 'Decisions', model, back: ofCase(c).back });
  });

  const done = (c: Context) => `/cases/${urnOf(c)}/decisions?done=decided`;

  formPage<Listed<DecisionJson>>(app, {
    path: `${path}/new`,
    roles: caseReaders,
    summary: 'Record a decision with its reasons',
    read: (c) => readListed(c, app, apiPath(c)),
    show: (_found, c) => ({
      ...ofCase(c, list),
      title: 'Record a decision',
      intro: [
        'Say what was decided, and why under each heading of the National Decision Model. It cannot be changed afterwards: a later decision reviews it.',
      ],
      fields: decisionFields(false),
      button: 'Record the decision',
    }),
    send: (form, _found, c) => ({ path: apiPath(c), body: readFields(decisionFields(false), form) }),
    next: (_done, _found, c) => done(c),
  });

  formPage<DecisionJson>(app, {
    path: `${path}/:id/review`,
    roles: caseReaders,
    summary: 'Review a decision',
    read: (c) => findListed(c, app, apiPath(c), c.req.param('id') ?? ''),
    show: (found, c) => {
      const { heading, decision, reasons } = decisionView(found);
      return {
        ...ofCase(c, list),
        title: 'Review a decision',
        intro: ['The decision that you review stands below, with its reasons.'],
        facts: [{ key: heading, value: decision }, ...reasons],
        fields: decisionFields(true),
        button: 'Record the review',
      };
    },
    send: (form, { id, about }, c) => ({
      path: apiPath(c),
      body: { ...readFields(decisionFields(true), form), about, reviews: id },
    }),
    next: (_done, _found, c) => done(c),
  });
};
