import type { Forms } from './case-forms.ts';
import { fileAccepted, fileRejected, told } from './hub-steps.ts';
import { happened, limitsConfirmed, type DemoCase } from './play-case.ts';

/** Defendants in custody: limits that end within days, far ones, bail after custody, the Crown Court, an extension. */
export function crimeInCustody(forms: Forms): DemoCase[] {
  return [...limitsNear(forms), ...limitsFar(forms)];
}

const safeContact = {
  note: 'Call the work number only. The defendant’s brother answers at home.',
  notBefore: '09:30',
  notAfter: '15:00',
  noVoicemail: true,
} as const;

/** In the magistrates’ court for 52 days and more: the limit of 56 days ends this week. */
function limitsNear({ days, cast, file, offence, firstHearing, notGuilty, trialListed }: Forms): DemoCase[] {
  const held = (back: number, code: string, more = {}) =>
    cast.defendant('custody', [offence(code, days.day(-back - 2), days.day(-back - 1), more)], {
      remandedOn: days.sitting(-back),
    });
  const first = (back: number) => ({ hearings: [firstHearing(days.sitting(-back))] });
  return [
    file(
      days.working(-37),
      { defendants: [held(52, 'TH68037')], ...first(52), witnesses: [cast.person('phone')] },
      fileAccepted(days.working(-35)),
      notGuilty(days.working(-20)),
      trialListed(days.working(-20), days.working(3)),
      told(days.working(-19)),
    ),
    file(
      days.working(-36),
      {
        domesticAbuse: true,
        defendants: [held(51, 'PH97011', { domesticAbuse: true })],
        ...first(51),
        victims: [cast.person('phone', { enhancedRights: true, reasons: ['domestic abuse'], safeContact })],
      },
      fileAccepted(days.working(-34)),
      notGuilty(days.working(-19)),
      trialListed(days.working(-1), days.working(2)),
    ),
    file(
      days.working(-38),
      { defendants: [held(52, 'CJ88144'), held(52, 'CJ88144')], ...first(52) },
      fileRejected(days.working(-36), {
        material: 'exhibits-and-media',
        code: 'evidential-multi-media-bwv-not-clipped',
      }),
    ),
    file(
      days.working(-35),
      {
        defendants: [held(178, 'OF61131')],
        hearings: [firstHearing(days.sitting(-178))],
        victims: [cast.person('none')],
      },
      fileAccepted(days.working(-34)),
      happened('sent-to-crown-court', days.sitting(-150)),
      trialListed(days.working(-15), days.working(12), 'crown'),
    ),
  ];
}

function limitsFar({
  days,
  cast,
  file,
  offence,
  firstHearing,
  listed,
  notGuilty,
  trialListed,
}: Forms): DemoCase[] {
  const held = (back: number, code: string, more = {}) =>
    cast.defendant('custody', [offence(code, days.day(-back - 2), days.day(-back - 1), more)], {
      remandedOn: days.sitting(-back),
    });
  return [
    file(
      days.working(-4),
      {
        defendants: [held(6, 'TH68023'), held(6, 'TH68023')],
        hearings: [firstHearing(days.sitting(-6))],
        victims: [cast.person('sms')],
        witnesses: [cast.person('phone'), cast.person('email')],
      },
      fileAccepted(days.working(-3)),
      happened('sent-to-crown-court', days.working(-3)),
      limitsConfirmed,
      listed(days.working(-1), 'ptph', days.sitting(24), 'crown'),
    ),
    file(
      days.working(-12),
      {
        domesticAbuse: true,
        defendants: [held(20, 'SC15005', { domesticAbuse: true })],
        hearings: [firstHearing(days.sitting(-20))],
        victims: [
          cast.person('phone', { enhancedRights: true, reasons: ['domestic abuse', 'threats'], safeContact }),
        ],
      },
      limitsConfirmed,
      fileAccepted(days.working(-11)),
      notGuilty(days.working(-5)),
    ),
    file(
      days.working(-25),
      {
        defendants: [held(40, 'TH68036')],
        hearings: [firstHearing(days.sitting(-40))],
        victims: [cast.person('email')],
      },
      fileAccepted(days.working(-24)),
      happened('bailed', days.working(-2), {
        conditional: true,
        conditions: ['Not to go to Figment Lane', 'Curfew'],
      }),
    ),
    file(
      days.working(-60),
      { defendants: [held(190, 'OF61016')], hearings: [firstHearing(days.sitting(-190))] },
      fileAccepted(days.working(-58)),
      happened('sent-to-crown-court', days.sitting(-188)),
      happened('custody-limit-extended', days.working(-8), { until: days.sitting(60) }),
      limitsConfirmed,
      trialListed(days.working(-8), days.sitting(48), 'crown'),
    ),
  ];
}
