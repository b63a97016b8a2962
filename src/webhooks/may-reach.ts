import { isIP, type BlockList } from 'node:net';
import type { Config } from '../platform/config.ts';
import { isIn, isPublic, loopback, readNetworks } from '../platform/networks.ts';

/** To where webhooks may go. */
export type Reach = { httpsOnly: boolean; networks: BlockList };

/**
 * To where the webhooks of a hub may go: the internet, and the networks of one's own that `WEBHOOK_NETWORKS` names; in
 * production by https alone. The demo reaches this machine too.
 */
export function reachOf({ mode, webhookNetworks }: Pick<Config, 'mode' | 'webhookNetworks'>): Reach {
  const isDemo = mode === 'demo';
  return {
    httpsOnly: !isDemo,
    networks: readNetworks([...webhookNetworks, ...(isDemo ? loopback : [])]),
  };
}

/** Whether webhooks may go to an address. */
export function mayReach({ networks }: Reach, address: string): boolean {
  return isPublic(address) || (isIP(address) !== 0 && isIn(networks, address));
}

/**
 * What is wrong with the URL of a webhook, as words that read on from its field; null where nothing is. What a name
 * stands for is looked at when something is sent, each time anew. Pure.
 */
export function checkUrl(text: string, reach: Reach): string | null {
  if (!URL.canParse(text)) return 'must be a URL';
  const url = new URL(text);
  const schemes = reach.httpsOnly ? ['https:'] : ['https:', 'http:'];
  if (!schemes.includes(url.protocol))
    return reach.httpsOnly ? 'must start with https://' : 'must start with https:// or http://';
  if (url.username !== '' || url.password !== '') return 'must have no user and no password';
  if (url.hash !== '') return 'must have no fragment';
  const address = addressIn(url);
  if (address !== null && !mayReach(reach, address))
    return 'is in a private network that WEBHOOK_NETWORKS does not name';
  return null;
}

/** The address that a URL names outright; null where it is a name. */
export function addressIn(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? null : host;
}
