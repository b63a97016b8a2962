import { describe, expect, it } from 'vitest';
import type { StandingRequestScope } from '../../src/deadlines/case-state.ts';
import { checkDays } from '../../src/materials/set-standing-request.ts';
import { concernsSince, inForceOn, mayConcern } from '../../src/materials/standing-request.ts';
import { eventId, idOf, registration, stateOf, type Told } from './case-in-state.ts';

const concerns = (
  scope: StandingRequestScope,
  over: Parameters<typeof registration>[0] = {},
  story: readonly Told[] = [],
) => concernsSince(scope, stateOf(registration(over), story))?.eventId;
const remanded: Told = { type: 'remanded', on: '2026-06-09' };
const joined: Told = {
  type: 'person-added',
  on: '2026-06-09',
  data: { id: idOf(9), role: 'victim', enhancedRights: false, reasons: [], preferred: 'phone' },
};
const denied: Told = { type: 'plea-entered', on: '2026-06-08', data: { plea: 'not-guilty' } };
const listed: Told = {
  type: 'hearing-listed',
  on: '2026-06-10',
  data: { on: '2026-07-10', court: 'crown', courtName: 'Norwich', type: 'ptph' },
};

describe('which cases a standing request is for', () => {
  it.each<[string, StandingRequestScope, Parameters<typeof registration>[0]]>([
    ['every case', {}, {}],
    ['one kind', { kind: 'crime' }, {}],
    ['an offence by the beginning of its code', { offences: ['CJ88', 'TH68'] }, {}],
    ['how it began', { initiations: ['charge'] }, {}],
    ['domestic abuse', { features: ['domestic-abuse'] }, { domesticAbuse: true }],
    ['hate crime', { features: ['hate-crime'] }, { hateCrime: true }],
    ['a sexual offence', { features: ['sexual-offence'] }, { sexualOffence: true }],
  ])('%s: since the case was received', (_name, scope, over) => {
    expect(concerns(scope, over)).toBe(eventId(0));
  });

  it.each<[string, StandingRequestScope]>([
    ['another kind', { kind: 'traffic' }],
    ['another offence', { offences: ['RT88'] }],
    ['another beginning', { initiations: ['postal-requisition'] }],
    ['hate crime', { features: ['hate-crime'] }],
  ])('%s: not this one, nor ever', (_name, scope) => {
    expect(concerns(scope)).toBeUndefined();
    expect(mayConcern(scope, registration())).toBe(false);
  });

  it.each<[string, StandingRequestScope, Told]>([
    ['custody', { features: ['custody'] }, remanded],
    ['a denial', { features: ['denied'] }, denied],
    ['a court', { courts: ['crown'] }, listed],
    ['a victim', { features: ['victim'] }, joined],
    ['a correction', { features: ['domestic-abuse'] }, { ...correction(), on: '2026-06-09' }],
  ])('%s: not until it happens, and from then on', (_name, scope, told) => {
    expect(mayConcern(scope, registration())).toBe(true);
    expect(concerns(scope)).toBeUndefined();
    expect(concerns(scope, {}, [told])).toBe(eventId(1));
  });

  it('all that is given, since the last of it', () => {
    const scope: StandingRequestScope = { features: ['custody', 'denied'] };
    expect(concerns(scope, {}, [denied])).toBeUndefined();
    expect(concerns(scope, {}, [denied, remanded])).toBe(eventId(2));
  });
});

function correction(): Told {
  return { type: 'correction', on: '2026-06-09', data: { domesticAbuse: true } };
}

describe('when a standing request is asked', () => {
  const version = (number: number, startsOn: string, endsOn: string | null = null) => ({
    ...{ id: 'a', version: number, material: 'body-worn-video', why: 'x', askedBy: 'y' },
    ...{ scope: {}, dueInWorkingDays: null, startsOn, endsOn },
  });
  const on = (day: string, ...versions: ReturnType<typeof version>[]) =>
    inForceOn(versions, day).map((one) => one.version);

  it('by the newest version that has begun, until the day on which that ends', () => {
    const versions = [version(1, '2026-01-10'), version(2, '2026-03-01', '2026-06-01')];
    expect(on('2026-01-09', ...versions)).toEqual([]);
    expect(on('2026-01-10', ...versions)).toEqual([1]);
    expect(on('2026-02-28', ...versions)).toEqual([1]);
    expect(on('2026-03-01', ...versions)).toEqual([2]);
    expect(on('2026-05-31', ...versions)).toEqual([2]);
    expect(on('2026-06-01', ...versions)).toEqual([]);
  });

  it('never from a day that is past, nor until one', () => {
    const paths = (days: { startsOn: string; endsOn: string | null }, before?: typeof days) =>
      checkDays(days, before, '2026-06-02').map(({ path }) => path);
    expect(paths({ startsOn: '2026-06-02', endsOn: null })).toEqual([]);
    expect(paths({ startsOn: '2026-06-01', endsOn: null })).toEqual(['startsOn']);
    expect(paths({ startsOn: '2026-06-03', endsOn: '2026-06-02' })).toEqual(['endsOn']);
    const stands = { startsOn: '2026-01-01', endsOn: null };
    expect(paths({ ...stands, endsOn: '2026-06-02' }, stands)).toEqual([]);
    expect(paths({ ...stands, endsOn: '2026-06-01' }, stands)).toEqual(['endsOn']);
  });
});
