import { afterAll, beforeAll, expect, test } from 'vitest';
import { glanceAt } from '../../src/http/pages/case-glance.ts';
import { errorLinks, readFields, showFields, type Field } from '../../src/http/pages/form-field.ts';
import { create, magistratesHearing, newUrn, expectStatus, readCase, record } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { officerPage } from './own-work.ts';
import { plainBrowser, type PlainBrowser, type Shown } from './plain-browser.ts';

const now = '2026-06-10T09:30:00+01:00';
const environment = { LINK_SECRET: 'a secret of the tests, of more than 32 characters' };
let hub: TestHub;
let page: PlainBrowser;
let senior: ReturnType<TestHub['as']>;
beforeAll(async () => {
  hub = await startTestHub({ now, environment });
  senior = hub.as('sr-1');
  page = await plainBrowser(hub, 'sr-1');
});
afterAll(() => hub.close());

async function nameOf(id: string): Promise<string> {
  const [row] = await hub.database.sql<{ name: string }[]>`select name from staff where id = ${id}`;
  return row?.name ?? '';
}

/** Where the link with these words leads. */
function linkIn({ html }: Shown, words: string): string {
  const href = new RegExp(`href="([^"]+)"[^>]*>${words}`).exec(html)?.[1];
  if (href === undefined) throw new Error(`there is no link ${words}`);
  return href.replaceAll('&amp;', '&');
}

