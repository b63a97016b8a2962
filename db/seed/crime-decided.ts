import type { Forms } from './case-forms.ts';
import { fileAccepted, recordsEntered, told } from './hub-steps.ts';
import { happened, type DemoCase } from './play-case.ts';

/** Decided, dropped or stopped: awaiting sentence, sentenced, acquitted, discontinued, a warrant, a death, finalised. */
export function crimeDecided({ days, cast, file, offence, firstHearing, listed }: Forms): DemoCase[] {
  const charged = (code: string) =>
    cast.defendant('unconditional-bail', [offence(code, days.day(-80), days.day(-60))]);
  const body = (code: string) => ({
    defendants: [charged(code)],
    hearings: [firstHearing(days.sitting(-30))],
  });
  const guilty = (back: number) => happened('plea-entered', days.working(-back), { plea: 'guilty' });
  const received = days.working(-40);
  return [
    file(
      received,
      { ...body('TH68037'), anticipatedPlea: 'guilty', victims: [cast.person('email')] },
      guilty(4),
      fileAccepted(days.working(-38)),
      listed(days.working(-4), 'sentence', days.sitting(18)),
      happened('convicted', days.working(-1)),
    ),
    file(
      received,
      { ...body('OF61131'), victims: [cast.person('phone')], witnesses: [cast.person('phone')] },
      fileAccepted(days.working(-38)),
      happened('convicted', days.working(-12)),
      told(days.working(-11)),
      happened(
        'sentenced',
        days.working(0),
        { sentence: '14 months', custodial: true },
        { receivedAt: days.now },
      ),
    ),
    file(
      received,
      { ...body('PC53001'), anticipatedPlea: 'guilty' },
      fileAccepted(days.working(-38)),
      happened('sentenced', days.working(-7), { sentence: 'Community order', custodial: false }),
    ),
    file(
      received,
      { ...body('CJ88116'), victims: [cast.person('letter')] },
      fileAccepted(days.working(-38)),
      happened('acquitted', days.working(-1)),
    ),
    file(
      received,
      { ...body('CD71039'), victims: [cast.person('phone')] },
      fileAccepted(days.working(-38)),
      happened('discontinued', days.working(-1), { why: 'Not enough evidence' }),
      happened('document-served', days.working(-1), { document: 'discontinuance-notice', method: 'email' }),
    ),
    file(
      received,
      { ...body('MD71530'), anticipatedPlea: 'guilty' },
      fileAccepted(days.working(-38)),
      happened('warrant-issued', days.working(-2)),
    ),
    file(
      received,
      body('TH68010'),
      fileAccepted(days.working(-38)),
      happened('defendant-died', days.working(-3)),
    ),
    file(
      received,
      { ...body('PU86003'), anticipatedPlea: 'guilty', witnesses: [cast.person('email')] },
      fileAccepted(days.working(-38)),
      happened('sentenced', days.working(-15), { sentence: 'Fine', custodial: false }),
      happened('appeal-lodged', days.working(-3), { against: 'sentence' }),
    ),
    file(
      received,
      { ...body('TH68010'), anticipatedPlea: 'guilty' },
      happened('sentenced', days.working(-25), { sentence: 'Conditional discharge', custodial: false }),
      recordsEntered(days.working(-22)),
      happened('property-dated', days.working(-14), { none: true }),
      happened('finalised', days.working(-14)),
    ),
    file(
      received,
      body('PH97004'),
      happened('discontinued', days.working(-22), { why: 'Not in the public interest' }),
      recordsEntered(days.working(-20)),
      happened('property-dated', days.working(-12), { none: true }),
      happened('finalised', days.working(-12)),
    ),
  ];
}
