import { event, guiltyLater, notGuilty, onBail, plea, sent, served } from './bodies.ts';
import type { Story } from './story.ts';

const directed = (what: string, by: string, on = '2026-03-30') =>
  event('court-directions-given', on, { data: { directions: [{ what, by }] } });

export const disclosureStories: Story[] = [
  {
    rule: 'pros-initial-disclosure-mags',
    protects: 'initial disclosure is asked for on the working day after a not guilty plea',
    case: onBail(),
    events: [plea('not-guilty', '2026-04-02')],
    expect: { legalDue: '2026-04-07', about: 'defendant' },
    meets: event('initial-disclosure-served', '2026-04-07'),
    ends: event('sent-to-crown-court', '2026-04-08'),
  },
  {
    rule: 'upgrade-file',
    protects: 'the trial-ready file is due ten working days after the not guilty plea',
    case: onBail(),
    events: [notGuilty],
    expect: { legalDue: '2026-04-15', about: 'case' },
    meets: event('file-submitted', '2026-04-10'),
    ends: guiltyLater,
  },
  {
    rule: 'upgrade-file',
    protects: 'the day that the court directs takes the place of the default',
    case: onBail(),
    events: [notGuilty, directed('upgrade-file', '2026-04-08')],
    expect: { legalDue: '2026-04-08', about: 'case' },
  },
  {
    rule: 'defence-statement-mags',
    protects: 'the 14 days for a defence statement roll forward over Easter',
    case: onBail(),
    events: [event('initial-disclosure-served', '2026-03-20')],
    expect: { legalDue: '2026-04-07', about: 'defendant' },
    meets: served('defence-statement', '2026-04-01'),
    ends: guiltyLater,
  },
  {
    rule: 'defence-statement-crown',
    protects: 'the 28 days begin when both the evidence and initial disclosure are served',
    case: onBail(),
    events: [
      sent,
      served('prosecution-evidence', '2026-03-02'),
      event('initial-disclosure-served', '2026-03-09'),
    ],
    expect: { legalDue: '2026-04-07', about: 'defendant' },
    meets: served('defence-statement', '2026-04-01'),
    ends: directed('stage-2', '2026-04-20'),
  },
  {
    rule: 'defence-statement-response',
    protects: 'the disclosure officer reviews the material within five working days of the statement',
    case: onBail(),
    events: [notGuilty, served('defence-statement', '2026-04-01')],
    expect: { legalDue: '2026-04-10', about: 'defendant' },
    meets: served('defence-statement-response', '2026-04-09'),
    ends: guiltyLater,
  },
  {
    rule: 's8-application-response',
    protects: 'the prosecution has ten business days to answer an application for disclosure',
    case: onBail(),
    events: [served('section-8-application', '2026-03-30')],
    expect: { legalDue: '2026-04-15', about: 'defendant' },
    meets: served('section-8-response', '2026-04-10'),
    ends: guiltyLater,
  },
];