/** The rows of the table under a heading, as text. */
function rowsUnder({ html }: Shown, heading: string): string[] {
  const table = html.slice(html.indexOf(`id="${heading}"`)).split('</table>')[0] ?? '';
  return (table.split('<tbody')[1] ?? '')
    .split('</tr>')
    .map((row) =>
      row
        .replace(/^[^<]*>/, '')
        .replaceAll(/<[^>]*>/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
    .filter((row) => row !== '');
}

test('the history of a case can be read to its beginning, and says in words who did what with which task and until when', async () => {
  const made = await create(hub.as('feed-1'), { officer: 'PC1001', receivedAt: now });
  const caseworker = made.caseworker ?? '';
  const { task } = await expectStatus(
    200,
    hub.as(caseworker).post<{
      task: { id: string; title: string; claim: { token: string } };
    }>(`/api/caseworkers/${caseworker}/next-task`),
  );
  const putOff = { claim: task.claim.token, until: '2026-06-11', reason: 'awaiting the CPS' };
  await expectStatus(200, hub.as(caseworker).post(`/api/tasks/${task.id}/defer`, putOff));
  for (let n = 0; n < 25; n += 1)
    await record(senior, made.urn, { type: 'file-submitted', on: '2026-06-10', data: {} });

  let shown = await page.open(`/cases/${made.urn}`);
  expect(shown.text).not.toContain('Case received');
  let told = shown.text;
  while (shown.html.includes('Older entries')) {
    shown = await page.open(linkIn(shown, 'Older entries'));
    told += shown.text;
  }
  const [mine, theirs] = [await nameOf('sr-1'), await nameOf(caseworker)];
  expect(told).toContain(`${mine}: Prosecution file sent to the CPS`);
  expect(told).toContain(`${theirs}: Put off until 11 June 2026: ${task.title} (awaiting the CPS)`);
  expect(told).toMatch(/: New deadline: .+?, due \d/);
  expect(told).toMatch(/: Done: .+?, on 10 June 2026 \(it was due \d/);
  expect(told).toContain('Case received');
  expect(told).not.toMatch(/Deadline met|Alert \(|Task put off|\bcw-\d|\bsr-1/);
});

test('a case shows its tasks in the order of work with whose they are, how near its limits are, and how material is chased', async () => {
  const made = await create(senior, { officer: 'PC1002', receivedAt: now });
  const event = { type: 'remanded', on: '2026-06-10', defendant: made.defendants[0]?.id, data: {} };
  await record(senior, made.urn, event);
  const [material] = made.materials;
  await hub.database.sql`
    insert into chasers (id, alert_id, request_id, request_version, step, level, recipient, at)
    values (gen_random_uuid(), gen_random_uuid(), ${material?.id ?? ''}, 1, 'notify', 'officer', 'PC1002',
      '2026-06-09T07:00:00Z')`;

  const found = await readCase(senior, made.urn);
  const shown = await page.open(`/cases/${made.urn}`);
  const open = found.tasks.filter(({ state }) => state === 'open' || state === 'claimed');
  const bands = ['critical', 'overdue', 'today', 'soon', 'later'];
  const places = rowsUnder(shown, 'tasks').map((row) =>
    bands.findIndex((band) => new RegExp(`\\b${band}\\b`, 'i').test(row)),
  );
  expect(places).toHaveLength(open.length);
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  expect(shown.text).toContain(await nameOf(found.caseworker ?? ''));
  expect(shown.text).not.toMatch(/\bcw-\d/);

  const chased = rowsUnder(shown, 'materials').filter((row) => row.includes('9 June 2026, officer'));
  expect(chased).toHaveLength(1);
  const next = found.materials.find(({ id }) => id === material?.id)?.nextChaserAt;
  expect(next).toMatch(/^2026-06-/);
  expect(rowsUnder(shown, 'materials').some((row) => row.includes('Not yet'))).toBe(true);

  expect(shown.text).toMatch(/Custody time limit.*?in \d+ days/);
  const [limit] = glanceAt(found, '2026-06-10').limits;
  expect(limit).toMatchObject({ isNear: false, about: found.defendants[0]?.name });
  const day = found.deadlines.find(({ title }) => title === limit?.title)?.legalDue ?? '';
  expect(glanceAt(found, day).limits[0]).toMatchObject({
    isNear: true,
    left: 'today',
  });
});

test('after recording an event its page says what was recorded and by whom, what changed, and what there is to do now', async () => {
  const made = await create(senior, { officer: 'PC1002', receivedAt: now });
  const listing = magistratesHearing('2026-06-29', 'trial', { courtName: 'Barchester' });
  const post = (body: object) =>
    expectStatus(201, senior.post<{ event: { id: string } }>(`/api/cases/${made.urn}/events`, body));
  const { event } = await post({ type: 'hearing-listed', on: '2026-06-10', data: listing });
  const { text } = await page.open(`/cases/${made.urn}/events/${event.id}`);
  expect(text).toMatch(/It is recorded\. \d+ dates? (?:added|changed)/);
  expect(text).toContain('Name of the court Barchester');
  expect(text).toContain(`Recorded by ${await nameOf('sr-1')}`);
  const sent = { type: 'property-no-longer-needed', on: '2026-06-10', data: {} };
  await post(sent);
  const again = await post(sent);
  const nothing = await page.open(`/cases/${made.urn}/events/${again.event.id}`);
  expect(nothing.text).toContain('It changed no date and opened no task');
});

test('a case is found by a URN written in groups and by an officer in small letters, with its defendants and its next hearing', async () => {
  const made = await create(senior, {
    officer: 'PC1009',
    receivedAt: now,
    hearings: [magistratesHearing('2026-06-24', 'first-hearing', { courtName: 'Barchester' })],
  });
  const grouped = `${made.urn.slice(0, 4)} ${made.urn.slice(4, 9)}/${made.urn.slice(9)}`;
  for (const query of [`q=${encodeURIComponent(grouped)}`, 'officer=pc1009']) {
    const { text } = await page.open(`/cases?clear=yes&${query}`);
    const seen = text.includes(made.urn) ? text : (await page.open(`/cases?${query}`)).text;
    expect(seen, query).toContain(made.urn);
    expect(seen).toContain(made.defendants[0]?.name);
    expect(seen).toContain('24 June 2026, Barchester');
  }
});

test('a restricted case names on its form who may see it, and says who will before it is saved', async () => {
  const [ada, urn] = [await nameOf('cw-1'), newUrn()];
  await page.open('/cases/new');
  const fields = {
    urn,
    kind: 'crime',
    initiation: 'charge',
    anticipatedPlea: 'not-guilty',
    officer: 'PC1001',
    restricted: 'true',
    visibleTo: `${ada.toLowerCase()}\nSomebody Else`,
    'defendants.0.name': 'Zebedee Quimble',
    'defendants.0.remand': 'none',
    'defendants.0.offences.0.code': 'TH68006',
    'defendants.0.offences.0.committedOn-day': '1',
    'defendants.0.offences.0.committedOn-month': '6',
    'defendants.0.offences.0.committedOn-year': '2026',
    step: 'preview',
  };
  const wrong = await page.send('/cases/new', fields);
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('has “Somebody Else”, whom the hub does not know');
  const preview = await page.send('/cases/new', { ...fields, visibleTo: `${ada}\nsr-1` });
  expect(preview.text).toContain('and by nobody else');
  expect(preview.text).toContain(ada);
  const saved = await page.send('/cases/new', { step: 'create' });
  expect(saved.text).toContain(`Seen only by ${ada}, ${await nameOf('sr-1')}.`);
  expect((await readCase(senior, urn)).visibleTo).toEqual(['cw-1', 'sr-1']);
});

test('an officer says of a whole case in one press that all was sent, the case in most danger first, and what was filled in elsewhere counts', async () => {
  const officer = 'PC1003';
  const quiet = await create(senior, { officer, receivedAt: now });
  const hearings = [magistratesHearing('2026-06-20', 'trial')];
  const urgent = await create(senior, { officer, receivedAt: now, hearings });
  const path = await officerPage(hub, officer, quiet);
  const asPage = { headers: { Accept: 'text/html' } };
  const { text } = await hub.anyone.get<string>(path, asPage);
  expect(text.indexOf(`id="case-${urgent.urn}"`)).toBeLessThan(text.indexOf(`id="case-${quiet.urn}"`));
  expect(text).toContain('Hearing on 20 June 2026, in 7 working days.');
  expect(text, 'nothing is unfolded').not.toMatch(/<details\s+open/);

  const hidden = [...text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const form = new URLSearchParams(
    hidden.map(([, name = '', value = '']): [string, string] => [name, value]),
  );
  const send = () =>
    hub.anyone.send(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });
  const [late, other] = quiet.materials;
  form.set('all', urgent.urn);
  form.set(`answer-${late?.id}`, 'late');
  form.set(`until-${late?.id}`, '2026-06-24');
  const wrong = await send();
  expect(wrong.status).toBe(422);
  expect(wrong.text).toMatch(/<details\s+open/);
  expect(wrong.text, 'what was filled in is kept').toMatch(/value="late"\s+checked/);
  expect((await readCase(senior, urgent.urn)).materials.map(({ answer }) => answer)).not.toContain('sent');

  form.set(`reason-${late?.id}`, 'still being typed');
  expect((await send()).status).toBe(303);
  expect(new Set((await readCase(senior, urgent.urn)).materials.map(({ answer }) => answer))).toEqual(
    new Set(['sent']),
  );
  const after = (await readCase(senior, quiet.urn)).materials;
  expect(after.find(({ id }) => id === late?.id)?.answer).toBe('late');
  expect(after.find(({ id }) => id === other?.id)?.answer).toBe(null);
});

test('the tour sends nobody to a page that is not for them', async () => {
  for (const who of ['cw-1', 'sr-1', 'admin-1', 'audit-1']) {
    const browser = await plainBrowser(hub, who);
    const { html, text } = await browser.open('/tour');
    expect(text).toContain(await nameOf(who));
    const steps = html.slice(html.indexOf('govuk-list--number')).split('</ol>')[0] ?? '';
    const links = [...steps.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href);
    expect(links.length).toBeGreaterThan(2);
    for (const href of links) expect((await browser.open(href)).status, `${who} ${href}`).toBe(200);
  }
});

test('what is wrong with a date or a time is said as its boxes ask for it, and a time may be written as people do', () => {
  const fields: Field[] = [
    { kind: 'moment', path: 'receivedAt', label: 'When' },
    { kind: 'date', path: 'on', label: 'Day' },
    { kind: 'time', path: 'at', label: 'Time' },
  ];
  const problems = [
    { path: 'receivedAt', message: 'must be a date and time such as 2026-03-06T09:30:00+00:00' },
    { path: 'on', message: 'must be a date that exists, written like 2026-03-06' },
    { path: 'at', message: 'must be a time of day written like 09:30' },
    { path: 'custody.0.from', message: 'must be a date that exists, written like 2026-03-06' },
  ];
  const said = errorLinks(showFields(fields, {}, problems), problems, '').map(({ text }) => text);
  expect(said).toHaveLength(4);
  expect(said.join()).not.toMatch(/\d{4}-\d\d-\d\d/);
  expect(said[0]).toContain('a time, such as 9:30am');
  const read = (at: string) => readFields(fields, { at })['at'];
  const typed = ['9:30', '0930', '9.30', '9:30am', '9am', '2pm', '12am', '12.15 PM', '13pm', '9', 'noonish'];
  expect(typed.map(read)).toEqual([
    ...['09:30', '09:30', '09:30', '09:30', '09:00', '14:00', '00:00', '12:15', '13pm', '9', 'noonish'],
  ]);
});
