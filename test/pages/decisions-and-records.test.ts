import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decisionHeadingNames } from '../../src/decisions/national-decision-model.ts';
import { record, victim } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { caseOf, pullOf } from './own-work.ts';
import { plainBrowser } from './plain-browser.ts';

const on = '2026-06-02';
let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ now: `${on}T10:00:00+01:00` });
});
afterAll(() => hub.close());

const day = (path: string, date: string): Record<string, string> => {
  const [year = '', month = '', of = ''] = date.split('-');
  return { [`${path}-day`]: of, [`${path}-month`]: month, [`${path}-year`]: year };
};
const reasons = (of = ''): Record<string, string> =>
  Object.fromEntries(
    decisionHeadingNames.map((heading) => [`rationale.${heading}`, `Because ${heading}${of}`]),
  );
const moveTo = (date: string) => hub.setClock(`${date}T10:00:00+01:00`);

describe('the pages of decisions', () => {
  test('a decision is recorded with its reasons, comes back on its day as a task that leads to its review, and is replaced', async () => {
    const { urn } = await caseOf(hub, 'cw-1');
    const page = await plainBrowser(hub, 'cw-1');
    expect((await page.open(`/cases/${urn}`)).html).toContain(`href="/cases/${urn}/decisions"`);
    expect((await page.open(`/cases/${urn}/decisions`)).text).toContain('No decision is recorded yet');
    await page.open(`/cases/${urn}/decisions/new`);
    const refused = await page.send(`/cases/${urn}/decisions/new`, {
      decision: 'Ask the <court> to extend bail',
      'rationale.information': 'The sergeant told us',
    });
    expect([refused.status, refused.title]).toEqual([
      422,
      expect.stringMatching(/^Error: Record a decision/),
    ]);
    expect(refused.text).toContain('“What is it about?” is needed');
    expect(refused.text).toContain('Ask the <court> to extend bail');
    expect(refused.text).toContain('The sergeant told us');
    const listed = await page.send(`/cases/${urn}/decisions/new`, {
      ...reasons(),
      about: 'bail',
      ...day('reviewOn', '2026-06-09'),
    });
    expect(listed.url).toBe(`/cases/${urn}/decisions?done=decided`);
    for (const shown of [
      'The decision is recorded',
      'Ask the <court> to extend bail',
      'Because ethics',
      '9 June 2026',
    ])
      expect(listed.text).toContain(shown);

    await moveTo('2026-06-09');
    const task = await pullOf(hub, 'cw-1', urn, 'review-decision');
    const { html } = await page.open(`/tasks/${task.id}`);
    const reviewHref = /href="(\/cases\/\w+\/decisions\/[\w-]+\/review)"/.exec(html)?.[1] ?? '';
    const review = await page.open(reviewHref);
    expect(review.text).toContain('Ask the <court> to extend bail');
    const undecided = await page.send(reviewHref, { ...reasons(' still'), decision: 'Let it end' });
    expect(undecided.text).toContain('What does the review come to?');
    expect(undecided.status).toBe(422);
    const reviewed = await page.send(reviewHref, { outcome: 'replaced' });
    expect(reviewed.text).toMatch(/Let it end.*which it replaced.*Replaced.*Ask the <court>/);
    expect((await page.open(`/tasks/${task.id}`)).text).toContain('It is done');
  });

  test('who may not see a case sees none of its decisions, records or letters', async () => {
    const { urn } = await caseOf(hub, 'cw-1');
    const admin = await plainBrowser(hub, 'admin-1');
    const other = await plainBrowser(hub, 'cw-5');
    for (const name of ['decisions', 'decisions/new', 'records', 'correspondence/new', 'queries']) {
      expect((await admin.open(`/cases/${urn}/${name}`)).status, name).toBe(403);
      expect([403, 404], name).toContain((await other.open(`/cases/${urn}/${name}`)).status);
    }
  });
});

