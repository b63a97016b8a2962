import { crownHearing, defendant, discontinued, event, magistratesHearing } from './parts.ts';
import type { Story, StoryEvent } from './story.ts';

/** Entries in police systems, each owed by an event of Wednesday 10 June 2026 and taken back with it. */

const on = '2026-06-10';
const takenBack = { type: 'correction', on: '2026-06-11', data: { why: 'not so' }, takesBack: 0 } as const;
const remanded = event('remanded', on);
const warrant = event('warrant-issued', on);
const listed = event('hearing-listed', on, magistratesHearing('2026-07-15', 'other'));
const bailed = event('bailed', on, { conditional: true, conditions: ['Residence'] });
const chargeAdded: StoryEvent = {
  ...event('charge-added', on, { code: 'TH68010', committedOn: '2026-05-02', class: 'either-way' }),
  defendant: 0,
};
const witness = { name: 'Wyn Example', contact: { phone: '07700 900533' }, preferred: 'phone' };
const needed: StoryEvent = { ...event('witness-required', on), person: 0 };
const withWitness = { witnesses: [witness] };
const collision = {
  defendants: [
    defendant([
      { code: 'RT88218', class: 'summary-only', committedOn: '2026-05-01', chargedOn: '2026-05-29' },
    ]),
  ],
};

type More = Partial<Omit<Story, 'expect'>> & { about?: Story['expect']['about'] };

const owed = (
  rule: string,
  legalDue: string,
  protects: string,
  by: StoryEvent,
  { about = 'defendant', ...more }: More = {},
): Story => ({
  rule,
  protects,
  case: {},
  events: [by],
  expect: { legalDue, about },
  ends: takenBack,
  ...more,
});

/** Entered, and then taken back: it has to be put right. */
const wrong = (
  system: string,
  entry: string,
  by: StoryEvent,
  { about = 'defendant', ...more }: More = {},
): Story => ({
  rule: `record-correction-${system}`,
  protects: `what was entered in ${system} and is wrong is put right the next working day`,
  case: {},
  events: [by, { entered: entry }, { ...takenBack, on: '2026-06-15' }],
  expect: { legalDue: '2026-06-16', about },
  ...more,
});

export const recordKeepingStories: Story[] = [
  owed('record-pnc-charge', '2026-06-11', 'a charge that is added is on the PNC', chargeAdded),
  owed('record-pnc-bail', '2026-06-11', 'a remand is on the PNC the next working day', remanded),
  owed('record-pnc-warrant', '2026-06-11', 'a warrant is on the PNC the next working day', warrant),
  owed(
    'record-pnc-appeal',
    '2026-06-17',
    'the result of an appeal is on the PNC in five working days',
    event('appeal-decided', on, { outcome: 'dismissed' }),
  ),
  owed(
    'record-niche-hearing',
    '2026-06-12',
    'the date of a hearing is in Niche, and need not be where it is off before that',
    listed,
    { about: 'hearing', ends: { ...event('hearing-vacated', '2026-06-11'), hearing: 'last' } },
  ),
  owed('record-niche-charge', '2026-06-12', 'a charge that is added is in Niche', chargeAdded),
  owed('record-niche-result', '2026-06-17', 'a result is in Niche in five working days', discontinued(on)),
  owed('record-storm-bail', '2026-06-11', 'bail conditions are in STORM the next working day', bailed),
  owed('record-storm-warrant', '2026-06-11', 'a warrant is in STORM the next working day', warrant),
  owed('record-wms-witness', '2026-06-12', 'whether a witness is needed is in WMS', needed, {
    case: withWitness,
    about: 'person',
  }),
  owed(
    'record-wms-trial',
    '2026-06-11',
    'the date of a trial is in WMS the next working day',
    event('trial-listed', on, crownHearing('2026-09-15', 'trial')),
    { case: withWitness, about: 'hearing' },
  ),
  owed('record-wms-result', '2026-06-12', 'a result is in WMS in two working days', discontinued(on), {
    case: withWitness,
  }),
  {
    rule: 'record-crash-charge',
    protects: 'the prosecution for a collision is on its record in CRASH in five working days',
    case: collision,
    events: [],
    expect: { legalDue: '2026-06-08', about: 'defendant' },
  },
  owed('record-crash-result', '2026-06-17', 'the result of a collision is in CRASH', discontinued(on), {
    case: collision,
  }),
  owed('record-pronto-bail', '2026-06-11', 'bail conditions are in Pronto the next working day', bailed),
  owed('record-pronto-result', '2026-06-17', 'the result of a traffic case is in Pronto', discontinued(on), {
    case: { ...collision, kind: 'traffic' },
  }),
  wrong('pnc', 'record-pnc-bail', remanded),
  wrong('niche', 'record-niche-hearing', listed, { about: 'hearing' }),
  wrong('storm', 'record-storm-warrant', warrant),
  wrong('wms', 'record-wms-witness', needed, { case: withWitness, about: 'person' }),
  wrong('crash', 'record-crash-result', discontinued(on), { case: collision }),
  wrong('pronto', 'record-pronto-bail', bailed),
];
