import type { Forms } from './case-forms.ts';
import { answered, asked, fileAccepted, fileRejected, recordsEntered, told } from './hub-steps.ts';
import { happened, type DemoCase } from './play-case.ts';

const singleJustice = { initiation: 'single-justice-procedure', anticipatedPlea: 'none' } as const;

/** New files by requisition, charge and Single Justice Procedure, and defendants held for driving. */
export function newTrafficFiles({
  days,
  cast,
  file,
  offence,
  firstHearing,
  notGuilty,
  trialListed,
  listed,
}: Forms): DemoCase[] {
  const issued = (code: string) => cast.defendant('none', [offence(code, days.day(-40), days.day(-3))]);
  const held = (back: number, ...codes: string[]) =>
    cast.defendant(
      'custody',
      codes.map((code) => offence(code, days.day(-back - 1), days.day(-back - 1))),
      { remandedOn: days.sitting(-back) },
    );
  return [
    file(days.now, { ...singleJustice, defendants: [issued('RT88191')] }),
    file(days.now, { ...singleJustice, defendants: [issued('RR84019')] }),
    file(days.now, {
      defendants: [issued('RT88576')],
      hearings: [firstHearing(days.sitting(32))],
      victims: [cast.person('phone')],
      witnesses: [cast.person('letter')],
    }),
    file(days.now, {
      initiation: 'charge',
      anticipatedPlea: 'guilty',
      defendants: [cast.defendant('unconditional-bail', [offence('RT88007', days.day(-3), days.day(-2))])],
      hearings: [firstHearing(days.sitting(12))],
    }),
    file(
      days.working(-37),
      {
        initiation: 'charge',
        defendants: [held(52, 'RT88333', 'RT88191')],
        hearings: [firstHearing(days.sitting(-52))],
      },
      fileAccepted(days.working(-36)),
      notGuilty(days.working(-20)),
      trialListed(days.working(-20), days.working(2)),
    ),
    file(
      days.working(-36),
      {
        initiation: 'charge',
        defendants: [held(51, 'RT88026')],
        hearings: [firstHearing(days.sitting(-51))],
        victims: [cast.person('email')],
      },
      fileAccepted(days.working(-35)),
      listed(days.working(-1), 'other', days.working(3)),
    ),
    file(
      days.working(-6),
      {
        initiation: 'charge',
        defendants: [held(9, 'RT88007', 'RT88333')],
        hearings: [firstHearing(days.sitting(-9))],
      },
      fileRejected(days.working(-5), { material: 'witness-statements', code: 'evidential-statement-s' }),
    ),
    file(
      days.working(-15),
      {
        initiation: 'charge',
        defendants: [held(24, 'RT88500')],
        hearings: [firstHearing(days.sitting(-24))],
        victims: [
          cast.person('phone', {
            enhancedRights: true,
            reasons: ['bereaved close relative'],
            safeContact: { note: 'Speak to the family liaison officer first.' },
          }),
        ],
      },
      happened('sent-to-crown-court', days.sitting(-22)),
      listed(days.working(-1), 'ptph', days.sitting(9), 'crown'),
    ),
  ];
}

/** Notices served and answered, six months that are nearly over, trials, and what is decided. */
export function trafficUnderWay(forms: Forms): DemoCase[] {
  return [...noticesServed(forms), ...nearTheLimit(forms), ...decided(forms)];
}

