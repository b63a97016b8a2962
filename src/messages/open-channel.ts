import type { MessageChannel } from '../../db/schema/messages.ts';
import type { Config } from '../platform/config.ts';
import { demoOutbox } from './demo-outbox.ts';
import { createEmailChannel } from './email.ts';
import type { Channel } from './message-types.ts';
import { createNotifyChannel } from './notify.ts';
import { createTeamsChannel } from './teams.ts';

/** What of the configuration decides how messages leave. */
export type ChannelConfig = Pick<Config, 'smtpUrl' | 'messageFrom' | 'notify' | 'teamsWebhooks'>;

/**
 * The ways out of the building as one: e-mail by GOV.UK Notify where that is configured, else by SMTP, else into the
 * demo's outbox, out of which nothing leaves; text messages by Notify, else into that outbox; Teams by the webhooks of
 * the teams.
 */
export function openChannel(config: ChannelConfig): Channel {
  const email = emailOf(config);
  const teams = createTeamsChannel(config.teamsWebhooks);
  const sms = config.notify === undefined ? demoOutbox : email;
  const ways: Record<MessageChannel, Channel> = { email, sms, teams };
  const by = (channel: MessageChannel) => ways[channel];
  return {
    deliver: (letter) => by(letter.channel).deliver(letter),
    look: async (letter) => (await by(letter.channel).look?.(letter)) ?? { kind: 'cannot-tell' },
    canLook: (channel) => by(channel).canLook?.(channel) ?? false,
    providerOf: (channel) => by(channel).providerOf?.(channel) ?? 'demo',
    close: async () => void (await Promise.all([email.close(), teams.close()])),
  };
}

/** Whether the hub can send text messages itself: by a template of GOV.UK Notify, and in the demo into its outbox. */
export function canText({ mode, notify }: Pick<Config, 'mode' | 'notify'>): boolean {
  return notify === undefined ? mode === 'demo' : notify.smsTemplate !== undefined;
}

function emailOf({ notify, smtpUrl, messageFrom }: ChannelConfig): Channel {
  if (notify !== undefined) return createNotifyChannel(notify);
  return smtpUrl === undefined ? demoOutbox : createEmailChannel(smtpUrl, messageFrom);
}
