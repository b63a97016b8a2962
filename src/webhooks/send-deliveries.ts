import type { Database, Transaction } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { addDays } from '../calendar/civil-date.ts';
import { civilDateOf } from '../calendar/london-time.ts';
import { recordWhenBack } from '../messages/send-messages.ts';
import type { Config } from '../platform/config.ts';
import type { Logger } from '../platform/logger.ts';
import { openTaskOnce } from '../tasks/store.ts';
import { lastMomentOf } from '../tasks/task-draft.ts';
import { afterAttempt, retryAfterMs } from './after-attempt.ts';
import { reachOf } from './may-reach.ts';
import { claimDelivery, settleDelivery, webhooksWithWork, type ClaimedDelivery } from './outbox.ts';
import { post } from './post.ts';
import { markOf, secretOf, signedHeaders, versionsInUse } from './secrets.ts';

export type WebhookSenderParts = {
  db: Database;
  config: Pick<Config, 'mode' | 'webhookNetworks' | 'linkSecret'>;
  logger: Logger;
  /** How long a receiver may take to answer, in milliseconds. */
  timeoutMs?: number;
  /** How long to wait after each try that failed. */
  plan?: readonly number[];
};

export type WebhookSender = {
  /** Begins to send what is due. Does not wait for receivers: a slow one holds up nobody else. */
  look(): Promise<void>;
  /** Waits a little for what is being sent, then stops it: it is tried again by whoever is left. */
  close(limitMs?: number): Promise<void>;
};

const usualTimeoutMs = 10_000;
/** One receiver is sent so many at once by one process, and all together so many. */
const mostAtOnce = 3;
const mostInAll = 48;

/** Sends deliveries, with lanes of its own for each webhook. Any number of processes may. */
export function createWebhookSender(parts: WebhookSenderParts): WebhookSender {
  const stopping = new AbortController();
  const lanes = new Map<string, Set<Promise<void>>>();
  let isClosing = false;

  const run = async (webhookId: string) => {
    try {
      while (!isClosing) {
        const claimed = await claimDelivery(parts.db, webhookId);
        if (claimed === undefined) return;
        await attempt(parts, claimed, stopping.signal);
      }
    } catch (err) {
      if (!isClosing) parts.logger.warn({ err, webhook: webhookId }, 'sending was interrupted; it goes on');
    }
  };
  const open = (webhookId: string) => {
    const all = lanes.get(webhookId) ?? new Set();
    const inAll = [...lanes.values()].reduce((sum, { size }) => sum + size, 0);
    if (all.size >= mostAtOnce || inAll >= mostInAll) return;
    const lane: Promise<void> = run(webhookId).finally(() => {
      all.delete(lane);
      if (all.size === 0) lanes.delete(webhookId);
    });
    lanes.set(webhookId, all.add(lane));
  };
  return {
    look: async () => {
      // One lane more with each look, for as long as there is work for it.
      for (const webhookId of await webhooksWithWork(parts.db)) if (!isClosing) open(webhookId);
    },
    close: async (limitMs = 5_000) => {
      isClosing = true;
      const timer = setTimeout(() => stopping.abort(), limitMs);
      await Promise.all([...lanes.values()].flatMap((all) => [...all]));
      clearTimeout(timer);
    },
  };
}

async function attempt(
  parts: WebhookSenderParts,
  claimed: ClaimedDelivery,
  signal: AbortSignal,
): Promise<void> {
  const { db, config, logger, timeoutMs = usualTimeoutMs, plan = retryAfterMs } = parts;
  const secrets = secretsOf(claimed, config.linkSecret);
  const body = bodyOf(claimed);
  const answer =
    secrets === null
      ? {
          kind: 'silent' as const,
          why: 'its secret is not known any more: LINK_SECRET was changed. Renew the secret',
        }
      : await post(claimed.url, headersOf(claimed, secrets, body), body, {
          ...{ reach: reachOf(config), timeoutMs, signal },
        });
  if (answer.kind === 'stopped') return;
  const after = afterAttempt(claimed.attempts, answer, plan);
  if (after.next.state !== 'delivered')
    logger.warn(
      {
        webhook: claimed.webhookId,
        delivery: claimed.id,
        status: after.status,
        why: after.note,
        next: after.next.state,
      },
      'a webhook did not take a delivery',
    );
  await recordWhenBack(() =>
    db.transaction(async (tx) => {
      const isRecorded = await settleDelivery(tx, claimed, after);
      if (isRecorded && (after.next.state === 'failed' || after.next.state === 'gone'))
        await tellAdministrators(tx, claimed.webhookId, after.next.state);
    }),
  );
}

/** What a receiver is sent: of Standard Webhooks, with what it can put things in order by and tell copies by. */
function bodyOf({ eventId, sequence, type, at, data }: ClaimedDelivery): string {
  return JSON.stringify({ id: eventId, sequence, type, timestamp: at, data });
}

function headersOf({ eventId, now }: ClaimedDelivery, secrets: readonly string[], body: string) {
  return {
    ...{ 'Content-Type': 'application/json', 'User-Agent': 'prosecution-hub' },
    ...signedHeaders(secrets, eventId, now, body),
  };
}

/** Null where the hub has another key than the one that the receiver's secret was made with. */
function secretsOf(claimed: ClaimedDelivery, linkSecret: string | undefined): string[] | null {
  if (linkSecret === undefined) return null;
  const { webhookId, secretVersion, secretSince, secretMark, now } = claimed;
  const secrets = versionsInUse(secretVersion, secretSince, now).map((version) =>
    secretOf(linkSecret, webhookId, version),
  );
  return markOf(secrets[0] ?? '') === secretMark ? secrets : null;
}

/** One task for each webhook, however much it was not told. */
async function tellAdministrators(tx: Transaction, webhookId: string, why: 'failed' | 'gone'): Promise<void> {
  const now = await readNow(tx);
  await openTaskOnce(
    tx,
    {
      kind: 'webhook-failed',
      title: 'Another system could not be told of something',
      source: `webhook:${webhookId}`,
      subject: { webhookId },
      why: [
        why === 'gone'
          ? 'Its webhook answered that nobody wants to hear any more, and was paused'
          : 'Its webhook did not take a delivery for three days, and it was given up',
        'See its deliveries for why, and send again what was given up',
      ],
      ...{ consequence: 'record', danger: false, alwaysCritical: false, effortMinutes: 15 },
      dueAt: lastMomentOf(addDays(civilDateOf(now), 2)),
    },
    'administration',
    now,
  );
}
