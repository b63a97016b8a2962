import { event, heardOnFriday, hearing, person, withVictim, withWitness } from './bodies.ts';
import type { Story } from './story.ts';

const reached = { attempt: 'reached' } as const;

/** After anything that a runner of the stories does by itself. */
const lastNight = '2027-12-30T23:00:00+00:00';

export const correctedNewsStories: Story[] = [
  {
    rule: 'vc-correction',
    protects: 'who was told what was wrong is told so, and who was not told of it is not',
    case: withVictim({ victims: [person(), person({ name: 'Robin Example' })] }),
    events: [
      heardOnFriday('bailed'),
      { reached: 'vc-bail-hearing' },
      event('correction', '2026-06-05', { takesBack: 0, receivedAt: lastNight }),
    ],
    expect: { legalDue: '2027-12-31', about: 'person', count: 1 },
    meets: reached,
  },
  {
    rule: 'vc-bail-hearing',
    protects: 'what takes the place of news of which a person was told is told as news',
    case: withVictim(),
    events: [
      heardOnFriday('bailed'),
      { reached: 'vc-bail-hearing' },
      event('remanded', '2026-06-05', { takesBack: 0, receivedAt: lastNight }),
    ],
    expect: { legalDue: '2028-01-07', about: 'person', count: 1 },
  },
  {
    rule: 'vc-hearing-off',
    protects: 'who was told the date of a hearing is told that it will not take place',
    case: withVictim({ hearings: [hearing('2026-01-20', 'first-hearing')] }),
    events: [
      { reached: 'vc-hearing-date' },
      event('hearing-vacated', '2026-01-15', { hearing: 0, receivedAt: lastNight }),
    ],
    expect: { legalDue: '2027-12-31', about: 'person' },
    meets: reached,
    ends: event('correction', '2026-01-16', { takesBack: 1 }),
  },
  {
    rule: 'witness-dewarn',
    protects: 'a witness who was warned hears that they are not needed, until they are called again',
    case: withWitness(),
    events: [
      heardOnFriday('witness-required', { person: 0 }),
      { reached: 'vc-give-evidence' },
      event('witness-not-required', '2026-06-08', { person: 0, receivedAt: lastNight }),
    ],
    expect: { legalDue: '2027-12-31', about: 'person' },
    meets: reached,
    ends: event('witness-required', '2026-06-09', { person: 0, receivedAt: '2027-12-30T23:30:00+00:00' }),
  },
  {
    rule: 'witness-dewarn',
    protects: 'a guilty plea before the trial lets the witnesses go who were warned',
    case: withWitness(),
    events: [
      heardOnFriday('witness-required', { person: 0 }),
      { reached: 'vc-give-evidence' },
      event('plea-entered', '2026-06-08', { data: { plea: 'guilty' }, receivedAt: lastNight }),
    ],
    expect: { legalDue: '2027-12-31', about: 'person' },
  },
  {
    rule: 'witness-availability',
    protects: 'a witness who is called is asked within five working days when they cannot come',
    case: withWitness(),
    events: [heardOnFriday('witness-required', { person: 0 })],
    expect: { legalDue: '2026-06-12', about: 'person' },
    ends: event('witness-not-required', '2026-06-08', { person: 0 }),
  },
];
