import { afterAll, beforeAll, expect, test } from 'vitest';
import { signLink } from '../../src/chasers/officer-link.ts';
import { issueLink } from '../../src/chasers/store-links.ts';
import { readOwed } from '../../src/materials/store.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { create, expectStatus, readCase, type CaseJson, type Page } from '../journeys/stage.ts';

const secret = 'a secret of the tests, of more than 32 characters';
const now = '2026-06-10T09:30:00+01:00';
const asPage = { headers: { Accept: 'text/html,application/xhtml+xml' } };

type Item = { requestId: string; caseUrn: string; asking: string; answer: string | null; state: string };
type Asked = { items: Item[] };
type Link = { id: string; state: string; items: number };

let hub: TestHub;
const log: string[] = [];
beforeAll(async () => {
  const environment = { LINK_SECRET: secret };
  hub = await startTestHub({ now, environment, log: { write: (line) => void log.push(line) } });
});
afterAll(() => hub.close());

const senior = () => hub.as('sr-1');

/** A case of an officer, and the path of a link to what the file needs, of at most so many items. */
async function linked(officer: string, most = 4): Promise<{ made: CaseJson; path: string; id: string }> {
  const made = await create(senior(), { officer, receivedAt: now });
  const address = await hub.hub.db.transaction(async (tx) => {
    const owed = (await readOwed(tx, officer)).slice(0, most);
    const requests = owed.map(({ id, version }) => ({ id, version, officer }));
    return issueLink(tx, { officer, messageId: made.id, requests }, hub.url, '2026-06-10T08:30:00.000Z');
  });
  const id = address.split('/').at(-1) ?? '';
  return { made, id, path: `/r/${await tokenOf(id)}` };
}

async function tokenOf(id: string): Promise<string> {
  const { officerLinks } = await import('../../db/schema/index.ts');
  const rows = await hub.hub.db.select().from(officerLinks);
  const row = rows.find((one) => one.id === id);
  if (!row) throw new Error('the link is not there');
  return signLink(row, secret);
}

const itemsOf = async (path: string) => (await expectStatus(200, hub.anyone.get<Asked>(path))).items;

