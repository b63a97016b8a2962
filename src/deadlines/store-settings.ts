import { eq } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/connect.ts';
import { ruleSettings } from '../../db/schema/rule-settings.ts';
import { applySettings, type RuleSetting } from './apply-settings.ts';
import type { Rule } from './rule.ts';
import { rules } from './rules/register.ts';

export type SettingRow = typeof ruleSettings.$inferSelect;

/** The rules as last asked for, by the settings that they follow from: most requests change none of them. */
let last: { settings: string; rules: readonly Rule[] } = { settings: '[]', rules };

/** The rules by which this hub counts now: those of the register as the force has set them. */
export async function loadRules(db: Database | Transaction): Promise<readonly Rule[]> {
  return rulesBy(await readForceSettings(db));
}

/** The rules of the register as a force has set them. */
export function rulesBy(settings: RuleSetting[]): readonly Rule[] {
  const key = JSON.stringify(settings);
  if (key !== last.settings) last = { settings: key, rules: applySettings(rules, settings) };
  return last.rules;
}

/** What the force has set, as far as counting goes. */
export async function readForceSettings(db: Database | Transaction): Promise<RuleSetting[]> {
  const { rule, enabled, amount } = ruleSettings;
  return db.select({ rule, enabled, amount }).from(ruleSettings).orderBy(rule);
}

/** What the force has set, with who set it and why. */
export async function readSettings(db: Database | Transaction): Promise<SettingRow[]> {
  return db.select().from(ruleSettings).orderBy(ruleSettings.rule);
}

/** Keeps what the force has set for a rule. The caller has locked the calendar, so that nobody is counting. */
export async function saveSetting(tx: Transaction, row: SettingRow): Promise<void> {
  await tx.insert(ruleSettings).values(row).onConflictDoUpdate({ target: ruleSettings.rule, set: row });
}

/** What is set for one rule, or undefined. */
export async function readSetting(db: Database | Transaction, rule: string): Promise<SettingRow | undefined> {
  const [row] = await db.select().from(ruleSettings).where(eq(ruleSettings.rule, rule));
  return row;
}
