import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestHub, type TestHub } from '../support/app.ts';
import { bareMessage } from '../court-results/message.ts';
import { post } from './court-stage.ts';

/** Each entity is ten of the one before: a thousand million laughs. */
const laughs = `<!DOCTYPE x [<!ENTITY l0 "ha">${Array.from(
  { length: 9 },
  (_one, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`,
).join('')}]><x>&l9;</x>`;
const latin1 = Buffer.from('<?xml version="1.0" encoding="UTF-8"?><x>Fizzgé</x>', 'latin1');

describe('what is no message of a court', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub({ now: '2026-04-20T16:00:00Z' });
  });
  afterAll(() => hub.close());

  test.each<[string, string | Uint8Array, string, number]>([
    ['is not well formed', '<a><b></a>', 'application/xml', 400],
    [
      'has a document type',
      `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${bareMessage()}`,
      'application/xml',
      400,
    ],
    ['would grow without end', laughs, 'application/xml', 400],
    ['is nested without end', `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`, 'application/xml', 400],
    ['is cut off', bareMessage().slice(0, 700), 'application/xml', 400],
    ['is not in the encoding that it says', latin1, 'application/xml', 400],
    ['is in no encoding', new Uint8Array([0x3c, 0xff, 0xff, 0x3e]), 'application/xml', 400],
    ['is in an encoding that is not read', bareMessage(), 'application/xml; charset=utf-7', 415],
    ['is JSON', '{}', 'application/json', 415],
    ['is another document', '<html/>', 'text/xml', 422],
    ['is empty', '', 'application/xml', 400],
    ['is far too large', new Uint8Array(50_000_000).fill(0x20), 'application/xml', 413],
  ])(
    'because it %s, is refused with a reason, and nothing of it is kept but that',
    async (_why, body, type, status) => {
      const refusals = () =>
        hub.hub.db.execute<{ reason: string }>(sql`select reason from court_refusals order by id`);
      const before = (await refusals()).length;
      const reply = await post(hub.as('feed-1'), body, type);
      expect(reply.status, reply.text).toBe(status);
      const after = await refusals();
      expect(after).toHaveLength(before + 1);
      expect(after.at(-1)?.reason).toBe((reply.body as { detail: string }).detail);
      const kept = await hub.hub.db.execute(
        sql`select 1 from court_messages union all select 1 from court_case_results`,
      );
      expect(kept).toHaveLength(0);
    },
  );
});
