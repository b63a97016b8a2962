import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../support/client.ts';
import { backends, startWholeHub, type WholeHub } from '../support/whole-hub.ts';
import {
  all,
  create,
  crimeCase,
  defendant,
  expectStatus,
  record,
  victim,
  witness,
  type CaseJson,
  type Contact,
  type Material,
  type Page,
  type Task,
} from './stage.ts';

describe.each(backends)('who may see and work a case, on %s', (backend) => {
  let hub: WholeHub;
  let open: CaseJson;
  let restricted: CaseJson;
  beforeAll(async () => {
    hub = await startWholeHub({ backend, now: '2026-06-02T09:30:00+01:00' });
    const parts = { victims: [victim()], witnesses: [witness()] };
    open = await create(hub.as('cw-1'), parts);
    restricted = await create(hub.as('sr-1'), {
      ...parts,
      defendants: [defendant({ remand: 'custody', remandedOn: '2026-06-02' })],
      restricted: true,
      visibleTo: ['cw-2', 'sr-1'],
    });
  });
  afterAll(() => hub.close());

  /** The status of every way to a case: reading it, and changing each thing of it. */
  async function knock(client: Client, made: CaseJson): Promise<number[]> {
    const path = `/api/cases/${made.urn}`;
    const claim = made.id;
    const [task, material] = [made.tasks[0]?.id, made.materials[0]?.id];
    const [person, contact, deadline] = [made.victims[0]?.id, made.contacts[0]?.id, made.deadlines[0]?.id];
    const replies = [
      client.get(path),
      client.get(`${path}/timeline`),
      client.get(`${path}/deadlines`),
      client.post(`${path}/events`, { type: 'warrant-issued', on: '2026-06-02' }),
      client.post(`${path}/file-checks`, { result: 'accepted' }),
      client.post(`${path}/materials`, { material: 'charges', why: 'x', dueOn: '2026-06-09' }),
      client.post(`/api/materials/${material}/received`, {}),
      client.post(`/api/deadlines/${deadline}/met`, { on: '2026-06-02', note: 'x' }),
      client.post(`/api/contacts/${contact}/attempts`, { channel: 'phone', result: 'reached' }),
      client.get(`/api/victims/${person}`),
      client.patch(`/api/victims/${person}`, { preferred: 'sms' }, { ifMatch: '*' }),
      client.get(`/api/witnesses/${made.witnesses[0]?.id}`),
      client.post(`/api/tasks/${task}/complete`, { claim, outcome: 'done' }),
      client.post(`/api/tasks/${task}/release`, { claim }),
      client.post(`/api/tasks/${task}/defer`, { claim, until: '2026-06-09', reason: 'x' }),
      client.post(`/api/tasks/${task}/reassign`, { to: null, reason: 'x' }),
    ];
    return (await Promise.all(replies)).map(({ status }) => status);
  }
  const every = (status: number) => Array.from({ length: 16 }, () => status);

  test('another team’s case is refused, and a restricted one is not there, whatever is tried', async () => {
    expect(await knock(hub.as('cw-5'), open)).toEqual(every(403));
    for (const stranger of ['cw-1', 'cw-5', 'sr-2'])
      expect(await knock(hub.as(stranger), restricted)).toEqual(every(404));
    const unknown = await hub.as('cw-1').get(`/api/cases/21AB9999926`);
    const hidden = await hub.as('cw-1').get(`/api/cases/${restricted.urn}`);
    expect({ ...hidden.body, instance: '' }).toEqual({ ...unknown.body, instance: '' });
    expect(await hub.problems()).toEqual([]);
  });

  test('a feed makes cases and sees none; an auditor and an administrator see none', async () => {
    const made = await hub.as('feed-1').post('/api/cases', crimeCase());
    expect(made.status, made.text).toBe(201);
    for (const outsider of ['feed-1', 'audit-1', 'admin-1']) {
      // Of tasks an administrator has their own, so that one of a case is refused only when it is found to be.
      const statuses = await knock(hub.as(outsider), open);
      expect(statuses.slice(0, 12), outsider).toEqual(every(403).slice(0, 12));
      expect(
        statuses.every((status) => status === 403 || status === 404),
        outsider,
      ).toBe(true);
      await expectStatus(403, hub.as(outsider).get('/api/cases'));
      await expectStatus(403, hub.as(outsider).get('/api/contacts'));
    }
    for (const outsider of ['audit-1', 'admin-1'])
      await expectStatus(403, hub.as(outsider).post('/api/cases', crimeCase()));
    for (const path of [`/api/cases/${open.urn}`, '/api/cases', '/api/caseworkers/cw-1/queue'])
      await expectStatus(401, hub.anyone.get(path));
  });

  test('no list shows a restricted case but to those who are named', async () => {
    const urns = async (who: string) =>
      (await all<CaseJson>(hub.as(who), '/api/cases')).map(({ urn }) => urn);
    expect(await urns('cw-2')).toContain(restricted.urn);
    for (const stranger of ['cw-1', 'sr-2']) expect(await urns(stranger)).not.toContain(restricted.urn);
    expect(await urns('cw-5')).toEqual([]);

    const owed = async (who: string) =>
      (await all<Contact>(hub.as(who), '/api/contacts')).map(({ caseUrn }) => caseUrn);
    expect(await owed('cw-2')).toContain(restricted.urn);
    for (const stranger of ['cw-1', 'sr-2', 'cw-5'])
      expect(await owed(stranger)).not.toContain(restricted.urn);

    const requests = async (who: string) =>
      (await expectStatus(200, hub.as(who).get<Page<Material>>('/api/officers/PC1001/requests'))).items.map(
        ({ caseUrn }) => caseUrn,
      );
    expect(await requests('cw-2')).toContain(restricted.urn);
    expect(await requests('cw-1')).not.toContain(restricted.urn);

    const queue = async (who: string, of: string) =>
      (await all<Task>(hub.as(who), `/api/caseworkers/${of}/queue`)).map(({ caseUrn }) => caseUrn);
    expect(await queue('cw-2', 'cw-2')).toContain(restricted.urn);
    expect(await queue('sr-2', 'cw-2')).not.toContain(restricted.urn);
    await expectStatus(403, hub.as('cw-1').get('/api/caseworkers/cw-2/queue'));
    await expectStatus(403, hub.as('sr-1').post('/api/caseworkers/cw-2/next-task'));

    // What alerts say of it goes to those who are named.
    await record(hub.as('cw-2'), restricted.urn, { type: 'bail-changed', on: '2026-06-02' });
    await hub.moveTo('2026-07-29');
    const to = await hub.database.sql<{ to_id: string }[]>`
      select distinct to_id from messages where case_ids ? ${restricted.id} and purpose = 'staff-alert'`;
    expect(to.map(({ to_id }) => to_id).sort()).toEqual(['cw-2', 'sr-1']);
    expect(await hub.problems()).toEqual([]);
  });
});
