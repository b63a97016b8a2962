import { finalisationItemIds } from '../../../src/finalisation/items.ts';
import type { StoryEvent } from './story.ts';

/** Ordinary bodies and events, so that a story says only what it is about. The day of the case is 7 January 2026. */
type Body = Record<string, unknown>;

const theft = {
  code: 'TH68010',
  title: 'Theft from a shop',
  class: 'either-way',
  committedOn: '2026-01-02',
};

export const chargedTheft = { ...theft, chargedOn: '2026-01-05' };

const defendant = { name: 'Sam Example', dateOfBirth: '1990-05-01' };

/** A defendant charged on Monday 5 January and bailed; nobody hurt, nothing listed. */
export const onBail = (over: Body = {}): Body => ({
  kind: 'crime',
  initiation: 'charge',
  anticipatedPlea: 'not-guilty',
  receivedAt: '2026-01-07T09:00:00+00:00',
  officer: 'PC1001',
  restricted: false,
  defendants: [{ ...defendant, remand: 'conditional-bail', offences: [chargedTheft] }],
  hearings: [],
  victims: [],
  witnesses: [],
  ...over,
});

/** As `onBail`, in custody since 6 January. */
export const inCustody = (over: Body = {}): Body =>
  onBail({
    defendants: [{ ...defendant, remand: 'custody', remandedOn: '2026-01-06', offences: [chargedTheft] }],
    ...over,
  });

/** A case that came in before charge. */
export const beforeCharge = (over: Body = {}): Body =>
  onBail({ defendants: [{ ...defendant, remand: 'none', offences: [theft] }], ...over });

export const twoCharges = (over: Body = {}): Body =>
  onBail({
    defendants: [
      {
        ...defendant,
        remand: 'conditional-bail',
        offences: [chargedTheft, { ...chargedTheft, committedOn: '2026-01-03' }],
      },
    ],
    ...over,
  });

export const person = (over: Body = {}): Body => ({
  name: 'Alex Example',
  contact: { phone: '01632 960001' },
  preferred: 'phone',
  enhancedRights: false,
  reasons: [],
  ...over,
});

export const withVictim = (over: Body = {}): Body => onBail({ victims: [person()], ...over });
export const withWitness = (over: Body = {}): Body => onBail({ witnesses: [person()], ...over });

export const hearing = (
  on: string,
  type: string,
  court: 'magistrates' | 'crown' = 'magistrates',
): Record<string, unknown> => ({
  on,
  court,
  courtName: court === 'crown' ? 'Example Crown Court' : 'Example Magistrates’ Court',
  type,
});

export const event = (type: string, on: string, over: Partial<StoryEvent> = {}): StoryEvent => ({
  type,
  on,
  ...over,
});

/** An event that the hub hears of on Friday 5 June 2026 at 10 in the morning, the day on which it happened. */
export const heardOnFriday = (type: string, over: Partial<StoryEvent> = {}): StoryEvent => ({
  type,
  on: '2026-06-05',
  receivedAt: '2026-06-05T10:00:00+01:00',
  ...over,
});

export const served = (document: string, on: string, over: Partial<StoryEvent> = {}): StoryEvent =>
  event('document-served', on, { data: { document }, ...over });

export const plea = (plea: 'guilty' | 'not-guilty', on: string): StoryEvent =>
  event('plea-entered', on, { data: { plea } });

/** Closed as it is: of no interest to the story is what is not done. */
export const finalised = (on: string): StoryEvent =>
  event('finalised', on, {
    data: { override: { reason: 'the story is about something else', items: finalisationItemIds } },
  });

export const sent = event('sent-to-crown-court', '2026-01-12');
export const notGuilty = plea('not-guilty', '2026-03-30');
export const guiltyLater = plea('guilty', '2026-04-08');
export const discontinued = (on: string): StoryEvent => event('discontinued', on);
export const listed = (on: string, data: Record<string, unknown>): StoryEvent =>
  event('hearing-listed', on, { data });
