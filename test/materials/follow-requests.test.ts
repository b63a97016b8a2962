import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedIn, eventId, ofKey, outstanding, registration, stateOf, type Told } from './case-in-state.ts';
import { desiredRequests } from '../../src/materials/checklist.ts';
import { ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';

const denial: Told = { type: 'plea-entered', on: '2026-06-08', data: { plea: 'not-guilty' } };
const takenBack = (supersedes: number): Told => ({ type: 'correction', on: '2026-06-12', supersedes });
const received = (on: string, request: string, material?: string): Told => ({
  type: 'material-received',
  on,
  data: { request, ...(material === undefined ? {} : { material }) },
});
const rejectedCheck = (on: string, ...defects: Record<string, unknown>[]): Told => ({
  type: 'file-checked',
  on,
  data: { result: 'rejected', defects },
});
const statements = { material: 'witness-statements', code: 'triage-no-missing-mg11s' };

describe('a plea of not guilty', () => {
  it('asks for the upgrade file, by the day that the court directs where it does', () => {
    const asked = askedIn(registration(), [denial]);
    expect(ofKey(asked, 'upgrade:exhibit-list')).toMatchObject({
      state: 'outstanding',
      dueOn: '2026-06-22',
      requestedBy: eventId(1),
      basis: { kind: 'file-standard', standard: 'upgrade', version: 1 },
      dueWhy: expect.stringMatching(/grade P/) as unknown,
    });
    const directions = [{ what: 'upgrade-file', by: '2026-06-18' }];
    const directed: Told = { type: 'court-directions-given', on: '2026-06-08', data: { directions } };
    expect(ofKey(askedIn(registration(), [denial, directed]), 'upgrade:exhibit-list').dueOn).toBe(
      '2026-06-18',
    );
    expect(ofKey(askedIn(registration(), [directed]), 'upgrade:exhibit-list')).toMatchObject({
      dueOn: '2026-06-18',
      requestedBy: eventId(1),
    });
  });

  it('that was not entered withdraws what has not come, and keeps what has', () => {
    const story = [denial, received('2026-06-10', 'upgrade:witness-list', 'witness-list'), takenBack(1)];
    const upgrade = askedIn(registration(), story).filter(({ key }) => key.startsWith('upgrade:'));
    expect(upgrade.map(({ key, state }) => `${key} ${state}`)).toEqual(['upgrade:witness-list received']);
    const again = [...story, { ...denial, on: '2026-06-15' }];
    expect(ofKey(askedIn(registration(), again), 'upgrade:witness-list').state).toBe('received');
    expect(ofKey(askedIn(registration(), again), 'upgrade:exhibit-list').state).toBe('outstanding');
    const wrongThen: Told = {
      type: 'material-rejected',
      on: '2026-06-11',
      data: { request: 'upgrade:witness-list', code: 'evidential-statement-s' },
    };
    const rejected = askedIn(registration(), [denial, story[1] as Told, wrongThen, takenBack(1)]);
    expect(ofKey(rejected, 'upgrade:witness-list').state).toBe('withdrawn');
  });
});

describe('remand in custody', () => {
  const remanded: Told = { type: 'remanded', on: '2026-06-09' };

  it('asks for custody papers by the next working day, and bail lets them go', () => {
    const asked = askedIn(registration(), [remanded]);
    expect(ofKey(asked, 'file:remand-application')).toMatchObject({
      dueOn: '2026-06-10',
      requestedBy: eventId(1),
    });
    const bailed = askedIn(registration(), [remanded, { type: 'bailed', on: '2026-06-16' }]);
    expect(bailed.some(({ key }) => key === 'file:remand-application')).toBe(false);
  });
});

describe('a file check that rejects', () => {
  it('asks for each defect in plain words instead of the plain request, and accepting ends them all', () => {
    const check = rejectedCheck('2026-06-04', statements, { ...statements, code: 'evidential-statement-s' });
    const asked = askedIn(registration(), [check]);
    expect(ofKey(asked, 'file:witness-statements').state).toBe('withdrawn');
    expect(ofKey(asked, `defect:${eventId(1)}:1`)).toMatchObject({
      state: 'outstanding',
      rejections: 1,
      dueOn: '2026-06-11',
      why: 'it was rejected: one or more witness statements are missing; what the witnesses saw can be proved only by them',
      dueWhy: expect.stringMatching(/five working days .* grade P/) as unknown,
    });
    expect(ofKey(asked, `defect:${eventId(1)}:2`).state).toBe('outstanding');
    const accept: Told = { type: 'file-checked', on: '2026-06-05', data: { result: 'accepted' } };
    expect(outstanding(askedIn(registration(), [check, accept]))).toEqual([]);
    const [first] = registration().defendants;
    const held = registration({ defendants: first ? [{ ...first, remand: 'custody' }] : [] });
    expect(ofKey(askedIn(held, [check]), `defect:${eventId(1)}:1`).dueOn).toBe('2026-06-05');
  });

  it('of the first file leaves alone what the upgrade file asks for, though it came after the plea of that day', () => {
    const check = rejectedCheck('2026-06-08', statements);
    const accept: Told = { type: 'file-checked', on: '2026-06-08', data: { result: 'accepted' } };
    const asked = askedIn(registration(), [denial, check, accept]);
    expect(ofKey(asked, 'upgrade:witness-statements').state).toBe('outstanding');
    expect(ofKey(asked, 'file:witness-statements').state).not.toBe('outstanding');
  });

  it('wants it before the hearing that is near, and never today', () => {
    const listed = (on: string): Told => ({
      type: 'hearing-listed',
      on: '2026-06-03',
      data: { on, court: 'magistrates', courtName: 'Norwich', type: 'first-hearing' },
    });
    const due = (on: string) =>
      ofKey(
        askedIn(registration(), [listed(on), rejectedCheck('2026-06-04', statements)]),
        `defect:${eventId(2)}:1`,
      ).dueOn;
    expect([due('2026-06-10'), due('2026-06-05'), due('2026-07-10')]).toEqual([
      '2026-06-09',
      '2026-06-05',
      '2026-06-11',
    ]);
  });

  it('leaves alone what is asked for only later, and what a person asked for', () => {
    const data = { material: 'witness-statements', why: 'of the neighbour', dueOn: '2026-06-20' };
    const story: Told[] = [
      { type: 'material-requested', on: '2026-06-03', data },
      rejectedCheck('2026-06-04', statements),
      denial,
    ];
    expect(outstanding(askedIn(registration(), story))).toEqual(
      expect.arrayContaining([`asked:${eventId(1)}`, 'upgrade:witness-statements']),
    );
  });

  it('has the materials that will do received, and of an upgrade file those alone', () => {
    const check: Told = {
      type: 'file-checked',
      on: '2026-06-09',
      data: { result: 'rejected', of: 'upgrade', accepted: ['witness-list'], defects: [statements] },
    };
    const asked = askedIn(registration(), [denial, check]);
    expect(ofKey(asked, 'upgrade:witness-list').state).toBe('received');
    expect(ofKey(asked, 'file:witness-list').state).toBe('outstanding');
    const accepted: Told = { ...check, data: { result: 'accepted', of: 'upgrade' } };
    const after = outstanding(askedIn(registration(), [denial, accepted]));
    expect(after.filter((key) => key.startsWith('upgrade:'))).toEqual([]);
    expect(after).toContain('file:witness-list');
  });
});

describe('an action plan', () => {
  const items = [
    { material: 'witness-statements', why: 'of the guard', dueOn: '2026-06-15' },
    { material: 'forensic-report', why: 'of the knife', dueOn: '2026-06-25' },
  ];
  const plan: Told = { type: 'action-plan-received', on: '2026-06-05', data: { items } };
  const planned = (story: readonly Told[]) =>
    askedIn(registration(), story)
      .filter(({ key }) => key.startsWith('action-plan:'))
      .map(({ key, dueOn, state }) => `${key} ${dueOn} ${state}`);

  it('asks for each item by its own day; the plan that supersedes it asks for its own, and a correction for none', () => {
    expect(planned([plan])).toEqual([
      `action-plan:${eventId(1)}:1 2026-06-15 outstanding`,
      `action-plan:${eventId(1)}:2 2026-06-25 outstanding`,
    ]);
    const revised: Told = { ...plan, on: '2026-06-08', supersedes: 1, data: { items: [items[1]] } };
    expect(planned([plan, revised])).toEqual([`action-plan:${eventId(2)}:1 2026-06-25 outstanding`]);
    const came = received('2026-06-06', `action-plan:${eventId(1)}:1`, 'witness-statements');
    expect(planned([plan, came, takenBack(1)])).toEqual([`action-plan:${eventId(1)}:1 2026-06-06 received`]);
  });
});

describe('whatever happens in whatever order', () => {
  const keys = ['file:charges', 'file:witness-statements', 'upgrade:exhibit-list', `defect:${eventId(1)}:1`];
  const step = fc.oneof(
    fc.record({ type: fc.constant('material-received' as const), key: fc.constantFrom(...keys) }),
    fc.record({ type: fc.constant('material-not-required' as const), key: fc.constantFrom(...keys) }),
    fc.record({ type: fc.constant('material-rejected' as const), key: fc.constantFrom(...keys) }),
    fc.constant({ type: 'plea-entered' as const, key: '' }),
    fc.constantFrom('accepted', 'rejected').map((key) => ({ type: 'file-checked' as const, key })),
  );
  const told = ({ type, key }: { type: Told['type']; key: string }, i: number): Told => {
    const on = `2026-06-${String(3 + i).padStart(2, '0')}`;
    if (type === 'plea-entered') return { ...denial, on };
    if (type === 'file-checked')
      return { type, on, data: { result: key, defects: key === 'rejected' ? [statements] : [] } };
    return { type, on, data: { request: key, material: key.split(':')[1], code: 'evidential-exhibit' } };
  };
  const story = fc.array(step, { maxLength: 12 }).map((steps) => steps.map(told));

  it('a request is open, or closed by an event; rejections count; the last word on it stands', () => {
    fc.assert(
      fc.property(story, (events) => {
        const asked = askedIn(registration(), events);
        expect(new Set(asked.map(({ key }) => key)).size).toBe(asked.length);
        for (const { key, state, closedBy, rejections, defectCode, material } of asked) {
          expect(state === 'outstanding').toBe(closedBy === null);
          expect(rejections > 0).toBe(defectCode !== null);
          const about = events.filter(({ data }) => data?.['request'] === key);
          if (rejections > 0 && !key.startsWith('defect:'))
            expect(rejections).toBeLessThanOrEqual(
              about.filter(({ type }) => type === 'material-rejected').length,
            );
          if (about.at(-1)?.type === 'material-received')
            expect(['received', 'not-required', 'withdrawn']).toContain(state);
          expect(material.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('taking everything back leaves what was received, and the file as it was asked for', () => {
    fc.assert(
      fc.property(story, (events) => {
        const back = events.map((_one, i) => takenBack(i + 1));
        expect(askedIn(registration(), [...events, ...back])).toEqual(askedIn(registration()));
      }),
    );
  });

  it('the end of the case ends every request', () => {
    fc.assert(
      fc.property(story, (events) => {
        const state = stateOf(registration(), [...events, { type: 'finalised', on: '2026-07-01' }]);
        expect(outstanding(desiredRequests(state, ENGLAND_AND_WALES, []))).toEqual([]);
      }),
    );
  });
});
