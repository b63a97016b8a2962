import { afterAll, beforeAll, expect, test } from 'vitest';
import type { QueuePage } from '../../src/http/api/queue.ts';
import { queueView, whyNoneGiven } from '../../src/http/pages/queue-view.ts';
import { saySafe } from '../../src/http/pages/task-contact.ts';
import { sayHeld } from '../../src/http/pages/task-view.ts';
import { ask, log, tasksOf } from '../journeys/correspondence-stage.ts';
import { defendant, magistratesHearing, readCase, victim } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { caseOf, leaveOnly } from './own-work.ts';
import { plainBrowser } from './plain-browser.ts';

const day = (path: string, on: string) => {
  const [year = '', month = '', of = ''] = on.split('-');
  return { [`${path}-day`]: of, [`${path}-month`]: month, [`${path}-year`]: year };
};

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ now: '2026-06-02T10:00:00+01:00' });
});
afterAll(() => hub.close());

/** Somebody who has the one task of a kind of a new case before them, pulled on the page. */
async function holding(who: string, kind: string, over: Record<string, unknown> = {}) {
  const made = await caseOf(hub, who, over);
  await leaveOnly(
    hub,
    who,
    made.tasks.filter((task) => task.kind === kind),
  );
  const page = await plainBrowser(hub, who);
  await page.open('/queue');
  const shown = await page.send('/queue/next');
  return { made, page, shown, path: shown.url.replace(/\?.*/, '') };
}

test('a custody limit is counted before the hub’s figure is seen; another count is recorded, and a senior settles it by both', async () => {
  const over = { defendants: [defendant({ remand: 'custody', remandedOn: '2026-06-01' })] };
  const { page, shown, path, made } = await holding('cw-2', 'confirm-custody-limit', over);
  expect(shown.text).toContain('From 1 June 2026');
  expect(shown.html).not.toMatch(/27 July 2026|2026-07-27/);
  const wrong = await page.send(`${path}/custody-count`, { method: 'by hand' });
  expect(wrong.status).toBe(422);
  expect(wrong.html).not.toMatch(/27 July 2026|2026-07-27/);
  const counted = await page.send(`${path}/custody-count`, {
    ...day('dueOn', '2026-07-28'),
    method: 'by hand',
  });
  expect(counted.text).toContain('Your different count is recorded');
  expect(counted.text).toMatch(/The hub 27 July 2026.*A second person 28 July 2026\. by hand/);
  expect(counted.text).not.toContain('was not saved');

  const { tasks } = await readCase(hub.as('sr-1'), made.urn);
  await leaveOnly(
    hub,
    'sr-1',
    tasks.filter(({ kind }) => kind === 'settle-custody-limit'),
  );
  const senior = await plainBrowser(hub, 'sr-1');
  await senior.open('/queue');
  const settling = await senior.send('/queue/next');
  expect(settling.text).toMatch(/The hub 27 July 2026.*A second person 28 July 2026.*Law: /);
  const to = `${settling.url}/settle`;
  expect((await senior.send(to, { stands: 'hub' })).title).toMatch(/^Error: /);
  const doubted = await senior.send(to, { stands: 'other', why: 'the remand was a day later' });
  expect(doubted.text).toContain('Correct what is recorded');
  expect(doubted.text).toContain('28 July 2026 stands, and what is recorded is to be corrected: the remand');
  const settled = await senior.send(to, { stands: 'hub', why: 'the warrant says 1 June' });
  expect(settled.text).toContain('The date stands');
  expect((await senior.open(settling.url)).text).toContain('It is done');
});

test('what was written down on a task is there for whoever goes on with it, and it is given back with a note', async () => {
  const { page, shown, path } = await holding('cw-3', 'check-file');
  expect(shown.text).toMatch(/It is yours for (2 hours|1 hour \d+ minutes) more/);
  const noted = await page.send(`${path}/notes`, { progress: 'rang the <station> twice' });
  expect(noted.text).toMatch(/The note is kept.*rang the <station> twice/);
  const back = await page.send(`${path}/release`, { handover: 'half of it is checked' });
  expect(back.text).toContain('The task is given back, undone');
  const again = await page.send('/queue/next');
  expect(again.url).toBe(path);
  expect(again.text).toMatch(/rang the <station> twice.*half of it is checked/);
});

test('a task is put off until a day before it is late, is seen among what is put off, and is taken up again', async () => {
  const { page, path } = await holding('cw-4', 'check-file');
  const late = await page.send(`${path}/defer`, {
    ...day('until', '2026-06-09'),
    reason: 'the officer is away',
  });
  expect(late.text).toContain('The day is after the day on which it is due, 3 June 2026');
  const put = await page.send(`${path}/defer`, {
    ...day('until', '2026-06-03'),
    reason: 'the officer is away',
  });
  expect(put.text).toContain('The task is put off');
  expect(put.text).toContain('What is put off');
  expect((await page.open(path)).text).toContain(
    'It is put off until 3 June 2026 at 8am: the officer is away',
  );
  const list = await page.open('/queue/put-off');
  expect(list.text).toMatch(/3 June 2026 at 8am the officer is away/);
  const taken = await page.send(path + '/resume');
  expect(taken.text).toMatch(/The task is back in your queue.*Nothing of yours is put off/);
  await page.open('/queue');
  expect((await page.send('/queue/next')).url).toBe(path);
  const today = { ...day('until', ''), 'until-time': '14:30', reason: 'until the call' };
  await page.send(`${path}/defer`, today);
  expect((await page.open(path)).text).toContain('until 2 June 2026 at 2:30pm: until the call');
  expect((await hub.as('cw-1').post(`/api${path}/resume`, {})).status).toBe(403);
});

