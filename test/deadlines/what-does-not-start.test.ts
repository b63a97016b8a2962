import { describe, expect, it } from 'vitest';
import {
  carelessDriving,
  commonAssault,
  defendant,
  discontinued,
  drinkDriving,
  event,
  inCustody,
  magistratesHearing,
  sent,
  served,
  theft,
  uncharged,
} from './stories/parts.ts';
import { tell, type Outcome } from './stories/run-in-memory.ts';
import type { StoryEvent } from './stories/story.ts';

/** What a case has of a rule, whether it stands or not. */
function ofRule(rule: string, body: Record<string, unknown>, ...events: StoryEvent[]): Outcome[] {
  return tell({ rule, protects: '', case: body, events, expect: { legalDue: '', about: 'case' } });
}

const traffic = (offence: unknown, more: Record<string, unknown> = {}) => ({
  kind: 'traffic',
  defendants: [defendant([offence])],
  ...more,
});

describe('time limits for starting proceedings', () => {
  it('are met from the first by a charge in time, so that nobody is given work', () => {
    const [limit] = ofRule('stl-summary-6m', { defendants: [defendant([commonAssault])] });
    expect(limit).toMatchObject({ state: 'met', met: { on: '2026-05-29' } });
  });

  it('do not run for an offence that can be tried in the Crown Court', () => {
    expect(ofRule('stl-summary-6m', { defendants: [defendant([theft])] })).toEqual([]);
  });

  it('give domestic abuse a limit of its own for common assault and battery alone', () => {
    const onConstable = { ...uncharged(commonAssault, '2026-01-15'), code: 'PL96001', domesticAbuse: true };
    const body = { initiation: 'postal-requisition', defendants: [defendant([onConstable])] };
    const statement = event('statement-taken', '2026-05-20');
    expect(ofRule('stl-da-assault', body, statement)).toEqual([]);
    expect(ofRule('stl-summary-6m', body, statement)).toMatchObject([{ state: 'pending' }]);
  });

  it('keep six months from the offence beside knowledge, unless the offence is known to be in the schedule', () => {
    const speeding = { ...uncharged(carelessDriving, '2026-01-15') };
    const body = traffic(speeding, { initiation: 'postal-requisition' });
    const known = event('evidence-sufficient', '2026-05-20');
    expect(ofRule('stl-summary-6m', body, known)).toMatchObject([
      { state: 'pending', legalDue: '2026-07-15' },
    ]);
    expect(ofRule('stl-rtoa-s6', body, known)).toMatchObject([{ state: 'pending', legalDue: '2026-11-20' }]);
  });
});

describe('notices and certificates of traffic cases', () => {
  it('ask no notice of intended prosecution of a crime, of drink-driving or of driving without insurance', () => {
    const noInsurance = { ...carelessDriving, code: 'RT88191' };
    expect(ofRule('nip-14', { defendants: [defendant([carelessDriving])] })).toEqual([]);
    expect(ofRule('nip-14', traffic(drinkDriving))).toEqual([]);
    expect(ofRule('nip-14', traffic(noInsurance))).toEqual([]);
  });

  it('ask no certificate for a first hearing that expects a plea of guilty', () => {
    const first = { hearings: [magistratesHearing('2026-06-26', 'first-hearing')] };
    const body = traffic(drinkDriving, first);
    expect(ofRule('drink-drive-cert-7d', { ...body, anticipatedPlea: 'guilty' })).toEqual([]);
    expect(ofRule('drink-drive-cert-7d', { ...body, anticipatedPlea: 'none' })).toHaveLength(1);
    expect(ofRule('drink-drive-cert-7d', traffic(carelessDriving, first))).toEqual([]);
  });

  it('take a posted notice as served when it is deemed served', () => {
    const body = traffic(uncharged(carelessDriving, '2026-05-25'), { initiation: 'postal-requisition' });
    const posted = served('notice-of-intended-prosecution', '2026-06-04', 'first-class-post');
    expect(ofRule('nip-14', body, posted)).toMatchObject([{ state: 'met', met: { on: '2026-06-08' } }]);
  });
});

describe('custody time limits', () => {
  it('do not run on bail', () => {
    expect(ofRule('ctl-eitherway-56', { defendants: [defendant([theft])] })).toEqual([]);
    expect(ofRule('ctl-eitherway-56', inCustody(theft), event('bailed', '2026-07-27'))).toEqual([]);
  });

  it('stand as missed where bail came after they expired', () => {
    const late = ofRule('ctl-eitherway-56', inCustody(theft), event('bailed', '2026-07-28'));
    expect(late).toMatchObject([{ state: 'pending', legalDue: '2026-07-27' }]);
  });

  it('are those of the court that has the charge', () => {
    const body = inCustody(theft);
    const there = sent('2026-06-08');
    const back = event('remitted-to-magistrates', '2026-08-03');
    expect(ofRule('ctl-eitherway-56', body, there)).toEqual([]);
    expect(ofRule('ctl-crown-182', body, there, back)).toEqual([]);
    expect(ofRule('ctl-eitherway-56', body, there, back)).toEqual([]);
    expect(ofRule('ctl-remitted-70', body, there, back)).toHaveLength(1);
  });

  it('end for one defendant without ending for another', () => {
    const held = { remand: 'custody', remandedOn: '2026-06-01' };
    const body = { defendants: [defendant([theft], held), defendant([theft], held)] };
    const ended = { ...discontinued('2026-06-10'), defendant: 0 };
    expect(ofRule('ctl-eitherway-56', body, ended).map(({ state }) => state)).toEqual([
      'withdrawn',
      'pending',
    ]);
  });
});

describe('bail that nobody opposed', () => {
  it('is no occasion for an appeal', () => {
    expect(ofRule('bail-appeal-oral', inCustody(theft), event('bailed', '2026-06-10'))).toEqual([]);
  });
});
