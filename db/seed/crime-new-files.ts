import type { Forms } from './case-forms.ts';
import { answered, fileRejected, received } from './hub-steps.ts';
import { happened, type DemoCase } from './play-case.ts';

/** Files that nobody has checked: some of today, some that have waited, one of several defendants. */
export function newCrimeFiles({ days, cast, file, offence, firstHearing }: Forms): DemoCase[] {
  const charged = (code: string, more = {}) => offence(code, days.day(-9), days.day(-2), more);
  const now = days.now;
  return [
    file(now, {
      anticipatedPlea: 'guilty',
      defendants: [cast.defendant('unconditional-bail', [charged('TH68010')])],
      hearings: [firstHearing(days.sitting(13))],
      witnesses: [cast.person('email')],
    }),
    file(now, {
      defendants: [cast.defendant('conditional-bail', [charged('OF61102')])],
      hearings: [firstHearing(days.sitting(20))],
      victims: [cast.person('phone')],
      witnesses: [cast.person('sms')],
    }),
    file(now, {
      defendants: [cast.defendant('conditional-bail', [charged('CD71039'), charged('PU86116')])],
      hearings: [firstHearing(days.sitting(21))],
      victims: [cast.person('email')],
    }),
    file(now, {
      anticipatedPlea: 'guilty',
      defendants: [
        cast.defendant('unconditional-bail', [charged('CJ88144')], { dateOfBirth: cast.bornYearsAgo(16) }),
      ],
      hearings: [firstHearing(days.sitting(14), 'youth')],
    }),
    file(days.working(-4), {
      defendants: [cast.defendant('conditional-bail', [offence('TH68036', days.day(-21), days.day(-7))])],
      hearings: [firstHearing(days.working(7))],
      victims: [cast.person('letter', { enhancedRights: true, reasons: ['aged 84 and lives alone'] })],
    }),
    file(days.working(-3), {
      defendants: [
        cast.defendant('conditional-bail', [offence('PU86003', days.day(-12), days.day(-6))]),
        cast.defendant('unconditional-bail', [offence('PU86003', days.day(-12), days.day(-6))]),
        cast.defendant('conditional-bail', [
          offence('PU86003', days.day(-12), days.day(-6)),
          offence('PC53001', days.day(-12), days.day(-6)),
        ]),
      ],
      hearings: [firstHearing(days.working(9))],
      witnesses: [cast.person('phone'), cast.person('none')],
    }),
  ];
}

/** Files that were rejected: still awaited, answered for by the officer, and come again. */
export function rejectedCrimeFiles({ days, cast, file, offence, firstHearing }: Forms): DemoCase[] {
  const statements = {
    material: 'witness-statements',
    code: 'triage-no-missing-mg11s',
    note: 'The statement of the second witness is missing',
  };
  const footage = {
    material: 'exhibits-and-media',
    code: 'evidential-multi-media-bwv-not-in-playable-format',
  };
  const schedule = { material: 'non-sensitive-schedule', code: 'triage-no-missing-disclosure-schedule' };
  const charged = (code: string) => offence(code, days.day(-30), days.day(-14));
  const body = (code: string) => ({
    defendants: [cast.defendant('conditional-bail', [charged(code)])],
    hearings: [firstHearing(days.working(8))],
  });
  return [
    file(days.working(-9), body('TH68037'), fileRejected(days.working(-7), statements, footage)),
    file(
      days.working(-8),
      { ...body('FA06001'), victims: [cast.person('email')] },
      fileRejected(days.working(-6), statements, schedule),
      received(days.working(-1), 'witness-statements', 'non-sensitive-schedule'),
    ),
    file(
      days.working(-10),
      body('MD71526'),
      fileRejected(days.working(-8), footage, schedule),
      answered(days.working(-2), 'exhibits-and-media', { answer: 'sent' }),
      answered(days.working(-2), 'non-sensitive-schedule', {
        answer: 'late',
        until: days.working(4),
        reason: 'On a course this week',
      }),
    ),
    file(
      days.working(-10),
      body('TH68001'),
      fileRejected(days.working(-8), statements, footage),
      answered(days.working(-1), 'witness-statements', { answer: 'not-mine' }),
      answered(days.working(-1), 'exhibits-and-media', {
        answer: 'cannot',
        reason: 'The shop has recorded over the footage',
      }),
      happened('officer-changed', days.working(-1), { officer: 'PC1020' }),
    ),
  ];
}