describe('the pages of police records', () => {
  const bail = { type: 'bailed', on: '2026-06-09', data: { conditional: true } };

  test('what is owed is one list, and is entered with its reference or with why there is none', async () => {
    await moveTo('2026-06-09');
    const { urn } = await caseOf(hub, 'cw-1');
    const page = await plainBrowser(hub, 'cw-1');
    expect((await page.open(`/cases/${urn}/records`)).text).toContain('owes nothing to any police system');
    await record(hub.as('cw-1'), urn, bail);
    const { text } = await page.open('/records?state=owed&system=storm');
    expect(text).toContain(urn);
    expect(text).toContain('STORM');
    const { html } = await page.open(`/cases/${urn}/records`);
    const hrefs = [...html.matchAll(/href="(\/cases\/\w+\/records\/[\w-]+)"/g)].map(([, href = '']) => href);
    expect(hrefs.length).toBeGreaterThan(1);
    const [first = '', second = ''] = hrefs;
    await page.open(first);
    const refused = await page.send(first, { note: 'kept <words>' });
    expect(refused.title).toMatch(/^Error: /);
    expect(refused.text).toContain('Reference in that system is needed');
    expect(refused.html).toContain('kept &lt;words&gt;');
    const entered = await page.send(first, { reference: '26/000111K' });
    expect(entered.text).toMatch(/The entry is recorded.*26\/000111K/);
    expect((await page.open(first)).text).toContain('Nothing is owed here any more');
    await page.open(second);
    expect((await page.send(second, { hasNone: 'true' })).text).toContain('why there is no reference');
    expect((await page.send(second, { note: 'It gives none' })).text).toContain('Without a reference');
    expect((await page.open('/records?state=entered')).text).toContain('26/000111K');
  });

  test('the task to enter something asks for the reference, keeps what was typed, and is done by it', async () => {
    await moveTo('2026-06-09');
    const { urn } = await caseOf(hub, 'cw-2');
    await record(hub.as('cw-2'), urn, bail);
    const task = await pullOf(hub, 'cw-2', urn, 'enter-record');
    const page = await plainBrowser(hub, 'cw-2');
    await page.open(`/tasks/${task.id}`);
    const refused = await page.send(`/tasks/${task.id}/entered`, { ...day('on', '2026-06-30') });
    expect(refused.title).toMatch(/^Error: /);
    expect(refused.text).toContain('Reference in that system is needed');
    const early = await page.send(`/tasks/${task.id}/entered`, { reference: 'P-1' });
    expect(early.text).toContain('Entered on is still to come');
    expect(early.html).toContain('value="P-1"');
    const done = await page.send(`/tasks/${task.id}/entered`, day('on', '2026-06-09'));
    expect(done.url).toMatch(/^\/queue/);
    expect((await page.open(`/tasks/${task.id}`)).text).toContain('It is done');
    expect((await page.open(`/cases/${urn}/records`)).text).toContain('P-1');
  });
});

describe('the pages of letters and questions', () => {
  test('a letter that needs an answer is a task that leads to answering it, and one that needs none is closed', async () => {
    await moveTo('2026-06-09');
    const { urn } = await caseOf(hub, 'cw-3');
    const page = await plainBrowser(hub, 'cw-3');
    const newHref = `/cases/${urn}/correspondence/new`;
    await page.open(newHref);
    const wrong = await page.send(newHref, { with: 'cps', summary: 'Wants the <schedule>' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('“Did it come, or was it sent?” is needed');
    const fields = { direction: 'in', channel: 'email', subject: 'disclosure', needsAnswer: 'true' };
    expect((await page.send(newHref, fields)).text).toMatch(/It is logged.*Wants the <schedule>/);
    const task = await pullOf(hub, 'cw-3', urn, 'answer-correspondence');
    const { html } = await page.open(`/tasks/${task.id}`);
    const href = /href="(\/cases\/\w+\/correspondence\/[\w-]+)"/.exec(html)?.[1] ?? '';
    await page.open(href);
    expect((await page.send(href)).text).toContain('“What is the answer?” is needed');
    expect((await page.send(href, { summary: 'Sent it' })).text).toMatch(/The answer is recorded.*Answered/);
    expect((await page.open(href)).text).toContain('No answer is waited for');
    expect((await page.open(`/tasks/${task.id}`)).text).toContain('It is done');

    await page.open(newHref);
    await page.send(newHref, { ...fields, with: 'court', summary: 'Another' });
    const { html: listed } = await page.open(`/cases/${urn}/correspondence`);
    const [second = ''] = [...listed.matchAll(/href="(\/cases\/\w+\/correspondence\/[\w-]{36})"/g)]
      .map(([, one = '']) => one)
      .filter((one) => one !== href);
    await page.open(`${second}/closed`);
    expect((await page.send(`${second}/closed`, { why: 'Overtaken' })).text).toContain('No answer needed');
  });

  test('a question of somebody in the case is logged by their name, and answered from its task', async () => {
    await moveTo('2026-06-09');
    const { urn, victims } = await caseOf(hub, 'cw-4', { victims: [victim()] });
    const page = await plainBrowser(hub, 'cw-4');
    const newHref = `/cases/${urn}/queries/new`;
    await page.open(newHref);
    const asked = await page.send(newHref, {
      'from.kind': `victim ${victims[0]?.id}`,
      about: 'question',
      how: 'phone',
      question: 'When is the <trial>?',
    });
    expect(asked.text).toMatch(/Question of a victim.*When is the <trial>\?/);
    const task = await pullOf(hub, 'cw-4', urn, 'answer-query');
    const { html } = await page.open(`/tasks/${task.id}`);
    const href = /href="(\/cases\/\w+\/queries\/[\w-]+)"/.exec(html)?.[1] ?? '';
    await page.open(href);
    const answered = await page.send(href, { answer: 'In July', how: 'phone' });
    expect(answered.text).toContain('Answered');
    expect((await page.open(`/tasks/${task.id}`)).text).toContain('It is done');
  });
});