function noticesServed({
  days,
  cast,
  file,
  offence,
  notGuilty,
  trialListed,
  firstHearing,
}: Forms): DemoCase[] {
  const issued = (code: string) => cast.defendant('none', [offence(code, days.day(-70), days.day(-30))]);
  const noticePosted = (back: number) =>
    happened('document-served', days.working(-back), {
      document: 'single-justice-procedure-notice',
      method: 'first-class-post',
    });
  return [
    file(
      days.working(-24),
      { ...singleJustice, defendants: [issued('RT88191')] },
      fileAccepted(days.working(-23)),
      noticePosted(20),
    ),
    file(
      days.working(-16),
      { ...singleJustice, defendants: [issued('RR84113')] },
      fileRejected(days.working(-14), {
        material: 'certificate-of-service',
        code: 'triage-case-material-not-correctly-received',
      }),
      noticePosted(13),
    ),
    file(
      days.working(-22),
      { ...singleJustice, defendants: [issued('RT88096')], witnesses: [cast.person('phone')] },
      fileAccepted(days.working(-21)),
      noticePosted(19),
      happened('document-served', days.working(-7), {
        document: 'single-justice-procedure-response',
        method: 'email',
      }),
      notGuilty(days.working(-7)),
      trialListed(days.working(-1), days.sitting(50)),
    ),
    file(
      days.working(-30),
      {
        defendants: [issued('RT88576')],
        hearings: [firstHearing(days.working(-9))],
        victims: [cast.person('phone'), cast.person('none')],
        witnesses: [cast.person('sms')],
      },
      fileAccepted(days.working(-28)),
      happened('document-served', days.working(-27), {
        document: 'written-charge-and-requisition',
        method: 'first-class-post',
      }),
      notGuilty(days.working(-9)),
      trialListed(days.working(-9), days.sitting(40)),
      told(days.working(-8), 'no-answer'),
      asked(
        days.working(-3),
        'collision-report',
        'The plan of the junction is needed for trial',
        days.working(4),
      ),
    ),
  ];
}

function nearTheLimit({ days, cast, file, offence }: Forms): DemoCase[] {
  const unissued = (code: string, left: number) =>
    cast.defendant('none', [offence(code, days.months(-6, left))]);
  return [
    file(days.working(-8), { ...singleJustice, defendants: [unissued('RT88334', 4)] }),
    file(
      days.working(-7),
      { defendants: [unissued('RT88191', 9)] },
      happened('evidence-sufficient', days.months(-5)),
      fileAccepted(days.working(-5)),
    ),
    file(
      days.working(-6),
      { ...singleJustice, defendants: [unissued('RR84019', 15)] },
      happened('document-served', days.day(-60), {
        document: 'section-172-notice',
        method: 'first-class-post',
      }),
      answered(days.working(-1), 'driver-record', { answer: 'sent' }),
    ),
    file(days.working(-3), { defendants: [unissued('RT88760', 26)] }),
  ];
}

function decided({ days, cast, file, offence, firstHearing, listed }: Forms): DemoCase[] {
  const charged = (...codes: string[]) =>
    cast.defendant(
      'none',
      codes.map((code) => offence(code, days.day(-95), days.day(-60))),
    );
  const body = (...codes: string[]) => ({
    defendants: [charged(...codes)],
    hearings: [firstHearing(days.sitting(-21))],
  });
  const received = days.working(-40);
  return [
    file(
      received,
      { ...body('RT88026', 'RT88191'), anticipatedPlea: 'guilty', victims: [cast.person('email')] },
      fileAccepted(days.working(-38)),
      happened('plea-entered', days.working(-3), { plea: 'guilty' }),
      listed(days.working(-1), 'sentence', days.sitting(20)),
    ),
    file(
      received,
      { ...body('RT88584'), anticipatedPlea: 'guilty' },
      fileAccepted(days.working(-38)),
      happened('convicted', days.working(-1)),
      happened('sentenced', days.working(-1), { sentence: 'Disqualified for 18 months', custodial: false }),
    ),
    file(
      received,
      { ...body('RT88576'), victims: [cast.person('phone')] },
      fileAccepted(days.working(-38)),
      happened(
        'discontinued',
        days.working(-1),
        { why: 'A witness has withdrawn' },
        { receivedAt: days.now },
      ),
    ),
    file(
      received,
      { ...body('RT88333'), restricted: true, visibleTo: ['cw-6', 'cw-7', 'sr-2'] },
      fileAccepted(days.working(-38)),
      happened('warrant-issued', days.working(-4)),
    ),
    file(received, body('RT88191'), fileAccepted(days.working(-38)), happened('acquitted', days.working(-6))),
    file(
      received,
      { ...body('RT88096'), ...singleJustice, hearings: [] },
      happened('sentenced', days.working(-20), { sentence: 'Fine', custodial: false }),
      recordsEntered(days.working(-18)),
      happened('property-dated', days.working(-8), { none: true }),
      happened('finalised', days.working(-8)),
    ),
  ];
}
