import { NotifyClient } from 'notifications-node-client';
import type { Channel, Delivery, Letter, Sighting } from './message-types.ts';

export type NotifySettings = {
  /** The address of the API; Notify's own unless given. */
  url: string;
  apiKey: string;
  /** A template of the service whose subject is ((subject)) and whose body is ((body)). */
  emailTemplate: string;
  /** One whose text is ((body)); no text message is sent without one. */
  smsTemplate?: string;
};

/** Well under the minute after which a message that is still being sent counts as left behind. */
const usualTimeoutMs = 20_000;

/** After 429 Notify wants nothing more for the rest of the minute. */
const pauseMs = 60_000;

/** Failed for good, in Notify's words: it has the message, and nobody will get it. */
const failures: readonly string[] = ['permanent-failure', 'temporary-failure', 'technical-failure'];

/** As much as is read of what axios, under Notify's client, throws. */
type NotifyError = {
  code?: string;
  name?: string;
  response?: { status: number; data?: { errors?: { error?: unknown }[] } };
};

/**
 * Sends e-mail and text messages by GOV.UK Notify, with the message's id as `reference`: by it Notify can be asked what it has. Answers
 * of 400 are final; 403 (a key or a clock that is wrong) and 429 are not the message's fault; without an answer, or
 * with one of 5xx, Notify may have taken it.
 */
export function createNotifyChannel(settings: NotifySettings, timeoutMs: number = usualTimeoutMs): Channel {
  const client = new NotifyClient(settings.url, settings.apiKey);
  const { restClient } = client.apiClient as { restClient: (options: object) => Promise<unknown> };
  // The client gives up on nothing by itself.
  const withLimit = (options: object) =>
    restClient({ ...options, timeout: timeoutMs, signal: AbortSignal.timeout(timeoutMs), maxRedirects: 0 });
  client.setClient(withLimit as never);

  return {
    deliver: async (letter: Letter): Promise<Delivery> => {
      const isText = letter.channel === 'sms';
      const { emailTemplate, smsTemplate } = settings;
      if (isText && smsTemplate === undefined)
        return { kind: 'refused', why: 'no template of GOV.UK Notify for text messages' };
      try {
        const { data } = isText
          ? await client.sendSms(smsTemplate ?? '', letter.toAddress, {
              personalisation: { body: letter.body },
              reference: letter.id,
            })
          : await client.sendEmail(emailTemplate, letter.toAddress, {
              personalisation: { subject: letter.subject, body: letter.body },
              reference: letter.id,
            });
        return { kind: 'accepted', ref: data.id };
      } catch (error) {
        return judge(error as NotifyError);
      }
    },
    look: async (letter: Letter): Promise<Sighting> => {
      try {
        const { data } = await client.getNotifications(
          letter.channel === 'sms' ? 'sms' : 'email',
          undefined,
          letter.id,
        );
        const taken = data.notifications.find(({ status }) => !failures.includes(status));
        return taken === undefined ? { kind: 'absent' } : { kind: 'accepted', ref: taken.id };
      } catch {
        return { kind: 'cannot-tell' };
      }
    },
    canLook: () => true,
    providerOf: () => 'notify',
    close: () => Promise.resolve(),
  };
}

/** Connections that were never made carried nothing. */
const neverLeft = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** Says in words that quote nothing: Notify repeats addresses in what it answers. */
function judge({ code, name, response }: NotifyError): Delivery {
  if (response === undefined) {
    const why = `Notify did not answer (${code ?? name ?? 'no reason'})`;
    return { kind: code !== undefined && neverLeft.includes(code) ? 'later' : 'in-doubt', why };
  }
  const { status, data } = response;
  const said = data?.errors?.[0]?.error;
  const why = `Notify ${status}${typeof said === 'string' && /^\w{1,40}$/.test(said) ? ` ${said}` : ''}`;
  if (status === 429) return { kind: 'later', why, pauseMs };
  if (status >= 500 || status === 408) return { kind: 'in-doubt', why };
  return { kind: status === 400 ? 'refused' : 'later', why };
}
