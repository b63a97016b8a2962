import type { Authority, Rule } from './rule.ts';
import { findRule } from './rules/register.ts';

/** What a force has set for a rule: whether it has it at all, and its own figure instead of the default. */
export type RuleSetting = { rule: string; enabled: boolean; amount: number | null };

/** The figure by which a stored deadline was counted, where it was not the rule's own. */
export type StoredSetting = { amount: number };

/** Whether a force may switch a rule off or change its figure: a figure that was read in law is nobody's to change. */
export function isForForce({ grade }: Authority): boolean {
  return grade === 'C' || grade === 'P';
}

/**
 * The rules as this force has them: those that it has switched off are left out, and those whose figure it has changed
 * count by its own. A setting of a rule whose figure has since been read in law (grade A or B) is passed over. Pure.
 */
export function applySettings(rules: readonly Rule[], settings: readonly RuleSetting[]): Rule[] {
  const byRule = new Map(settings.map((setting) => [setting.rule, setting]));
  return rules.flatMap((rule) => {
    const setting = isForForce(rule.authority) ? byRule.get(rule.id) : undefined;
    if (setting === undefined) return [rule];
    return setting.enabled ? [withSetting(rule, setting.amount)] : [];
  });
}

/** A rule that counts by the force's figure. Without one, or where it is the default, the rule as it is. */
export function withSetting(rule: Rule, amount: number | null): Rule {
  const { adjust } = rule.period;
  if (amount === null || adjust === undefined || amount === adjust.amount) return rule;
  const says = `Your force has set this to ${sayAmount(amount, adjust.unit)} (the default is ${adjust.amount})`;
  return { ...rule, period: adjust.with(amount), setting: { amount, says } };
}

/**
 * The rule by which a stored deadline was counted, with the force's figure of that time: its dates follow from this,
 * the stored facts and the stored version of the calendar. Throws where the register has lost the version: a bug.
 */
export function ruleAsStored(row: {
  rule: string;
  ruleVersion: number;
  setting: StoredSetting | null;
}): Rule {
  const rule = findRule(row.rule, row.ruleVersion);
  if (!rule) throw new Error(`no rule ${row.rule} version ${row.ruleVersion} in the register`);
  return withSetting(rule, row.setting?.amount ?? null);
}

/** "7 working days", "1 month" */
export function sayAmount(amount: number, unit: string): string {
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}
