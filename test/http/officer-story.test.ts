import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWholeHub, type WholeHub } from '../support/whole-hub.ts';
import { waitFor } from '../support/wait-for.ts';
import {
  create,
  expectStatus,
  messagesTo,
  readCase,
  type CaseJson,
  type Material,
} from '../journeys/stage.ts';
import { startTeamsServer, type Card, type WebServer } from '../messages/web-stage.ts';

let hub: WholeHub;
let teams: WebServer<Card>;
beforeAll(async () => {
  teams = await startTeamsServer();
  hub = await startWholeHub({ backend: 'postgres', now: '2026-06-10T09:30:00+01:00', withoutWorkers: true });
  Object.assign(hub.hub.config, { teamsWebhooks: { crime: `${teams.url}/crime` } });
  hub.startWorkers();
});
afterAll(async () => {
  await hub.close();
  await teams.close();
});

const senior = () => hub.as('sr-1');

async function asked(officer: string, material: string, dueOn: string, over: Record<string, unknown> = {}) {
  const made: CaseJson = await create(senior(), {
    officer,
    receivedAt: '2026-06-10T09:00:00+01:00',
    ...over,
  });
  await expectStatus(201, senior().post(`/api/cases/${made.urn}/file-checks`, { result: 'accepted' }));
  const body = { material, why: 'to prove it', dueOn };
  const request = await expectStatus(201, senior().post<Material>(`/api/cases/${made.urn}/materials`, body));
  return { made, request };
}

const chasers = async (officer: string) =>
  (await messagesTo(senior(), officer)).filter(({ purpose }) => purpose === 'chaser');

const linkIn = (body: string) => new URL(/https?:\/\/\S+\/r\/\S+/.exec(body)?.[0] ?? '').pathname;

test('what an officer says is sent is not chased for three working days, and then again, unless it has come', async () => {
  const never = await asked('PC1001', 'witness-statements', '2026-06-22');
  const came = await asked('PC1002', 'witness-statements', '2026-06-22');
  await hub.moveTo('2026-06-15', '09:00');
  for (const { officer, request } of [
    { officer: 'PC1001', ...never },
    { officer: 'PC1002', ...came },
  ]) {
    const [first] = await chasers(officer);
    const items = [{ requestId: request.id, answer: 'sent' }];
    await expectStatus(200, hub.anyone.post(linkIn(first?.body ?? ''), { items }));
    await waitFor('the receipt', async () =>
      (await messagesTo(senior(), officer)).some(({ purpose }) => purpose === 'answer-receipt'),
    );
  }
  await expectStatus(200, senior().post(`/api/materials/${came.request.id}/received`, {}));
  await hub.moveTo('2026-06-18', '07:00');
  expect(await chasers('PC1001')).toHaveLength(1);
  await hub.moveTo('2026-06-18', '08:30');
  expect((await chasers('PC1001')).map(({ at }) => at.slice(0, 16))).toEqual([
    '2026-06-15T07:00',
    '2026-06-18T07:00',
  ]);
  await hub.moveTo('2026-06-19', '12:00');
  expect(await chasers('PC1002')).toHaveLength(1);
  const confirm = (await readCase(senior(), never.made.urn)).tasks.filter(
    ({ kind }) => kind === 'confirm-receipt',
  );
  expect(confirm.map(({ state }) => state)).toEqual(['open']);
  expect(await hub.problems()).toEqual([]);
});

test('what goes over an officer’s head is told to the channel of the team once, with nobody’s name', async () => {
  const open = await asked('PC1006', 'exhibit-list', '2026-07-01');
  const shut = await asked('PC1007', 'exhibit-list', '2026-07-01', { restricted: true, visibleTo: ['sr-1'] });
  await hub.moveTo('2026-07-03', '09:00');
  const about = ({ urn }: CaseJson) => teams.taken.filter(({ text }) => text.includes(urn));
  await waitFor('the notice', () => about(open.made).length > 0);
  const [card] = about(open.made);
  const [line] =
    card?.content.body.map(({ text }) => text).filter((text) => text.includes(open.made.urn)) ?? [];
  expect(line).toBe(
    `${open.made.urn}: Exhibit list (MG12), due 1 July 2026, 2 days late; the sergeant has been told`,
  );
  expect(card?.content.actions?.map(({ url }) => url)).toEqual([hub.hub.config.publicUrl]);
  expect(card?.text).not.toMatch(/PC1006|PS200|Wigglethrope|to prove it/);
  expect(about(shut.made)).toEqual([]);
  expect(about(open.made)).toHaveLength(1);
  expect(hub.log.join('')).not.toContain(teams.url);
  expect(await hub.problems()).toEqual([]);
});

test('a chaser that came back is told to the sergeant in words of its own, and sent again when the address is right', async () => {
  const { request, made } = await asked('PC1011', 'case-summary', '2026-07-13');
  await hub.moveTo('2026-07-06', '09:00');
  const [letter] = await chasers('PC1011');
  const id = letter?.id ?? '';
  Object.assign(hub.hub.config, {
    receiptTokens: { notify: undefined, email: 'the token of the mail gateway, long' },
  });
  const { bounceOf } = await import('../messages/bounces.ts');
  const headers = {
    'Content-Type': 'message/rfc822',
    Authorization: 'Bearer the token of the mail gateway, long',
  };
  const taken = await hub.anyone.send('/api/receipts/email', { method: 'POST', headers, body: bounceOf(id) });
  expect(taken.status).toBe(204);
  expect((await hub.anyone.get(linkIn(letter?.body ?? ''))).status).toBe(410);
  const told = await waitFor('the sergeant to be told', async () =>
    (await messagesTo(senior(), 'PS2003')).find(({ subject }) => subject.includes('did not arrive')),
  );
  expect(told.body).toContain(`PC1011: ${made.urn}: `);
  expect(told.body).not.toContain('/r/');

  await expectStatus(200, senior().post(`/api/messages/${id}/retry`, {}));
  const again = await waitFor('it to leave again', async () =>
    (await chasers('PC1011')).find((one) => one.id === id),
  );
  expect(linkIn(again.body)).not.toBe(linkIn(letter?.body ?? ''));
  const items = [{ requestId: request.id, answer: 'cannot', reason: 'it was destroyed' }];
  await expectStatus(200, hub.anyone.post(linkIn(again.body), { items }));
  const { tasks } = await readCase(senior(), made.urn);
  expect(tasks.find(({ kind }) => kind === 'message-bounced')).toMatchObject({
    state: 'done',
    outcome: 'sent again',
  });
  expect(await hub.problems()).toEqual([]);
});
