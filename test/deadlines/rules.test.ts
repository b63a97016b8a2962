import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENGLAND_AND_WALES } from '../../src/calendar/bank-holidays-data.ts';
import { isCivilDate } from '../../src/calendar/civil-date.ts';
import { parseInstant } from '../../src/calendar/london-time.ts';
import { computeDates, isInForce } from '../../src/deadlines/compute.ts';
import { factSchemas, type FactName, type Facts } from '../../src/deadlines/facts.ts';
import type { Rule } from '../../src/deadlines/rule.ts';
import { currentRule, findRule, rules } from '../../src/deadlines/rules/register.ts';
import { stories } from './stories/index.ts';
import { vectors } from './vectors.ts';

const rulesFolder = new URL('../../src/deadlines/rules/', import.meta.url);
const named = (rule: Rule): string => `${rule.id} (version ${rule.version})`;

/** Facts as the calculator reads them from a request: an instant becomes UTC. */
function read(given: Record<string, unknown>): Facts {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, factSchemas[name as FactName].parse(value)]),
  );
}

function dates(rule: Rule, facts: Facts) {
  const computed = computeDates(rule, facts, ENGLAND_AND_WALES);
  if ('kind' in computed) throw new Error(`${named(rule)} is not running`);
  return computed;
}

/** One spelling for a moment, whatever its offset. */
function asDue(text: string): string {
  if (isCivilDate(text)) return text;
  const parsed = parseInstant(text);
  return parsed.kind === 'instant' ? parsed.instant : text;
}

describe('every worked example of a rule comes out as a person counted it', () => {
  for (const rule of rules)
    for (const example of rule.examples)
      it(`${named(rule)}: ${example.why}`, () => {
        const computed = dates(rule, read(example.facts));
        expect(computed.legalDue).toBe(asDue(example.legalDue));
        if (example.actionDue !== undefined) expect(computed.actionDue).toBe(example.actionDue);
        expect(computed.explanation.length).toBeGreaterThan(0);
      });
});

describe('every published vector comes out', () => {
  for (const vector of vectors)
    it(`${vector.id}: ${vector.rule}, ${vector.why}`, () => {
      const rule = currentRule(vector.rule);
      if (!rule) throw new Error(`there is no rule ${vector.rule}`);
      const computed = dates(rule, read(vector.facts));
      expect(computed.legalDue).toBe(asDue(vector.legalDue));
      if (vector.actionDue !== undefined) expect(computed.actionDue).toBe(vector.actionDue);
    });
});

describe('the register of rules', () => {
  it('holds every rule of every file of the folder', async () => {
    const files = readdirSync(rulesFolder).filter((file) => file.endsWith('.ts') && file !== 'register.ts');
    expect(files.length).toBeGreaterThan(0);
    const registered = new Set(rules);
    for (const file of files) {
      const exported = (await import(new URL(file, rulesFolder).href)) as Record<string, unknown>;
      const lists = Object.values(exported).filter((value) => Array.isArray(value)) as Rule[][];
      expect(lists.length, `${file} exports no list of rules`).toBeGreaterThan(0);
      for (const rule of lists.flat())
        expect(registered.has(rule), `${named(rule)} of ${file} is not registered`).toBe(true);
    }
  });

  it('has each version of each rule once', () => {
    const all = rules.map(named);
    expect(all.filter((one, i) => all.indexOf(one) !== i)).toEqual([]);
    for (const rule of rules) expect(findRule(rule.id, rule.version)).toBe(rule);
  });

  it('has no day on which two versions of a rule are in force', () => {
    for (const one of rules)
      for (const other of rules)
        if (one !== other && one.id === other.id) {
          expect(isInForce(one, other.inForce.from), `${named(one)} and ${named(other)}`).toBe(false);
          expect(one.inForce.to === undefined || one.inForce.to >= one.inForce.from).toBe(true);
        }
  });

  it('has at least two worked examples of every rule', () => {
    expect(rules.filter((rule) => rule.examples.length < 2).map(named)).toEqual([]);
  });

  it('says of every rule where it comes from and what follows from missing it', () => {
    for (const rule of rules) {
      expect(rule.title.length, named(rule)).toBeGreaterThan(5);
      expect(rule.authority.instrument.length, named(rule)).toBeGreaterThan(5);
      expect(rule.authority.provision.length, named(rule)).toBeGreaterThan(2);
      expect(rule.ifMissed.length, named(rule)).toBeGreaterThan(5);
    }
  });

  it('has a story of every rule that something in a case starts', () => {
    const told = new Set(stories.map(({ rule }) => rule));
    const untold = rules.filter(
      ({ id, starts }) => !told.has(id) && !starts.says.startsWith('nothing in a case'),
    );
    expect(untold.map(named)).toEqual([]);
  });
});

describe('facts that a rule needs', () => {
  it('are all it reads: its examples give nothing else', () => {
    for (const rule of rules) {
      const known = new Set<string>([...rule.period.needs.flat(), ...(rule.period.optional ?? [])]);
      for (const example of rule.examples)
        expect(
          Object.keys(example.facts).filter((name) => !known.has(name)),
          named(rule),
        ).toEqual([]);
    }
  });

  it('are missed where they are not given', () => {
    for (const rule of rules)
      for (const example of rule.examples)
        expect(
          rule.period.needs.every((names) => names.some((name) => example.facts[name] !== undefined)),
          named(rule),
        ).toBe(true);
  });
});