/** The form as the page has it, with what it holds hidden. */
async function formOf(path: string): Promise<URLSearchParams> {
  const { text } = await hub.anyone.get(path, asPage);
  const hidden = [...text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return new URLSearchParams(hidden.map(([, name = '', value = '']): [string, string] => [name, value]));
}

function send(path: string, form: URLSearchParams) {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return hub.anyone.send(path, { method: 'POST', headers, body: form.toString() });
}

test('the page asks in a form that a browser may send and that needs no script, and shows no other case', async () => {
  const { path, made } = await linked('PC1001');
  const other = await create(senior(), { officer: 'PC1001', receivedAt: now });
  const { text, headers, status } = await hub.anyone.get(path, asPage);
  expect(status).toBe(200);
  expect(text).toContain(made.urn);
  expect(text).not.toContain(other.urn);
  expect(text).toContain('name="viewport" content="width=device-width');
  expect(text).not.toMatch(/<script|Wigglethrope|Barnaby/);
  expect(headers.get('content-security-policy')).toMatch(/form-action 'self'/);
  expect(headers.get('content-security-policy')).not.toMatch(/script-src/);
  expect(headers.get('cache-control')).toBe('no-store');
});

test('neither looking, in any way, nor posting without what the page holds changes anything', async () => {
  const { path, made } = await linked('PC1002');
  const before = await readCase(senior(), made.urn);
  const [item] = await itemsOf(path);
  for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT'])
    await hub.anyone.send(path, { method, headers: { ...asPage.headers, 'Sec-Purpose': 'prefetch' } });
  const blind = new URLSearchParams({ [`answer-${item?.requestId}`]: 'sent' });
  for (const form of [
    new URLSearchParams(),
    blind,
    new URLSearchParams({ ...Object.fromEntries(blind), form: 'x' }),
  ])
    expect((await send(path, form)).status).toBe(422);
  const after = await readCase(senior(), made.urn);
  expect(after.materials).toEqual(before.materials);
  expect(after.tasks).toEqual(before.tasks);
});

test('each answer is told to the caseworker, receipted without anybody’s words, and can be changed', async () => {
  const { path, made } = await linked('PC1003');
  const [sent, late, notMine, cannot] = await itemsOf(path);
  const form = await formOf(path);
  form.set(`answer-${sent?.requestId}`, 'sent');
  form.set(`answer-${late?.requestId}`, 'late');
  form.set(`answer-${notMine?.requestId}`, 'not-mine');
  form.set(`answer-${cannot?.requestId}`, 'cannot');
  form.set(`until-${late?.requestId}`, '2026-06-09');
  const wrong = await send(path, form);
  expect(wrong.status).toBe(422);
  for (const field of [
    `until-${late?.requestId}`,
    `whose-${notMine?.requestId}`,
    `reason-${cannot?.requestId}`,
  ])
    expect(wrong.text, field).toContain(`href="#${field}"`);
  expect(wrong.text, 'what was filled in is kept').toMatch(/value="late"\s+checked/);

  form.set(`until-${late?.requestId}`, '2026-06-24');
  form.set(`reason-${late?.requestId}`, 'waiting for Snoddlewick');
  form.set(`whose-${notMine?.requestId}`, 'pc1004');
  form.set(`reason-${cannot?.requestId}`, 'it was destroyed');
  expect((await send(path, form)).status).toBe(303);
  const { text } = await hub.anyone.get(path, asPage);
  expect(text).toMatch(/Thank you\.\s+You have answered everything\./);

  const { tasks, materials } = await readCase(senior(), made.urn);
  const of = (item: Item | undefined) => tasks.find(({ materialId }) => materialId === item?.requestId);
  expect(of(sent)).toMatchObject({ kind: 'confirm-receipt' });
  expect(of(sent)?.because.join()).toContain('Chasing waits until 15 June 2026');
  expect(of(notMine)?.title).toMatch(/^Move it to PC1004: /);
  expect(of(cannot)).toMatchObject({ kind: 'decide-without' });
  expect(materials.find(({ id }) => id === late?.requestId)).toMatchObject({
    dueOn: '2026-06-24',
    answer: 'late',
  });

  const receipts = await hub.database
    .sql`select body from messages where purpose = 'answer-receipt' and to_id = 'PC1003'`;
  expect(receipts).toHaveLength(1);
  expect(receipts[0]?.['body']).toContain(`${made.urn}: `);
  expect(receipts[0]?.['body']).toContain('coming by 24 June 2026');
  expect(receipts[0]?.['body']).not.toContain('Snoddlewick');

  // A second tap sends the same once more; then the officer finds that it had not been sent after all.
  const again = { items: [{ requestId: sent?.requestId, answer: 'sent' }] };
  await expectStatus(200, hub.anyone.post(path, again));
  const sentTasks = (await readCase(senior(), made.urn)).tasks.filter(
    ({ kind }) => kind === 'confirm-receipt',
  );
  expect(sentTasks.map(({ state }) => state)).toEqual(['open']);
  const corrected = {
    items: [{ requestId: sent?.requestId, answer: 'cannot', reason: 'it was never recorded' }],
  };
  await expectStatus(200, hub.anyone.post(path, corrected));
  expect((await itemsOf(path)).find(({ requestId }) => requestId === sent?.requestId)?.answer).toBe('cannot');
});

test('an answer to what is no longer what is asked for is refused, and says so', async () => {
  const { path } = await linked('PC1005', 1);
  const [item] = await itemsOf(path);
  const form = await formOf(path);
  await expectStatus(200, senior().post(`/api/materials/${item?.requestId}/received`, {}));
  const code = 'evidential-statement-s';
  await expectStatus(200, senior().post(`/api/materials/${item?.requestId}/rejected`, { code }));
  form.set(`answer-${item?.requestId}`, 'sent');
  const stale = await send(path, form);
  expect(stale).toMatchObject({ status: 422 });
  expect(stale.text).toContain('it has changed since you read it');
});

test('what another officer is asked for, since the case changed hands, is open to the first no longer', async () => {
  const { path, made } = await linked('PC1006', 2);
  expect(await itemsOf(path)).toHaveLength(2);
  const event = { type: 'officer-changed', on: '2026-06-10', data: { officer: 'PC1007' } };
  await expectStatus(201, senior().post(`/api/cases/${made.urn}/events`, event));
  expect(await itemsOf(path)).toEqual([]);
});

test('a link that was revoked or has expired is 410 and one that was never made is 404, and neither tells anything', async () => {
  const { path, made, id } = await linked('PC1008');
  const links = await expectStatus(200, senior().get<Page<Link>>('/api/officers/PC1008/links'));
  expect(links.items).toEqual([expect.objectContaining({ id, state: 'works', items: 4 })]);
  for (const who of ['admin-1', 'audit-1', 'feed-1'])
    await expectStatus(403, hub.as(who).post(`/api/officer-links/${id}/revoke`, { reason: 'x' }));
  const reason = 'it was sent to a shared mailbox';
  for (let times = 0; times < 2; times++) {
    const revoked = await expectStatus(
      200,
      hub.as('cw-1').post<Link>(`/api/officer-links/${id}/revoke`, { reason }),
    );
    expect(revoked).toMatchObject({ state: 'revoked', revokedBy: 'cw-1' });
  }
  const later = await linked('PC1009');
  await hub.setClock('2026-07-11T00:00:00+01:00');
  try {
    for (const [closed, status] of [
      [path, 410],
      [later.path, 410],
      [`${path.slice(0, -3)}abc`, 404],
      ['/r/x', 404],
    ] as const)
      for (const ask of [
        () => hub.anyone.get(closed, asPage),
        () => hub.anyone.get(closed),
        () => hub.anyone.post(closed, { items: [{ requestId: made.id, answer: 'sent' }] }),
        () => send(closed, new URLSearchParams({ form: 'x' })),
      ]) {
        const reply = await ask();
        expect(reply.status).toBe(status);
        for (const word of [made.urn, later.made.urn, 'PC1008', 'shared mailbox', 'PC1009'])
          expect(reply.text).not.toContain(word);
      }
  } finally {
    await hub.setClock(now);
  }
});

test('a link does not open more because somebody wrote to the database, and its token is in no log and no table', async () => {
  const { path, id } = await linked('PC1010');
  await itemsOf(path);
  const { sql } = hub.database;
  await sql`update officer_links set requests = requests || (
    select jsonb_build_array(jsonb_build_object('id', id, 'version', version, 'officer', officer))
    from material_requests where officer = 'PC1001' limit 1) where id = ${id}`;
  expect((await hub.anyone.get(path)).status).toBe(404);
  const signature = path.split('.').at(-1) ?? '';
  expect(log.join('')).not.toContain(signature);
  const tables = await sql<{ text: string }[]>`
    select concat(l.*) as text from officer_links l union all select concat(m.*) from messages m
    union all select concat(h.*) from history h union all select concat(a.*) from access_log a`;
  expect(tables.map(({ text }) => text).join()).not.toContain(signature);
});
