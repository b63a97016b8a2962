import { parse } from 'csv-parse/sync';
import type { z } from 'zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { qualityRowSchema } from '../../src/http/api/quality-json.ts';
import { startWholeHub, type WholeHub } from '../support/whole-hub.ts';
import { all, create, expectStatus, messagesTo, record, type CaseJson, type Material } from './stage.ts';

type Row = z.input<typeof qualityRowSchema>;
type Figures = Row['figures'];
type Feedback = {
  figures: Figures;
  defects: { caseUrn: string; sentence: string; note: string | null }[];
  notNamed: number;
  patterns: { kind: string; of: string; sentence: string }[];
  training: { topic: string; codes: string[] }[];
};
type Needs = { rule: string; items: { station: string; code: string; sentence: string; topic: string }[] };
type Body = Record<string, unknown>;

const missingStatements = { material: 'MG11', code: 'triage-no-missing-mg11s' };
const clip = { material: 'exhibits-and-media', code: 'evidential-multi-media-cctv-not-clipped' };
const report = '/api/reports/quality';
const june = 'from=2026-06-01&to=2026-06-30';

describe('feedback on the quality of files', () => {
  let hub: WholeHub;
  let rejected: CaseJson;
  let restricted: CaseJson;
  beforeAll(async () => {
    hub = await startWholeHub({ backend: 'postgres', now: '2026-06-03T09:30:00+01:00' });
  });
  afterAll(() => hub.close());

  const senior = () => hub.as('sr-1');
  const made = (officer: string, over: Body = {}) =>
    create(senior(), { officer, receivedAt: '2026-06-03T09:00:00+01:00', ...over });
  const check = ({ urn }: CaseJson, ...defects: Body[]) =>
    expectStatus(
      201,
      senior().post<{ event: { id: string } }>(`/api/cases/${urn}/file-checks`, {
        result: defects.length === 0 ? 'accepted' : 'rejected',
        defects,
      }),
    );
  const figuresOf = async (query: string, who = 'sr-1', limit = 100) =>
    (await all<Row>(hub.as(who), `${report}?${query}`, limit)).map(
      ({ officer, station, month, figures }) => ({
        of: [officer, station, month].filter((part) => part !== null).join(' '),
        ...figures,
      }),
    );
  const feedback = (who: string, collar = 'PC1001') =>
    expectStatus(200, hub.as(who).get<Feedback>(`${report}/officers/${collar}?${june}`));

  /** More cases to which the same happened. */
  const copy = async ({ id, urn }: CaseJson, times: number) => {
    await hub.database.sql`
      insert into cases select (jsonb_populate_record(c, jsonb_build_object('id', md5(c.id::text || n)::uuid,
        'urn', ${`${urn} `}::text || n))).* from cases c, generate_series(1, ${times}::int) n where c.id = ${id}`;
    await hub.database.sql`
      insert into case_events select (jsonb_populate_record(e, jsonb_build_object('id', md5(e.id::text || n)::uuid,
        'case_id', md5(e.case_id::text || n)::uuid))).*
      from case_events e, generate_series(1, ${times}::int) n where e.case_id = ${id}`;
  };

  test('a file check that was taken back does not count, and a second check is not a first', async () => {
    const [one, two, three, good, mistaken] = await Promise.all(
      Array.from({ length: 5 }, () => made('PC1001')),
    );
    if (!one || !two || !three || !good || !mistaken) throw new Error('no cases');
    rejected = one;
    for (const file of [one, two]) await check(file, missingStatements, { ...clip, note: 'from 21:40' });
    await check(three, missingStatements);
    await check(three);
    await check(good);
    const wrong = await check(mistaken, clip);
    const takenBack = { type: 'correction', on: '2026-06-03', supersedes: wrong.event.id };
    await record(senior(), mistaken.urn, takenBack);
    await check(mistaken);

    const [figures] = await figuresOf(`${june}&by=officer&officer=PC1001`);
    expect(figures).toMatchObject({
      of: 'PC1001 Nettlecombe police station',
      files: {
        checks: 6,
        accepted: 3,
        rejected: 3,
        firstChecks: 5,
        firstAccepted: 2,
        firstTimeAcceptance: 0.4,
      },
      defects: [
        { code: 'triage-no-missing-mg11s', title: 'No/missing MG11s', count: 3 },
        { code: 'evidential-multi-media-cctv-not-clipped', count: 2 },
      ],
    });
    const nothing = await figuresOf('from=2026-05-01&to=2026-05-31&by=officer');
    expect(nothing).toEqual([]);
  });

  test('a restricted case counts, and is named to those alone who may see it', async () => {
    restricted = await made('PC1001', { restricted: true, visibleTo: ['cw-2', 'sr-1'] });
    await check(restricted, { ...missingStatements, note: 'of the second witness' });
    for (const [who, isNamed] of [
      ['sr-1', true],
      ['cw-2', true],
      ['cw-1', false],
      ['sr-2', false],
      ['audit-1', false],
    ] as const) {
      const { figures, defects, notNamed, patterns } = await feedback(who);
      expect(figures.files, who).toMatchObject({ checks: 7, firstChecks: 6 });
      expect(
        defects.some(({ caseUrn }) => caseUrn === restricted.urn),
        who,
      ).toBe(isNamed);
      expect([notNamed, JSON.stringify(defects).includes('second witness')], who).toEqual(
        isNamed ? [0, true] : [1, false],
      );
      expect(patterns[0], who).toMatchObject({ sentence: '4 of 6 files rejected for: No/missing MG11s' });
    }
    expect((await feedback('cw-5')).figures.files.checks).toBe(0);
  });

  test('a caseworker has the last defects in words, what comes back, and what the officer may want to learn', async () => {
    const { defects, patterns, training } = await feedback('cw-1');
    expect(defects).toHaveLength(5);
    expect(defects.map(({ sentence }) => sentence)).toContain(
      `${rejected.urn}: Witness statements (MG11), file rejected on 3 June 2026: No/missing MG11s`,
    );
    expect(defects.find(({ caseUrn }) => caseUrn === rejected.urn)?.note).toBeNull();
    expect(patterns.map(({ of }) => of)).toEqual(['triage-no-missing-mg11s']);
    expect(training).toEqual([{ topic: 'Witness statements (MG11)', codes: ['triage-no-missing-mg11s'] }]);
    const last = await expectStatus(
      200,
      hub.as('cw-1').get<Feedback>(`${report}/officers/PC1001?${june}&last=2`),
    );
    expect(last.defects).toHaveLength(2);
    expect(last.patterns).toEqual(patterns);
    const seen = await hub.database.sql<{ count: number }[]>`
      select count(distinct case_id)::int as count from case_access
      where actor = 'cw-1' and route = '/api/reports/quality/officers/:collar'`;
    expect(seen).toEqual([{ count: 3 }]);
  });

  test('a file tells of whoever had it then, month by month and station by station', async () => {
    const handedOver = await made('PC1006');
    await check(handedOver, clip);
    await hub.moveTo('2026-07-01', '10:00');
    const change = { type: 'officer-changed', on: '2026-06-30', data: { officer: 'PC1007' } };
    await record(senior(), handedOver.urn, change);
    await check(handedOver);
    const summer = 'from=2026-06-01&to=2026-07-31';
    const rows = await figuresOf(`${summer}&station=Oldbarrow%20Cross%20police%20station`);
    expect(rows.filter(({ files }) => files.checks > 0)).toMatchObject([
      {
        of: 'PC1006 Oldbarrow Cross police station 2026-06',
        files: { rejected: 1, firstTimeAcceptance: 0 },
      },
      {
        of: 'PC1007 Oldbarrow Cross police station 2026-07',
        files: { accepted: 1, firstChecks: 0, firstTimeAcceptance: null },
      },
    ]);
    const stations = await figuresOf(`${summer}&by=station-month`, 'sr-1', 1);
    expect(stations.filter(({ files }) => files.checks > 0).map(({ of }) => of)).toEqual([
      'Nettlecombe police station 2026-06',
      'Oldbarrow Cross police station 2026-06',
      'Oldbarrow Cross police station 2026-07',
    ]);
    const months = await figuresOf(`${summer}&by=month`);
    expect(months.map(({ of, files }) => [of, files.checks])).toEqual([
      ['2026-06', 8],
      ['2026-07', 1],
    ]);
  });

  test('what was chased, answered and late is counted, and an answer by link counts as the day on which it was sent', async () => {
    const owing = await made('PC1011', { receivedAt: '2026-07-01T09:00:00+01:00' });
    await check(owing);
    const ask = (material: string) =>
      expectStatus(
        201,
        senior().post<Material>(`/api/cases/${owing.urn}/materials`, {
          material,
          why: 'to prove it',
          dueOn: '2026-07-08',
        }),
      );
    const [sent, late, silent] = [await ask('MG11'), await ask('MG12'), await ask('MG15')];
    await hub.moveTo('2026-07-10', '09:00');
    const link = /https?:\/\/\S+\/r\/\S+/.exec(
      (await messagesTo(senior(), 'PC1011')).at(-1)?.body ?? '',
    )?.[0];
    const items = [
      { requestId: sent.id, answer: 'sent' },
      { requestId: late.id, answer: 'late', until: '2026-07-17', reason: 'the lab is closed' },
    ];
    await expectStatus(200, hub.anyone.post(new URL(link ?? '').pathname, { items }));
    await hub.moveTo('2026-07-20', '09:00');
    for (const { id } of [sent, late, silent])
      await expectStatus(200, senior().post(`/api/materials/${id}/received`, {}));

    const [figures] = await figuresOf('from=2026-07-01&to=2026-07-31&by=officer&officer=PC1011');
    expect(figures?.answers).toEqual({
      ...{ asked: 3, answered: 2, share: 0.667 },
      ...{ sent: 1, late: 1, notMine: 0, cannot: 0 },
    });
    // Said to be sent on the 10th, two days late; agreed for the 17th, three; due on the 8th, twelve.
    expect(figures?.materials).toEqual({ received: 3, late: 3, daysLate: 17, daysLateOnAverage: 5.7 });
    expect(figures?.chasers.officer).toBeGreaterThan(2);
    expect(await hub.problems()).toEqual([]);
  });

  test('a station stands out where its reasons are more than the force’s and many enough', async () => {
    await hub.moveTo('2026-09-01', '10:00');
    const receivedAt = '2026-09-01T09:00:00+01:00';
    for (const [officer, wrong] of [
      ['PC1016', 10],
      ['PC1001', 1],
    ] as const) {
      const [bad, good] = [await made(officer, { receivedAt }), await made(officer, { receivedAt })];
      await check(bad, clip);
      await check(good);
      await copy(bad, wrong - 1);
      await copy(good, 19 - wrong);
    }
    const path = '/api/reports/training-needs?from=2026-09-01&to=2026-09-30';
    const needs = await expectStatus(200, hub.as('audit-1').get<Needs>(path));
    expect(needs.items).toMatchObject([
      {
        code: clip.code,
        topic: 'Video evidence: clipping, playable formats and sending it',
        sentence:
          'Quarrelby police station: Multi-media CCTV not clipped in 10 of 20 files (50 %; all files 28 %)',
      },
    ]);
    expect(needs.rule).toContain('at least 5 files of at least 20');
    expect((await expectStatus(200, hub.as('cw-5').get<Needs>(path))).items).toEqual([]);
    const [row] = parseCsv((await hub.as('audit-1').get(`${path}&format=csv`)).text);
    expect(row).toMatchObject({ station: 'Quarrelby police station', files: '10', of: '20', rate: '0.5' });
  });

  test('as CSV it has every row, and no cell that a spreadsheet would run', async () => {
    await hub.database
      .sql`update officers set station = '=HYPERLINK("http://x.invalid")' where collar = 'PC1001'`;
    const answer = await hub
      .as('admin-1')
      .get(`${report}?from=2026-06-01&to=2026-09-30&by=officer&format=csv`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('Content-Disposition')).toContain('file-quality-2026-06-01-to-2026-09-30.csv');
    const rows = parseCsv(answer.text);
    const shown = await figuresOf('from=2026-06-01&to=2026-09-30&by=officer');
    expect(rows.map(({ officer }) => officer).sort()).toEqual(
      shown.map(({ of }) => of.split(' ')[0] ?? '').sort(),
    );
    expect(rows.find(({ officer }) => officer === 'PC1001')).toMatchObject({
      station: `'=HYPERLINK("http://x.invalid")`,
      month: '',
      'defect_triage-no-missing-mg11s': '4',
      first_checks: '26',
    });
  });

  test('who may not see it is refused, and so is what makes no sense', async () => {
    const statuses = async (who: string) =>
      Promise.all(
        [report, `${report}/officers/PC1001`, '/api/reports/training-needs'].map(
          async (path) => (await hub.as(who).get(path)).status,
        ),
      );
    for (const who of ['cw-1', 'sr-1', 'audit-1']) expect(await statuses(who), who).toEqual([200, 200, 200]);
    expect(await statuses('admin-1')).toEqual([200, 403, 200]);
    expect(await statuses('feed-1')).toEqual([403, 403, 403]);
    const refusals: [query: string, field: string][] = [
      [`${report}?by=shoe-size`, 'by'],
      [`${report}?from=2026-02-31`, 'from'],
      [`${report}?from=2026-06-02&to=2026-06-01`, 'to'],
      [`${report}?from=2020-06-02&to=2026-06-01`, 'from'],
      [`${report}?format=pdf`, 'format'],
      [`${report}?cursor=abc`, 'cursor'],
      [`${report}?rank=sergeant`, 'rank'],
      [`${report}/officers/PC1001?last=51`, 'last'],
    ];
    for (const [path, field] of refusals) {
      const refused = await senior().get<{ errors?: { path: string }[] }>(path);
      expect([refused.status, refused.body.errors?.map(({ path: at }) => at)], path).toEqual([422, [field]]);
    }
    await expectStatus(404, senior().get(`${report}/officers/PC9999`));
  });
});

function parseCsv(text: string): Record<string, string>[] {
  return parse(text, { bom: true, columns: true });
}
