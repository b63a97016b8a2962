import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '../../src/calendar/civil-date.ts';
import { calculateDeadline } from '../../src/deadlines/calculate.ts';
import { ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';
import { factSchemas, type FactName, type Facts } from '../../src/deadlines/facts.ts';
import { rules } from '../../src/deadlines/rules/register.ts';
import { keepCalendar, loadCalendar } from '../../src/deadlines/store-calendar.ts';
import { isFailure } from '../../src/platform/failure.ts';
import { startTestHub, type TestHub } from '../support/app.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

type Calculated = {
  legalDue: string | null;
  actionDue: string | null;
  explanation: string[];
  ruleVersion: number;
  authority: { grade: string };
};
const calculate = (rule: string, facts: unknown, as = 'cw-1') =>
  hub.as(as).post<Calculated & { errors?: unknown }>('/api/deadlines/calculate', { rule, facts });
const errorsOf = async (rule: string, facts: unknown) => {
  const reply = await calculate(rule, facts);
  expect(reply.status).toBe(422);
  return reply.body.errors;
};

test('the answer says the date, where it comes from and every step', async () => {
  const { status, body } = await calculate('ctl-summary-56', { custody: [{ from: '2026-01-10' }] });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    rule: 'ctl-summary-56',
    title: expect.stringContaining('ustody') as unknown,
    legalDue: '2026-03-06',
    actionDue: '2026-03-06',
    authority: { grade: 'A' },
    checkWithForce: false,
  });
  expect(body.explanation.join('; ')).toMatch(/10 January 2026.*not counted/);
  expect(body.explanation.join('; ')).toMatch(/Saturday 7 March moves back to Friday 6 March/);
});

test('any person who is signed in may calculate, and nobody else', async () => {
  const facts = { custody: [{ from: '2026-01-10' }] };
  for (const who of ['cw-1', 'sr-1', 'admin-1', 'audit-1', 'feed-1'])
    expect((await calculate('ctl-summary-56', facts, who)).status).toBe(200);
  expect((await hub.anyone.post('/api/deadlines/calculate', { rule: 'x', facts })).status).toBe(401);
});

test('an unknown rule, a missing fact and an unknown fact are named', async () => {
  expect(await errorsOf('no-such-rule', {})).toEqual([
    { path: 'rule', message: 'is not a rule that is known here' },
  ]);
  expect(await errorsOf('ctl-summary-56', {})).toEqual([{ path: 'facts.custody', message: 'is needed' }]);
  expect(await errorsOf('ctl-summary-56', { custody: [{ from: '2026-01-10' }], shoeSize: 9 })).toEqual([
    { path: 'facts.shoeSize', message: 'is not a field that is known here' },
  ]);
  const noFacts = await hub.as('cw-1').post('/api/deadlines/calculate', { rule: 'ctl-summary-56' });
  expect(noFacts).toMatchObject({ status: 422, body: { errors: [{ path: 'facts', message: 'is needed' }] } });
});

test('a fact that is wrong is named, and said what it should be', async () => {
  expect(await errorsOf('ctl-summary-56', { custody: [] })).toEqual([
    { path: 'facts.custody', message: 'must not be empty' },
  ]);
  expect(await errorsOf('ctl-summary-56', { custody: [{ from: '2026-02-31' }] })).toEqual([
    { path: 'facts.custody.0.from', message: 'must be a date that exists, written like 2026-03-06' },
  ]);
  expect(await errorsOf('vc-outcome', { receivedAt: 'yesterday' })).toMatchObject([
    { path: 'facts.receivedAt' },
  ]);
  expect(await errorsOf('vc-outcome', { receivedAt: '2026-03-06' })).toMatchObject([
    { path: 'facts.receivedAt' },
  ]);
});

test('facts that cannot all be true are refused by name', async () => {
  const overlapping = [{ from: '2026-01-10', to: '2026-02-01' }, { from: '2026-01-20' }];
  expect(await errorsOf('ctl-summary-56', { custody: overlapping })).toMatchObject([
    { path: 'facts.custody.1.from' },
  ]);
  expect(
    await errorsOf('ctl-summary-56', { custody: [{ from: '2026-01-10', to: '2026-01-01' }] }),
  ).toMatchObject([{ path: 'facts.custody.0.to' }]);
  const extendedUntil = '2026-01-01';
  expect(
    await errorsOf('ctl-summary-56', { custody: [{ from: '2026-01-10' }], extendedUntil }),
  ).toMatchObject([{ path: 'facts.extendedUntil', message: 'cannot be before the first day of custody' }]);
  const facts = {
    custody: [{ from: '2026-01-10' }],
    offenceCommittedOn: '2026-01-09',
    chargedOn: '2026-01-08',
  };
  expect(await errorsOf('ctl-summary-56', facts)).toEqual([
    { path: 'facts.chargedOn', message: 'cannot be before the day of the offence' },
  ]);
});

