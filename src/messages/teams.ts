import type { Channel, Delivery, Letter } from './message-types.ts';

/** The incoming webhook of each team that has one. The address is a secret: whoever has it can post. */
export type TeamsWebhooks = Partial<Record<string, string>>;

const usualTimeoutMs = 20_000;
const usualPauseMs = 60_000;
const longestPauseMs = 3_600_000;

/**
 * Posts to the Microsoft Teams channel of a team, as an Adaptive Card, by the webhook of a Workflow or a connector.
 * @param webhooks by team, which is the recipient of the message
 */
export function createTeamsChannel(webhooks: TeamsWebhooks, timeoutMs: number = usualTimeoutMs): Channel {
  return {
    deliver: async (letter) => {
      const url = webhooks[letter.toId];
      if (url === undefined) return { kind: 'refused', why: 'the team has no Teams webhook' };
      try {
        const answer = await fetch(url, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(cardOf(letter)),
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
        });
        return judge(answer.status, answer.headers.get('Retry-After'), await answer.text());
      } catch (error) {
        return judgeSilence(error as Error);
      }
    },
    providerOf: () => 'teams',
    close: () => Promise.resolve(),
  };
}

/** The message as a card: the subject, a block for each paragraph, and the link to the hub. */
function cardOf({ subject, body, facts }: Letter) {
  const { url } = facts;
  const block = (text: string, more: object = {}) => ({ type: 'TextBlock', text, wrap: true, ...more });
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            block(subject, { weight: 'Bolder', size: 'Medium' }),
            ...body.split('\n\n').map((paragraph) => block(paragraph)),
          ],
          ...(typeof url === 'string'
            ? { actions: [{ type: 'Action.OpenUrl', title: 'Open the hub', url }] }
            : {}),
        },
      },
    ],
  };
}

function judge(status: number, retryAfter: string | null, text: string): Delivery {
  const why = `Teams ${status}`;
  // A connector answers 200 to what Teams itself refused, and says so in the text alone.
  const inner = /returned HTTP error (\d{3})/i.exec(text)?.[1];
  if (status >= 200 && status < 300 && inner === undefined) return { kind: 'accepted' };
  const said = inner === undefined ? status : Number(inner);
  if (said === 429) return { kind: 'later', why: `${why}, too many`, pauseMs: pauseOf(retryAfter) };
  if (status === 503 && retryAfter !== null) return { kind: 'later', why, pauseMs: pauseOf(retryAfter) };
  if (said >= 500 || said === 408) return { kind: 'in-doubt', why };
  return { kind: 'refused', why };
}

function pauseOf(retryAfter: string | null): number {
  const seconds = Number(retryAfter ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1_000, longestPauseMs) : usualPauseMs;
}

/** Node's fetch hangs the reason on the cause. */
function judgeSilence(error: Error): Delivery {
  const { code } = (error.cause ?? {}) as { code?: string };
  const neverLeft = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
  const why = `Teams did not answer (${code ?? error.name})`;
  return { kind: code !== undefined && neverLeft.includes(code) ? 'later' : 'in-doubt', why };
}
