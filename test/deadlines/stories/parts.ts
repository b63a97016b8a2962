import type { StoryEvent } from './story.ts';

/** Parts of which stories are put together: offences, hearings and events in the words of the API. */

const charged = { committedOn: '2026-05-01', chargedOn: '2026-05-29' };

export const theft = { code: 'TH68006', class: 'either-way', ...charged };
export const commonAssault = { code: 'CJ88001', class: 'summary-only', ...charged };
export const rape = { code: 'SX03001', class: 'indictable-only', ...charged };
export const murder = { code: 'COML025', class: 'indictable-only', ...charged };
export const carelessDriving = { code: 'RT88575', class: 'summary-only', ...charged };
export const drinkDriving = { code: 'RT88007', class: 'summary-only', ...charged };

/** The same offence, of which nobody has said when it was charged. */
export function uncharged<T extends { chargedOn?: string }>(offence: T, committedOn: string) {
  const { chargedOn: _, ...rest } = offence;
  return { ...rest, committedOn };
}

export const defendant = (offences: unknown[], more: Record<string, unknown> = {}) => ({
  name: 'Sam Example',
  remand: 'unconditional-bail',
  offences,
  ...more,
});

/** One defendant in custody since Monday 1 June 2026. */
export const inCustody = (...offences: unknown[]) => ({
  defendants: [defendant(offences, { remand: 'custody', remandedOn: '2026-06-01' })],
});

export const magistratesHearing = (on: string, type: string) => ({
  on,
  court: 'magistrates',
  courtName: 'Leeds Magistrates’ Court',
  type,
});

export const crownHearing = (on: string, type: string) => ({
  on,
  court: 'crown',
  courtName: 'Leeds Crown Court',
  type,
});

export const event = (type: string, on: string, data?: Record<string, unknown>): StoryEvent => ({
  type,
  on,
  ...(data === undefined ? {} : { data }),
});

export const served = (document: string, on: string, method?: string): StoryEvent =>
  event('document-served', on, method === undefined ? { document } : { document, method });

export const sent = (on: string): StoryEvent => event('sent-to-crown-court', on);
export const guiltyPlea = (on: string): StoryEvent => event('plea-entered', on, { plea: 'guilty' });
export const notGuiltyPlea = (on: string): StoryEvent => event('plea-entered', on, { plea: 'not-guilty' });
export const discontinued = (on: string): StoryEvent => event('discontinued', on);
export const died = (on: string): StoryEvent => event('defendant-died', on);
