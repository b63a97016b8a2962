import type { Forms } from './case-forms.ts';
import { asked, fileAccepted, told } from './hub-steps.ts';
import { happened, type DemoCase } from './play-case.ts';

/** Six months are nearly over and nobody is charged; one goes by the clock of domestic abuse. */
export function crimeNearItsLimit({ days, cast, file, offence }: Forms): DemoCase[] {
  const uncharged = (code: string, left: number, more = {}) =>
    cast.defendant('none', [offence(code, days.months(-6, left), undefined, more)]);
  const requisition = { initiation: 'postal-requisition', anticipatedPlea: 'none' } as const;
  return [
    file(
      days.working(-5),
      {
        ...requisition,
        domesticAbuse: true,
        defendants: [uncharged('CJ88116', -20, { domesticAbuse: true })],
        victims: [
          cast.person('phone', {
            enhancedRights: true,
            reasons: ['domestic abuse'],
            safeContact: { note: 'Text first, and wait for an answer before calling.', noVoicemail: true },
          }),
        ],
      },
      happened('statement-taken', days.months(-6, 3)),
    ),
    file(days.working(-6), {
      ...requisition,
      defendants: [uncharged('PH97004', 6)],
      victims: [cast.person('email')],
    }),
    file(
      days.working(-2),
      { ...requisition, defendants: [uncharged('PU86116', 16)] },
      fileAccepted(days.working(-1)),
    ),
    file(
      days.working(-7),
      { ...requisition, anticipatedPlea: 'guilty', defendants: [uncharged('CJ67002', 30)] },
      fileAccepted(days.working(-6)),
    ),
  ];
}

/** A not guilty plea is entered: special measures, disclosure, notices; hearings that moved and were vacated. */
export function crimeForTrial({
  days,
  cast,
  file,
  offence,
  firstHearing,
  notGuilty,
  trialListed,
  listed,
}: Forms): DemoCase[] {
  const onBail = (code: string, back: number, more = {}) =>
    cast.defendant('conditional-bail', [offence(code, days.day(-back - 20), days.day(-back), more)]);
  const first = (back: number) => ({ hearings: [firstHearing(days.working(-back))] });
  return [
    file(
      days.working(-25),
      {
        domesticAbuse: true,
        defendants: [onBail('CJ88001', 40, { domesticAbuse: true })],
        ...first(8),
        victims: [
          cast.person('sms', {
            enhancedRights: true,
            reasons: ['domestic abuse', 'special measures asked for'],
            safeContact: { note: 'Never on a Tuesday.', notBefore: '10:00', notAfter: '16:00' },
          }),
        ],
      },
      fileAccepted(days.working(-23)),
      notGuilty(days.working(-8)),
      trialListed(days.working(-8), days.sitting(45)),
      told(days.working(-7)),
      happened('witness-required', days.working(-1), undefined, { person: 0 }),
    ),
    file(
      days.working(-30),
      {
        ...first(14),
        defendants: [onBail('OF61102', 55)],
        victims: [cast.person('phone')],
        witnesses: [cast.person('email')],
      },
      fileAccepted(days.working(-28)),
      notGuilty(days.working(-14)),
      happened('initial-disclosure-served', days.working(-6)),
      happened('document-served', days.working(-5), { document: 'bad-character-notice', method: 'email' }),
    ),
    file(
      days.working(-40),
      {
        ...first(20),
        restricted: true,
        visibleTo: ['cw-2', 'sr-1'],
        sexualOffence: true,
        defendants: [onBail('SX03007', 60)],
        victims: [
          cast.person('phone', {
            enhancedRights: true,
            reasons: ['sexual offence'],
            dateOfBirth: cast.bornYearsAgo(17),
          }),
        ],
      },
      fileAccepted(days.working(-38)),
      notGuilty(days.working(-20)),
      trialListed(days.working(-20), days.sitting(28)),
      told(days.working(-19), 'message-left'),
      happened(
        'hearing-moved',
        days.working(-1),
        { on: days.sitting(36), why: 'No courtroom' },
        { hearing: 'last' },
      ),
    ),
    file(
      days.working(-28),
      {
        ...first(12),
        defendants: [onBail('TH68010', 45), onBail('TH68010', 45)],
        witnesses: [cast.person('letter')],
      },
      fileAccepted(days.working(-26)),
      notGuilty(days.working(-12), 0),
      happened('plea-entered', days.working(-12), { plea: 'guilty' }, { defendant: 1 }),
      trialListed(days.working(-12), days.working(9)),
      happened('hearing-vacated', days.working(0), { why: 'The defendant is ill' }, { hearing: 'last' }),
    ),
    file(
      days.working(-22),
      { ...first(15), defendants: [onBail('MD71239', 48)] },
      fileAccepted(days.working(-20)),
      happened('sent-to-crown-court', days.working(-15)),
      listed(days.working(-15), 'ptph', days.working(6), 'crown'),
      happened('action-plan-received', days.working(-6), {
        items: [
          {
            material: 'forensic-report',
            why: 'The purity of what was seized is needed',
            dueOn: days.working(-1),
          },
          { material: 'exhibit-list', why: 'The telephones are not on it', dueOn: days.working(3) },
        ],
      }),
    ),
    file(
      days.working(-18),
      { ...first(-4), defendants: [onBail('FA06003', 30)], victims: [cast.person('email')] },
      fileAccepted(days.working(-16)),
      happened('action-plan-received', days.working(-4), {
        items: [{ material: 'witness-statements', why: 'A statement from the bank', dueOn: days.working(5) }],
      }),
      asked(days.working(-2), 'compensation', 'The victim asks for compensation', days.working(6)),
    ),
    file(
      days.working(-35),
      {
        ...first(25),
        hateCrime: true,
        defendants: [onBail('CD98070', 60)],
        victims: [cast.person('none', { enhancedRights: true, reasons: ['hate crime'] })],
        witnesses: [cast.person('sms'), cast.person('none')],
      },
      fileAccepted(days.working(-33)),
      happened('sent-to-crown-court', days.working(-25)),
      happened('court-directions-given', days.working(-4), {
        directions: [
          { what: 'stage-1', by: days.working(4) },
          { what: 'stage-2', by: days.working(22) },
        ],
      }),
    ),
  ];
}
