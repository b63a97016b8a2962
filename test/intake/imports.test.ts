import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startImports } from '../../workers/imports.ts';
import type { Looking } from '../../workers/look-every.ts';
import { create, crimeCase, expectStatus, newUrn, readCase, type CaseJson } from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { casesOf, row, settled, sheet, upload, type Import } from './stage.ts';

describe('a file of cases', () => {
  let hub: TestHub;
  let imports: Looking;
  const log: string[] = [];
  beforeAll(async () => {
    hub = await startTestHub({ now: '2026-06-02T12:00:00Z', log: { write: (line) => void log.push(line) } });
    imports = startImports(hub.hub, 50);
  });
  afterAll(async () => {
    await imports.close();
    await hub.close();
  });
  const worker = () => hub.as('cw-1');
  const confirm = (id: string, body: object = {}) =>
    worker().post<Import>(`/api/imports/${id}/confirm`, body);
  const countCases = async () => {
    const [found] = await hub.hub.db.execute<{ n: number }>(sql`select count(*)::int as n from cases`);
    return found?.n ?? 0;
  };
  const checked = async (body: string) => settled(worker(), (await upload(worker(), body)).body.id);

  test('is checked first, creates nothing until it is confirmed, and then all that POST /api/cases would', async () => {
    const urn = newUrn();
    const file = sheet([
      row({
        ...{ URN: urn, 'Victim 1 name': 'Orla Squibbleworth', 'Victim 1 phone': '07700 900417' },
        ...{ 'Victim 1 preferred': 'Phone', 'Hearing 1 on': '10/06/2026', 'Hearing 1 at': '9:30' },
        ...{
          'Hearing 1 court': 'Magistrates’ court',
          'Hearing 1 court name': 'Norwich',
          'Hearing 1 type': 'first hearing',
        },
      }),
      row(),
      // Of the first case, apart from its other row.
      {
        URN: urn,
        'Defendant name': 'Barnaby Wigglethrope',
        'Offence code': 'CJ88001',
        'Committed on': '2026-05-30',
      },
    ]);
    const before = await countCases();
    const sent = await upload(worker(), file);
    expect(sent.status, sent.text).toBe(202);
    const found = await settled(worker(), sent.body.id);
    expect(found).toMatchObject({
      state: 'checked',
      counts: { ready: 2, wrong: 0 },
      errors: [],
      progress: { done: 2, of: 2 },
    });
    const [first] = await casesOf(worker(), found.id);
    expect(first).toMatchObject({
      urn,
      rows: [2, 4],
      makes: { defendants: 1, offences: 2, hearings: 1, victims: 1 },
    });
    expect(first?.firstDates.length).toBeGreaterThan(0);
    expect(await countCases()).toBe(before);

    expect((await confirm(found.id)).status).toBe(202);
    const done = await settled(worker(), found.id);
    expect(done).toMatchObject({ state: 'done', counts: { created: 2 }, deadlines: found.deadlines });
    expect((await confirm(found.id)).body.state).toBe('done');
    const made = await readCase(hub.as('sr-1'), urn);
    const byHand = await create(worker(), {
      defendants: [
        {
          ...crimeCase().defendants[0],
          offences: [...crimeCase().defendants[0]!.offences, { code: 'CJ88001', committedOn: '2026-05-30' }],
        },
      ],
      victims: [{ name: 'Orla Squibbleworth', contact: { phone: '07700 900417' }, preferred: 'phone' }],
      hearings: [
        { on: '2026-06-10', at: '09:30', court: 'magistrates', courtName: 'Norwich', type: 'first-hearing' },
      ],
    });
    const dates = ({ deadlines }: CaseJson) =>
      deadlines.map(({ rule, legalDue, actionDue }) => [rule, legalDue, actionDue]).sort();
    expect(dates(made)).toEqual(dates(byHand));
    expect(first?.makes?.deadlines).toBe(made.deadlines.length);
    const access = await hub.hub.db.execute(sql`
      select 1 from case_access a join cases c on c.id = a.case_id
      where c.urn = ${urn} and a.actor = 'cw-1' and a.action = 'change' and a.route = '/api/imports/:id/confirm'`);
    expect(access).toHaveLength(1);
  });

  test('that is sent again creates nothing twice, and tells what is alike from what differs without changing it', async () => {
    const cells = row({
      'Victim 1 name': 'Orla Squibbleworth',
      'Victim 1 phone': '07700 900417',
      'Victim 1 preferred': 'phone',
    });
    const first = await checked(sheet([cells]));
    await confirm(first.id);
    await settled(worker(), first.id);
    const again = await checked(sheet([cells]));
    expect(again).toMatchObject({ counts: { 'already-there': 1, ready: 0 }, errors: [] });
    const other = await checked(
      sheet([
        { ...cells, 'Charged on': '31/05/2026', 'Victim 1 phone': '07700 900999' },
        {
          URN: cells['URN'] ?? '',
          'Defendant name': 'Piers Nobblethwack',
          Remand: 'none',
          'Offence code': 'TH68006',
          'Committed on': '30/05/2026',
        },
      ]),
    );
    expect(other.counts).toMatchObject({ differs: 1 });
    expect(other.errors.map(({ row, column }) => [row, column])).toEqual([
      [2, 'Charged on'],
      [2, 'Victim 1 phone'],
      [3, 'Defendant name'],
    ]);
    expect((await confirm(other.id)).status).toBe(409);
    const kept = await readCase(worker(), cells['URN'] ?? '');
    expect(kept.defendants).toHaveLength(1);
  });

  test('is never told how a case that its sender may not see differs', async () => {
    const restricted = await create(hub.as('sr-1'), { restricted: true, visibleTo: ['sr-1'] });
    const found = await checked(sheet([row({ URN: restricted.urn })]));
    expect(found.errors).toEqual([{ row: 2, column: 'URN', message: 'is of another case that the hub has' }]);
  });

  test('has its errors told by row and column, and the rest is created only where that is asked for', async () => {
    const good = row();
    const found = await checked(
      sheet([
        good,
        row({ 'Committed on': '31/02/2026', Remand: 'perhaps' }),
        row({ Officer: 'PC9999', 'Charged on': '29/05/2026' }),
        row({ 'Defendant name': '=HYPERLINK("http://x.invalid")' }),
        row({ URN: '' }),
      ]),
    );
    expect(found.counts).toMatchObject({ ready: 1, wrong: 4 });
    expect(found.errors.map(({ row, column }) => `${row} ${column}`)).toEqual([
      '3 Remand',
      '3 Committed on',
      '4 Officer',
      '4 Charged on',
      '5 Defendant name',
      '6 URN',
    ]);
    expect((await confirm(found.id)).status).toBe(409);
    expect((await confirm(found.id, { leaveOut: true })).status).toBe(202);
    expect((await settled(worker(), found.id)).counts).toMatchObject({ created: 1, wrong: 4 });
    await readCase(worker(), good['URN'] ?? '');
  });

  test('can come as the file of a form, and in the letters and with the semicolons of Excel on Windows', async () => {
    const text = sheet([row({ 'Victim 1 name': 'Zoë Squibbleworth', 'Victim 1 preferred': 'letter' })], ';');
    const body = new FormData();
    body.set('file', new Blob([Buffer.from(text, 'latin1')]), 'cases.csv');
    const sent = await worker().send('/api/imports', { method: 'POST', body });
    const found = await settled(worker(), (sent.body as Import).id);
    expect(found).toMatchObject({ counts: { ready: 1 }, file: { encoding: 'windows-1252', delimiter: ';' } });
    await confirm(found.id);
    await settled(worker(), found.id);
    const [first] = await casesOf(worker(), found.id);
    expect((await readCase(worker(), first?.urn ?? '')).victims[0]?.name).toBe('Zoë Squibbleworth');
  });

  test('is its sender’s alone, can be thrown away until it is confirmed, and then holds nothing of what it said', async () => {
    const found = await checked(sheet([row()]));
    expect((await hub.as('cw-2').get(`/api/imports/${found.id}`)).status).toBe(404);
    expect((await hub.as('cw-2').post(`/api/imports/${found.id}/confirm`, {})).status).toBe(404);
    const { headers } = await worker().get(`/api/imports/${found.id}`);
    expect((await worker().delete(`/api/imports/${found.id}`)).status).toBe(428);
    const tag = headers.get('etag') ?? '';
    expect((await worker().delete(`/api/imports/${found.id}`, { ifMatch: tag })).status).toBe(204);
    expect((await confirm(found.id)).status).toBe(409);
    const unconfirmed = await checked(sheet([row()]));
    await hub.hub.db.execute(
      sql`update imports set created_at = created_at - interval '31 days' where id = ${unconfirmed.id}`,
    );
    await imports.look();
    expect((await settled(worker(), unconfirmed.id)).state).toBe('discarded');
    const kept = await hub.hub.db.execute(sql`
      select 1 from imported_cases c join imports i on i.id = c.import_id
      where i.state in ('done', 'discarded') and (c.body is not null or c.places is not null)`);
    expect(kept).toEqual([]);
  });

  test('that cannot be read as a whole is refused with why', async () => {
    const refusals = [
      [Buffer.from('PK\u0003\u0004 a workbook'), [['', 'is not a CSV file']]],
      ['URN,Kind\r\n1,2\r\n', expect.arrayContaining([['Defendant name', 'is a column that is needed']])],
      [`${sheet([row()])}"broken`, [['row 3', expect.stringContaining('quotation mark')]]],
      [sheet(Array.from({ length: 5_001 }, () => row())), [['', 'has more than 5000 rows']]],
      ['', [['file', 'is needed']]],
    ] as const;
    for (const [body, errors] of refusals) {
      const refused = await worker().send('/api/imports', {
        method: 'POST',
        headers: { 'Content-Type': 'text/csv' },
        body,
      });
      expect(refused.status).toBe(422);
      const told = (refused.body as { errors: { path: string; message: string }[] }).errors;
      expect(told.map(({ path, message }) => [path, message])).toEqual(errors);
    }
    expect((await upload(worker(), 'x'.repeat(5_400_000))).status).toBe(413);
    expect((await hub.as('admin-1').get('/api/imports')).status).toBe(403);
  });

  test('leaves no name in a log, a history or an answer about it', async () => {
    const { body } = await worker().get('/api/imports');
    const rows = await hub.hub.db.execute(
      sql`select detail::text as detail from history where entity = 'import'`,
    );
    const told = [...log, JSON.stringify(body), ...rows.map((one) => String(one['detail']))].join('\n');
    expect(told).not.toMatch(/Squibbleworth|Wigglethrope|Nobblethwack/);
    await expectStatus(200, worker().get('/api/imports/template.csv'));
  });
});
