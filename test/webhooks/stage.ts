import { sql } from 'drizzle-orm';
import { Webhook } from 'standardwebhooks';
import type { z } from 'zod';
import type { deliverySchema, withSecretSchema } from '../../src/http/api/webhooks-json.ts';
import { startWebhooks } from '../../workers/webhooks.ts';
import { expectStatus, type Page } from '../journeys/stage.ts';
import { startTestHub } from '../support/app.ts';
import { waitFor } from '../support/wait-for.ts';
import { startReceiver, type Got, type Receiver } from './receiver.ts';

export type Made = z.output<typeof withSecretSchema>;
export type Delivery = z.output<typeof deliverySchema>;
type Body = { id: string; sequence: number; type: string; timestamp: string; data: Record<string, unknown> };

export const linkSecret = 'a secret of the tests, of more than 32 characters';
/** Tries follow one another at once, and there are four. */
export const quick = { everyMs: 20, timeoutMs: 20_000, plan: [1, 1, 1] };

/** What was sent, once the receiver has found that it is signed. */
export const open = ({ secret }: Pick<Made, 'secret'>, { body, headers }: Got): Body =>
  new Webhook(secret).verify(body, headers as Record<string, string>) as Body;

export const arrived = (at: Receiver, count: number) =>
  waitFor(`${count} to arrive`, () => at.got.length >= count && at.got);

/** A hub with an administrator who keeps webhooks, and receivers to which they go. */
export async function startStage() {
  const log: string[] = [];
  const hub = await startTestHub({
    now: '2026-06-02T12:00:00Z',
    environment: { LINK_SECRET: linkSecret },
    log: { write: (line) => void log.push(line) },
  });
  const receivers: Receiver[] = [];
  let sending = startWebhooks(hub.hub, quick);
  const admin = () => hub.as('admin-1');
  const deliveries = async ({ id }: Pick<Made, 'id'>) =>
    (await admin().get<Page<Delivery>>(`/api/webhooks/${id}/deliveries?limit=100`)).body.items;
  const tagOf = async ({ id }: Pick<Made, 'id'>) =>
    (await admin().get(`/api/webhooks/${id}`)).headers.get('etag') ?? '';
  return {
    ...{ hub, log, admin, deliveries, tagOf },
    db: hub.hub.db,
    senior: () => hub.as('sr-1'),
    receiver: async () => {
      const started = await startReceiver();
      receivers.push(started);
      return started;
    },
    make: async (to: Receiver, over: object = {}) => {
      const body = { url: to.url, description: 'Record system', events: ['case.created'], ...over };
      return expectStatus(201, admin().post<Made>('/api/webhooks', body));
    },
    change: async (made: Made, over: object) => {
      const { id, url, description, events } = made;
      const body = { url, description, events, ...over };
      return expectStatus(200, admin().put(`/api/webhooks/${id}`, body, { ifMatch: await tagOf(made) }));
    },
    /** A delivery of which something has come to be. */
    delivery: (of: Made, what: string, is: (one: Delivery) => boolean) =>
      waitFor(`a delivery to be ${what}`, async () => (await deliveries(of)).find(is)),
    /** What a receiver has got, once there is nothing more to tell it. */
    allOf: async (of: Made, at: Receiver) => {
      await waitFor('all to be delivered', async () =>
        (await deliveries(of)).every(({ state }) => state === 'delivered'),
      );
      return at.got;
    },
    stopSending: () => sending.close(),
    startSending: () => void (sending = startWebhooks(hub.hub, quick)),
    /** What one test set up is told nothing of the next. */
    clear: async () => {
      await hub.hub.db.execute(sql`update webhooks set removed_at = clock_timestamp()`);
      await Promise.all(receivers.splice(0).map((one) => one.close()));
    },
    close: async () => {
      await sending.close();
      await hub.close();
    },
  };
}

export type Stage = Awaited<ReturnType<typeof startStage>>;