test('a try against what keeps somebody safe is recorded with its reason alone, is seen with its note, and whoever rings in is recorded without a task', async () => {
  const safeContact = {
    note: 'he reads her phone',
    notBefore: '09:30',
    notAfter: '15:00',
    noVoicemail: true,
  };
  const { page, shown, path, made } = await holding('cw-1', 'victim-contact', {
    victims: [victim({ safeContact })],
    hearings: [magistratesHearing('2026-06-18', 'first-hearing')],
  });
  expect(shown.text).toContain('Safe contact. he reads her phone. Only between 09:30 and 15:00. Leave no');
  expect(shown.text).toContain('The hearing: 18 June 2026 at 10am, Norwich Magistrates’ Court.');
  const left = { channel: 'phone', result: 'message-left', note: 'her <sister> took it' };
  const refused = await page.send(`${path}/attempt`, left);
  expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('leave no voicemail')]);
  const tried = await page.send(`${path}/attempt`, { ...left, against: 'she asked for it yesterday' });
  expect(tried.text).toContain('The attempt is recorded. They still have to be told.');
  expect(tried.text).toMatch(
    /a message was left \([^)]+\) her <sister> took it .*she asked for it yesterday/,
  );

  const [person] = made.victims;
  const ringing = `/cases/${made.urn}/people/${person?.id}/attempt`;
  for (const from of [`/cases/${made.urn}`, `/victims/${person?.id}`])
    expect((await page.open(from)).html).toContain(`href="${ringing}"`);
  expect((await page.open(ringing)).text).toContain('The hearing: 18 June 2026 at 10am');
  expect((await page.send(ringing)).title).toMatch(/^Error: /);
  const rang = { theyRang: 'true', channel: 'phone', result: 'reached', note: 'rang from work' };
  expect((await page.send(ringing, rang)).text).toContain('The contact is recorded.');
  const { contacts } = await readCase(hub.as('sr-1'), made.urn);
  const told = contacts.flatMap(({ attempts }) => attempts).filter(({ result }) => result === 'reached');
  expect(told[0]?.note).toBe('They got in touch with us.\nrang from work');
  expect((await page.open(ringing)).text).toContain('They are owed no update at the moment');
});

test('a task to answer shows the letter or the question, and leads to where it is answered', async () => {
  const made = await caseOf(hub, 'cw-1', { victims: [victim()] });
  const page = await plainBrowser(hub, 'cw-1');
  const client = hub.as('cw-1');
  const letter = await log(client, made);
  const question = await ask(client, made);
  for (const [name, { id }, said] of [
    ['correspondence', letter, letter.summary],
    ['queries', question, question.question],
  ] as const) {
    const [task] = await tasksOf(client, made, id);
    const shown = await page.open(`/tasks/${task?.id}`);
    expect(shown.text).toContain('What is to be answered');
    expect(shown.text).toContain(said);
    expect((await page.open(`/cases/${made.urn}/${name}/${id}`)).text).toContain('Record the answer');
  }
});

test('whoever is given nothing is told why, and who is away sees it on their queue', async () => {
  await hub.hub.sql`update tasks set assignee = 'cw-8' where state = 'open' and team = 'traffic'`;
  const page = await plainBrowser(hub, 'cw-5');
  await page.open('/queue');
  expect((await page.send('/queue/next')).text).toContain('There is no task to give you: nothing is waiting');
  const absences = [{ from: '2026-06-01', to: '2026-06-12', kind: 'leave' }];
  const read = await hub.as('sr-1').get('/api/staff/cw-5/absences');
  await hub.as('sr-1').put(
    '/api/staff/cw-5/absences',
    { absences },
    {
      headers: { 'If-Match': read.headers.get('ETag') ?? '' },
    },
  );
  expect((await page.open('/queue')).text).toContain('You are away (leave) until 12 June 2026.');
});

test('a form of a task that somebody no longer holds says so in words of the page', async () => {
  const { page, path } = await holding('cw-2', 'check-file');
  const claim = '00000000-0000-4000-8000-000000000000';
  const refused = await page.send(`${path}/release`, { claim });
  expect(refused.text).toContain('What you sent was not saved');
  expect(refused.text).not.toMatch(/is not the claim|\bclaim\b/);
});

test('an empty queue says what there is to do instead, by role, and a task for how long it is held', () => {
  const counts = { critical: 0, overdue: 0, today: 0, soon: 0, later: 0 };
  const empty: QueuePage = { items: [], next: null, counts, away: null, asOf: '2026-06-02T09:00:00.000Z' };
  const of = (role: 'caseworker' | 'senior' | 'administrator') =>
    queueView(empty, {
      ...{ about: '', sort: 'order', formToken: '', key: '', heading: '' },
      viewer: { id: 'x', role },
    }).instead.link.href;
  expect([of('caseworker'), of('senior'), of('administrator')]).toEqual(['/cases', '/workload', '/admin']);
  expect(whyNoneGiven({ ...empty, counts: { ...counts, later: 1 } })).toContain('left of your shift');
  const held = (until: string) => sayHeld(until, '2026-06-02T09:00:00.000Z');
  expect(held('2026-06-02T11:00:00.000Z')).toContain('for 2 hours more');
  expect(held('2026-06-02T10:01:30.000Z')).toContain('for 1 hour 1 minute more');
  expect(held('2026-06-02T08:00:00.000Z')).toContain('nobody else has it yet');
  expect(saySafe(['One', 'Two.', 'Really?'])).toBe('One. Two. Really?');
});