test('the day of service is given, or follows from how it was sent, and never both', async () => {
  const facts = { custody: [{ from: '2026-01-10' }], servedOn: '2026-01-12' };
  const service = { method: 'first-class-post', at: '2026-01-12' };
  expect(await errorsOf('ctl-summary-56', { ...facts, service })).toEqual([
    { path: 'facts.servedOn', message: 'cannot be given together with service, from which it follows' },
  ]);
});

test('a known fact that the rule does not ask for is accepted, and said to make no difference', async () => {
  const { status, body } = await calculate('ctl-summary-56', {
    custody: [{ from: '2026-01-10' }],
    hearingOn: '2026-02-01',
  });
  expect(status).toBe(200);
  expect(body.legalDue).toBe('2026-03-06');
  expect(body.explanation).toContain(
    'This rule does not ask for the day of the hearing, so it makes no difference',
  );
});

test('an instant without an offset is London time, in summer and in winter', async () => {
  const legalDue = async (receivedAt: string) =>
    (await calculate('vc-outcome', { receivedAt })).body.legalDue;
  // 00:30 in London on 7 July is 23:30 UTC on 6 July.
  expect(await legalDue('2026-07-07T00:30')).toBe('2026-07-08');
  expect(await legalDue('2026-07-06T23:30:00Z')).toBe('2026-07-08');
  expect(await legalDue('2026-12-14T23:59')).toBe('2026-12-15');
});

test('where the count itself goes past the last holiday list the answer is 422, by the name of the fact', async () => {
  expect(await errorsOf('vc-outcome', { receivedAt: '2028-12-29T10:00:00Z' })).toEqual([
    {
      path: 'facts.receivedAt',
      message: 'the date cannot be worked out yet: the bank holidays of 2029 are not loaded',
    },
  ]);
});

test('where only the day to act does, it is null and the explanation says so', async () => {
  const { status, body } = await calculate('ctl-extension-notice-crown', { hearingOn: '2030-05-20' });
  expect(status).toBe(200);
  expect(body).toMatchObject({ legalDue: '2030-05-14', actionDue: null });
  expect(body.explanation.join('; ')).toContain('the bank holidays of 2030 are not loaded');
});

test('a bank holiday that was proclaimed counts from then on', async () => {
  const before = await calculate('vc-outcome', { receivedAt: '2027-06-08T09:00:00Z' });
  expect(before.body.legalDue).toBe('2027-06-09');
  const { db } = hub.hub;
  const proclaim = (proclaimed: { date: string; name: string }[]) =>
    db.transaction((tx) =>
      keepCalendar(tx, { proclaimed, lastYear: 2028 }, 'admin-1', '2026-01-05T09:00:00.000Z'),
    );
  await proclaim([{ date: '2027-06-09', name: 'Jubilee' }]);
  const after = await calculate('vc-outcome', { receivedAt: '2027-06-08T09:00:00Z' });
  expect(after.body.legalDue).toBe('2027-06-10');
  expect(after.body.explanation.join('; ')).toContain('Jubilee');
  const calendar = await loadCalendar(db);
  expect(calendar.version).not.toBe(ENGLAND_AND_WALES.version);
  expect(await loadCalendar(db), 'built once').toBe(calendar);
  await proclaim([{ date: '2027-06-09', name: 'Coronation' }]);
  expect((await loadCalendar(db)).holidays.get('2027-06-09')).toBe('Coronation');
  await proclaim([]);
  expect(await loadCalendar(db)).toBe(ENGLAND_AND_WALES);
});

type ListedRule = {
  id: string;
  facts: { name: string; required: boolean; oneOf?: string[] }[];
  examples: { facts: Facts; legalDue: string; actionDue?: string }[];
};
const listed = async () =>
  (await hub.as('audit-1').get<{ items: ListedRule[] }>('/api/deadline-rules')).body.items;

