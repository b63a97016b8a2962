import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { create, expectStatus } from '../journeys/stage.ts';
import type { Got } from './receiver.ts';
import { arrived, open, startStage, type Made, type Stage } from './stage.ts';

describe('a webhook', () => {
  let stage: Stage;
  beforeAll(async () => void (stage = await startStage()));
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  test('gets a new secret on request, beside which the one before signs for a day', async () => {
    const at = await stage.receiver();
    const webhook = await stage.make(at);
    const { headers } = await stage.admin().get(`/api/webhooks/${webhook.id}`);
    const ifMatch = headers.get('etag') ?? '';
    const renewed = await expectStatus(
      201,
      stage.admin().post<Made>(`/api/webhooks/${webhook.id}/secret`, undefined, { ifMatch }),
    );
    expect(renewed.secret).not.toBe(webhook.secret);
    expect(
      (await stage.admin().post(`/api/webhooks/${webhook.id}/secret`, undefined, { ifMatch })).status,
    ).toBe(412);
    await create(stage.senior());
    const [got] = await arrived(at, 1);
    for (const made of [webhook, renewed]) expect(open(made, got as Got).type).toBe('case.created');
    await stage.db.execute(sql`update webhooks set secret_since = secret_since - interval '25 hours'`);
    await create(stage.senior());
    const later = (await arrived(at, 2))[1] as Got;
    expect(open(renewed, later).type).toBe('case.created');
    expect(() => open(webhook, later)).toThrow();
    const stored = await stage.db.execute(sql`select to_jsonb(w)::text as row from webhooks w`);
    expect(JSON.stringify([stored, stage.log])).not.toContain(renewed.secret);
    expect(JSON.stringify((await stage.admin().get(`/api/webhooks/${webhook.id}`)).body)).not.toContain(
      'whsec_',
    );
  });

  test('is kept by administrators alone, changed by whoever has read it, and goes to this machine or the internet', async () => {
    const at = await stage.receiver();
    const body = { url: at.url, description: 'Record system', events: ['case.created'] };
    for (const who of ['cw-1', 'sr-1', 'audit-1', 'feed-1'])
      expect((await stage.hub.as(who).post('/api/webhooks', body)).status).toBe(403);
    for (const url of [
      'http://10.1.2.3/x',
      'http://169.254.169.254/',
      'http://[::ffff:a01:203]/',
      'ftp://x.example/',
      'https://u:p@x.example/',
    ])
      expect((await stage.admin().post('/api/webhooks', { ...body, url })).status).toBe(422);
    const webhook = await stage.make(at);
    expect((await stage.admin().put(`/api/webhooks/${webhook.id}`, body)).status).toBe(428);
    expect((await stage.admin().put(`/api/webhooks/${webhook.id}`, body, { ifMatch: '"x"' })).status).toBe(
      412,
    );
    const { headers } = await stage.admin().get(`/api/webhooks/${webhook.id}`);
    expect(
      (await stage.admin().delete(`/api/webhooks/${webhook.id}`, { ifMatch: headers.get('etag') ?? '' }))
        .status,
    ).toBe(204);
    expect((await stage.admin().get(`/api/webhooks/${webhook.id}`)).status).toBe(404);
    await create(stage.senior());
    const kept = await stage.db.execute(
      sql`select 1 from webhook_deliveries where webhook_id = ${webhook.id}`,
    );
    expect(kept).toEqual([]);
  });
});
