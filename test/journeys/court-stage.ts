import { expect } from 'vitest';
import type { z } from 'zod';
import type { effectSchema } from '../../src/http/api/court-results.ts';
import { message, type MessageSaid } from '../court-results/message.ts';
import type { Client, Reply } from '../support/client.ts';
import { create, expectStatus, newUrn, theft, victim, type CaseJson } from './stage.ts';

export type Effect = z.input<typeof effectSchema>;
export type Answer = { messageId: string; caseUrn: string | null; effects: Effect[] };

/** The person of the messages, as a case has them. */
export const blenkhurst = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  name: 'Orsino Blenkhurst',
  dateOfBirth: '1990-04-12',
  remand: 'unconditional-bail',
  offences: [theft({ committedOn: '2026-02-01', chargedOn: '2026-02-10' })],
  ...over,
});

/** A case that came in on 12 February 2026, with a victim who is owed news. */
export async function courtCase(client: Client, over: Record<string, unknown> = {}): Promise<CaseJson> {
  return create(client, {
    urn: newUrn(),
    receivedAt: '2026-02-12T09:00:00Z',
    defendants: [blenkhurst()],
    victims: [victim()],
    ...over,
  });
}

/** Sends a message as the feed does. */
export function post(
  feed: Client,
  body: string | Uint8Array,
  type = 'application/xml',
): Promise<Reply<unknown>> {
  return feed.send('/api/court-results', {
    method: 'POST',
    headers: { 'Content-Type': type },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
}

let ids = 0;

/** Sends a message that has to be taken in; its id is its own unless given. */
export async function tell(feed: Client, said: MessageSaid): Promise<Answer> {
  const id = said.id ?? `CID-${(ids += 1)}`;
  return expectStatus(202, post(feed, message({ ...said, id })) as Promise<Reply<Answer>>);
}

export function effectsOf(answer: Answer, kind: Effect['kind']): string[] {
  return answer.effects.filter((effect) => effect.kind === kind).map(({ what }) => what);
}

export function triggersOf(answer: Answer): (string | undefined)[] {
  const found = answer.effects.filter(({ what }) => what === 'court-trigger').map(({ trigger }) => trigger);
  expect(found).not.toContain(undefined);
  return found.sort();
}