test('the list has every rule once, with words for all that a person asks', async () => {
  const items = await listed();
  expect(items.map(({ id }) => id).sort()).toEqual([...new Set(rules.map(({ id }) => id))].sort());
  for (const item of items) {
    expect(item, item.id).toMatchObject({
      title: expect.any(String) as unknown,
      period: expect.any(String) as unknown,
      starts: expect.any(String) as unknown,
      ifMissed: expect.any(String) as unknown,
      checkWithForce: expect.any(Boolean) as unknown,
    });
    expect(item.facts.length, item.id).toBeGreaterThan(0);
    expect(item.examples.length, item.id).toBeGreaterThanOrEqual(2);
  }
});

test('the examples of every rule in the list are what the calculator answers', async () => {
  for (const { id, examples } of await listed()) {
    for (const { facts, legalDue, actionDue } of examples) {
      const { status, body, text } = await calculate(id, facts);
      expect(status, `${id}: ${text}`).toBe(200);
      const same = legalDue.includes('T')
        ? Date.parse(body.legalDue ?? '') === Date.parse(legalDue)
        : body.legalDue === legalDue;
      expect(same, `${id}: ${body.legalDue} is ${legalDue}`).toBe(true);
      if (actionDue !== undefined) expect(body.actionDue, id).toBe(actionDue);
    }
  }
});

test('leaving out any fact that the list calls needed is refused by its name', async () => {
  for (const { id, facts: needed, examples } of await listed()) {
    for (const { name } of needed.filter(({ required }) => required)) {
      const { [name as FactName]: _left, ...rest } = examples[0]?.facts ?? {};
      const reply = await calculate(id, rest);
      expect(reply.status, `${id} without ${name}`).toBe(422);
      expect(reply.body.errors).toContainEqual({ path: `facts.${name}`, message: 'is needed' });
    }
  }
});

test('an instant is written with London’s offset', async () => {
  const items = (await listed()).filter(({ examples }) =>
    examples.some(({ legalDue }) => legalDue.includes('T')),
  );
  for (const { id, examples } of items) {
    const { body } = await calculate(id, examples[0]?.facts);
    expect(body.legalDue).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[01]:00$/);
  }
});

const date = fc.integer({ min: -25_000, max: 50_000 }).map((days) => addDays('2000-01-01', days));
const instant = fc
  .tuple(date, fc.integer({ min: 0, max: 86_399 }))
  .map(([day, second]) => `${day}T${new Date(second * 1000).toISOString().slice(11, 19)}Z`);
const method = fc.constantFrom(
  'handed-over',
  'left-at-address',
  'first-class-post',
  'email',
  'computer-post',
);
const factOf = (name: FactName): fc.Arbitrary<unknown> => {
  if (name === 'custody')
    return fc.uniqueArray(date, { minLength: 1, maxLength: 5 }).map((days) => {
      const sorted = [...days].sort();
      return sorted.flatMap((from, i) =>
        i % 2 === 0 ? [sorted[i + 1] === undefined ? { from } : { from, to: sorted[i + 1] }] : [],
      );
    });
  if (name === 'service') return fc.record({ method, at: fc.oneof(date, instant) });
  if (name === 'method') return method;
  if (name === 'at') return fc.oneof(date, instant);
  if (name === 'court') return fc.constantFrom('magistrates', 'crown');
  if (name.endsWith('At')) return instant;
  return name.endsWith('On') || name.endsWith('Until') ? date : fc.boolean();
};

test('whatever dates are given, from 1931 to 2136, every rule answers or says which fact is in the way', () => {
  const question = fc.constantFrom(...rules).chain((rule) => {
    const names = [
      ...rule.period.needs.map((group) => group[0] as FactName),
      ...(rule.period.optional ?? []),
    ];
    return fc.tuple(
      fc.constant(rule),
      fc.record(Object.fromEntries(names.map((name) => [name, factOf(name)]))),
    );
  });
  fc.assert(
    fc.property(question, ([rule, given]) => {
      const facts = Object.fromEntries(
        Object.entries(given).flatMap(([name, value]) => {
          const parsed = factSchemas[name as FactName].safeParse(value);
          return parsed.success ? [[name, parsed.data]] : [];
        }),
      ) as Facts;
      const answer = calculateDeadline(rule.id, facts, ENGLAND_AND_WALES);
      if (!isFailure(answer)) return answer.explanation.length > 0;
      return (answer.errors ?? []).every(({ path }) => /^facts\.\w/.test(path));
    }),
    { numRuns: 3_000 },
  );
});
