import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { currentRule } from '../../src/deadlines/rules/register.ts';
import { vectors } from '../deadlines/vectors.ts';
import { startTestHub, type TestHub } from '../support/app.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

describe('the calculator gives the date that was counted by hand', () => {
  test.each(vectors)('$id $rule: $why', async ({ rule, facts, legalDue, actionDue }) => {
    expect(currentRule(rule), `the rule ${rule} is registered`).toBeDefined();
    const reply = await hub.as('cw-1').post('/api/deadlines/calculate', { rule, facts });
    expect(reply).toMatchObject({ status: 200, body: { rule, legalDue, ...(actionDue && { actionDue }) } });
    expect(reply.body['explanation']).not.toHaveLength(0);
  });
});
