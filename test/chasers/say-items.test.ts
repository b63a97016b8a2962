import { expect, test } from 'vitest';
import { ENGLAND_AND_WALES as calendar } from '../../src/calendar/bank-holidays-data.ts';
import type { AskedItem } from '../../src/chasers/asked-items.ts';
import { sayEscalation } from '../../src/chasers/say-escalation.ts';
import { byUrgency, sayItem } from '../../src/chasers/say-items.ts';

const today = '2026-06-01';
const item = (over: Partial<AskedItem> = {}): AskedItem => ({
  id: '00000000-0000-0000-0000-000000000001',
  version: 1,
  officer: 'PC1001',
  caseId: '00000000-0000-0000-0000-0000000000aa',
  urn: '21AB1234526',
  material: 'witness-statements',
  why: 'a trial date depends on it',
  defectCode: null,
  basis: 'file-standard',
  dueOn: '2026-05-29',
  custodyLimit: null,
  timeLimit: null,
  hearing: null,
  isNew: true,
  ...over,
});

test('a message says what, how late and what it endangers, nearest first', () => {
  const endangered = item({ custodyLimit: '2026-06-10', timeLimit: '2026-06-21', hearing: '2026-06-04' });
  expect(sayItem(endangered, today, calendar)).toBe(
    '21AB1234526: Witness statements (MG11), was due on 29 May 2026, 3 days late. Endangered: hearing on 4 June 2026, ' +
      'in 3 working days; custody limit expires in 9 days (10 June 2026); time limit expires in 20 days (21 June 2026). ' +
      'Why: a trial date depends on it.',
  );
});

test('nothing that a person typed is in a message: it could hold a name', () => {
  const typed = 'the statement of Wilhelmina Zzyzxbottle';
  const said = (over: Partial<AskedItem>) => sayItem(item(over), today, calendar);
  expect(said({ material: typed, why: typed, basis: 'caseworker' })).toBe(
    '21AB1234526: an item that the caseworker has described, was due on 29 May 2026, 3 days late.',
  );
  for (const basis of ['caseworker', 'action-plan', 'standing-request', 'file-check', null] as const)
    expect(said({ why: typed, basis })).not.toContain('Zzyzxbottle');
  expect(said({ why: typed, basis: 'file-check', defectCode: 'triage-no-missing-mg11s' })).toMatch(
    /Why: what came was rejected: No\/missing MG11s\.$/,
  );
});

test('the most urgent comes first: by the nearest limit or hearing, then by when it was due', () => {
  const items = [
    item({ id: 'late', dueOn: '2026-05-01' }),
    item({ id: 'hearing', hearing: '2026-06-04' }),
    item({ id: 'limit', custodyLimit: '2026-06-03', hearing: '2026-07-01' }),
    item({ id: 'later' }),
  ];
  expect(items.sort(byUrgency).map(({ id }) => id)).toEqual(['limit', 'hearing', 'late', 'later']);
});

test('a supervisor reads first what is new, apart what is not late, and of hundreds how many they are', () => {
  const old = Array.from({ length: 40 }, (_, i) =>
    item({ id: `old-${i}`, officer: 'PC1002', caseId: `case-${i % 3}`, dueOn: '2026-05-04', isNew: false }),
  );
  const ahead = item({ id: 'ahead', officer: 'PC1003', dueOn: '2026-06-04' });
  const { subject, body } = sayEscalation([...old, ahead, item()], today, calendar);
  expect(subject).toBe('Owed by your officers: 42 items, 41 overdue');
  const parts = body.split('\n\n');
  expect(parts[0]).toBe('These were asked for and have not come:');
  expect(parts[1]).toMatch(/^PC1001: 21AB1234526: .*3 days late/);
  expect(parts[2]).toBe('You were told of these before, and they have not come:');
  expect(parts.slice(3, 21).every((line) => line.startsWith('PC1002: 21AB1234526'))).toBe(true);
  expect(parts.slice(21)).toEqual([
    'PC1002: 22 items more in 3 cases, the earliest due on 4 May 2026.',
    'These are not late yet. You are told because whoever should be asked is away:',
    expect.stringMatching(/^PC1003: 21AB1234526: .*due by 4 June 2026/),
    'Please see that they are sent. The caseworker decides next what to do without them.',
  ]);
});

test('a supervisor of whom nothing else is owed is told of what is overdue, and no more', () => {
  const { subject, body } = sayEscalation([item()], today, calendar);
  expect(subject).toBe('Overdue from your officers: 1 item');
  expect(body.split('\n\n')).toHaveLength(3);
});
