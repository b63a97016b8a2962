import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTeamsChannel } from '../../src/messages/teams.ts';
import type { Letter } from '../../src/messages/message-types.ts';
import { startTeamsServer, type Card, type WebBehaviour, type WebServer } from './web-stage.ts';

let teams: WebServer<Card>;
beforeEach(async () => {
  teams = await startTeamsServer();
});
afterEach(() => teams.close());

const letter: Letter = {
  id: '22222222-2222-4222-8222-222222222222',
  channel: 'teams',
  toId: 'crime',
  toAddress: 'teams:crime',
  subject: 'Team crime: 2 items are overdue and escalated',
  body: '21AB1000126: Exhibit list\n\n21AB1000226: Case summary',
  facts: { url: 'https://hub.example' },
};
const open = (timeoutMs = 10_000) =>
  createTeamsChannel({ crime: `${teams.url}/secret-of-the-webhook` }, timeoutMs);

test('a notice is an Adaptive Card with a block for each paragraph and a link to the hub', async () => {
  expect(await open().deliver(letter)).toEqual({ kind: 'accepted' });
  const [card] = teams.taken;
  expect(card?.path).toBe('/secret-of-the-webhook');
  expect(card?.content.body.map(({ text }) => text)).toEqual([letter.subject, ...letter.body.split('\n\n')]);
  expect(card?.content.actions?.map(({ url }) => url)).toEqual(['https://hub.example']);
});

const answers: [string, WebBehaviour, object][] = [
  ['429 with a time', { kind: 'answer', status: 429, retryAfter: '7' }, { kind: 'later', pauseMs: 7_000 }],
  ['429 without one', { kind: 'answer', status: 429 }, { kind: 'later', pauseMs: 60_000 }],
  [
    '200 that says 429 in its text',
    { kind: 'answer', status: 200, text: 'Microsoft Teams endpoint returned HTTP error 429 with ContextId' },
    { kind: 'later', pauseMs: 60_000 },
  ],
  ['410, for the webhook is gone', { kind: 'answer', status: 410 }, { kind: 'refused' }],
  ['301 to elsewhere', { kind: 'answer', status: 301 }, { kind: 'refused' }],
  ['502', { kind: 'answer', status: 502 }, { kind: 'in-doubt' }],
  ['nothing', { kind: 'hang' }, { kind: 'in-doubt' }],
  ['by dropping the connection', { kind: 'drop' }, { kind: 'in-doubt' }],
];

test.each(answers)('Teams answers %s', async (_what, behaviour, expected) => {
  teams.next.push(behaviour);
  const delivery = await open(behaviour.kind === 'hang' ? 200 : undefined).deliver(letter);
  expect(delivery).toMatchObject(expected);
  expect(JSON.stringify(delivery), 'the webhook is a secret').not.toContain('secret-of-the-webhook');
});

test('with nobody listening it is tried later, and a team without a webhook is refused', async () => {
  await teams.close();
  expect(await open().deliver(letter)).toMatchObject({ kind: 'later' });
  expect(await open().deliver({ ...letter, toId: 'traffic' })).toMatchObject({ kind: 'refused' });
  teams = await startTeamsServer();
});
