import type { Config } from '../platform/config.ts';
import { demoOutbox } from './demo-outbox.ts';
import { createEmailChannel } from './email.ts';
import type { Channel } from './message-types.ts';

/** Email where SMTP_URL is set; otherwise the demo's outbox, out of which nothing leaves. */
export function openChannel(config: Pick<Config, 'smtpUrl' | 'messageFrom'>): Channel {
  return config.smtpUrl === undefined ? demoOutbox : createEmailChannel(config.smtpUrl, config.messageFrom);
}
