import type { Hub } from '../src/platform/hub.ts';
import { forgetDeliveries } from '../src/webhooks/outbox.ts';
import { createWebhookSender, type WebhookSenderParts } from '../src/webhooks/send-deliveries.ts';
import { lookEvery, type Looking } from './look-every.ts';

const forgetEveryMs = 3_600_000;

/**
 * Tells other systems what there is to tell. Every worker process does. On no queue: it looks once a second, which is
 * soon enough, and what a slow receiver keeps waiting is nothing but its own.
 */
export function startWebhooks(
  hub: Pick<Hub, 'db' | 'logger' | 'config'>,
  { everyMs = 1_000, ...options }: { everyMs?: number } & Pick<WebhookSenderParts, 'timeoutMs' | 'plan'> = {},
): Looking {
  const logger = hub.logger.child({ part: 'webhooks' });
  const sender = createWebhookSender({ db: hub.db, config: hub.config, logger, ...options });
  const looking = lookEvery(
    everyMs,
    () => sender.look(),
    logger,
    'looking for what other systems are to be told failed',
  );
  const forgetting = lookEvery(
    forgetEveryMs,
    () => forgetDeliveries(hub.db),
    logger,
    'old deliveries could not be deleted',
  );
  void looking.look();
  void forgetting.look();
  return {
    look: () => looking.look(),
    close: async () => {
      await Promise.all([looking.close(), forgetting.close()]);
      await sender.close();
    },
  };
}
