import { afterAll, beforeAll, expect, test } from 'vitest';
import { courtCase, tell } from '../journeys/court-stage.ts';
import { newUrn, readCase } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { pullOf } from './own-work.ts';
import { plainBrowser } from './plain-browser.ts';

const on = '2026-04-20';
let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ now: `${on}T16:00:00Z` });
});
afterAll(() => hub.close());

/** The one thing in doubt of a message. */
async function inDoubt(urn: string, said: Parameters<typeof tell>[1]): Promise<string> {
  const { effects } = await tell(hub.as('feed-1'), { on, ...said, urn });
  const [found] = effects.filter(({ kind }) => kind === 'exception');
  if (!found) throw new Error('nothing is in doubt');
  return `/court-exceptions/${found.id}`;
}

test('a result in doubt is settled from its task: what is wrong, what the court said, a refusal that keeps the words, the right value', async () => {
  const { urn } = await courtCase(hub.as('sr-1'));
  await inDoubt(urn, {
    defendants: [{ offences: [{ plea: '1', finding: 'G', results: [{ code: 9123 }] }] }],
  });
  const task = await pullOf(hub, 'cw-1', urn, 'court-exception');
  const page = await plainBrowser(hub, 'cw-1');
  expect((await page.open('/court-exceptions')).text).toContain(urn);
  const { html } = await page.open(`/tasks/${task.id}`);
  const href = /href="(\/court-exceptions\/[\w-]+)"/.exec(html)?.[1] ?? '';
  const shown = await page.open(href);
  for (const words of [
    'HO100307',
    '9123',
    'Orsino Blenkhurst',
    'What the courts said',
    'Give the right value',
  ])
    expect(shown.text).toContain(words);
  await page.open(`${href}/correct`);
  const refused = await page.send(`${href}/correct`, { value: '9124' });
  expect([refused.status, refused.title]).toEqual([
    422,
    expect.stringMatching(/^Error: Give the right value/),
  ]);
  expect(refused.text).toContain('The right result code is no result code');
  expect(refused.html).toContain('value="9124"');
  const settled = await page.send(`${href}/correct`, { value: '1015' });
  expect(settled.text).toMatch(/It is settled.*Settled.*Give the right value, by cw-1/);
  expect(settled.text).not.toContain('What you can do');
  expect((await page.open(`${href}/correct`)).text).toContain('settled already');
  expect((await page.open(`/tasks/${task.id}`)).text).toContain('It is done');
});

test('results of a case that is not known are given to one by its URN, or the page for a new case has the URN in it', async () => {
  const unknown = newUrn();
  const href = await inDoubt(unknown, {});
  const page = await plainBrowser(hub, 'cw-1');
  const { html } = await page.open(href);
  expect(html).toContain(`href="/cases/new?urn=${unknown}"`);
  expect((await page.open(`/cases/new?urn=${unknown}`)).html).toContain(`value="${unknown}"`);
  const { urn } = await courtCase(hub.as('sr-1'));
  await page.open(`${href}/link`);
  expect((await page.send(`${href}/link`, { to: newUrn() })).text).toContain('is the URN of no case here');
  expect((await page.send(`${href}/link`, { to: urn })).text).toContain('Say which it is, by cw-1');
  const { tasks } = await readCase(hub.as('sr-1'), urn);
  const [task] = tasks.filter(({ subject }) => href.endsWith(subject['exception'] ?? 'none'));
  expect(task?.state).toBe('done');
  expect((await page.open(`${href}/accept`)).status).toBe(404);
});

test('a defendant or an offence that does not match is picked from the case by name, and a result is rejected with a reason', async () => {
  const page = await plainBrowser(hub, 'sr-1');
  const { urn, defendants } = await courtCase(hub.as('sr-1'));
  const stranger = await inDoubt(urn, {
    defendants: [{ given: 'Nobody', family: 'Atall', born: '1950-01-01' }],
  });
  const form = await page.open(`${stranger}/link`);
  expect(form.text).toContain('Which defendant is it? Orsino Blenkhurst');
  const linked = await page.send(`${stranger}/link`, { to: defendants[0]?.id ?? '' });
  expect(linked.text).toContain('Settled');

  const other = await courtCase(hub.as('sr-1'));
  const doubt = await inDoubt(other.urn, { defendants: [{ offences: [{ code: 'CJ88001' }] }] });
  expect((await page.open(`${doubt}/link`)).text).toContain('TH68006');
  expect((await page.open(`${doubt}/add`)).text).toContain('Class (optional)');
  await page.open(`${doubt}/reject`);
  expect((await page.send(`${doubt}/reject`)).text).toContain('“Why is it rejected?” is needed');
  expect((await page.send(`${doubt}/reject`, { reason: 'of another <person>' })).text).toContain('Reject it');
  expect((await page.open('/court-exceptions?state=settled')).text).toContain(other.urn);
});
