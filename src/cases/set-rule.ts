import type { Transaction } from '../../db/connect.ts';
import { readNow } from '../../db/read-now.ts';
import { isForForce, sayAmount } from '../deadlines/apply-settings.ts';
import type { Rule } from '../deadlines/rule.ts';
import { readCalendarRow } from '../deadlines/store-calendar.ts';
import { readSetting, saveSetting, type SettingRow } from '../deadlines/store-settings.ts';
import { invalidField, type Failure } from '../platform/failure.ts';
import { recordHistory, type Actor } from '../staff/history.ts';
import { beginRecomputation, type RecomputationRow } from './store-recomputations.ts';

/** The most days, hours or months that a force may set: far more than any rule has, and short of a slip of the hand. */
export const largestAmount = 730;

export type SettingBody = { enabled: boolean; amount?: number | null | undefined; note: string };

/**
 * Sets how the force has a rule, and puts every live case on the list to be worked out again. The caller has locked the
 * calendar, so that nobody is counting by the rules as they were.
 * @param rule the rule in its current version, which may be set so (`checkSetting`)
 */
export async function setRule(
  tx: Transaction,
  rule: Rule,
  body: SettingBody,
  actor: Actor,
): Promise<{ row: SettingRow; recomputation: RecomputationRow }> {
  const now = await readNow(tx);
  const before = await readSetting(tx, rule.id);
  const row: SettingRow = {
    rule: rule.id,
    enabled: body.enabled,
    amount: body.amount ?? null,
    note: body.note,
    changedBy: actor.id,
    changedAt: now,
    version: (before?.version ?? 0) + 1,
  };
  await saveSetting(tx, row);
  const why = sayChange(rule, before, row);
  const { version: calendarVersion } = await readCalendarRow(tx);
  const recomputation = await beginRecomputation(
    tx,
    { cause: 'rules', why: [why], calendarVersion, rules: null, requestedBy: actor.id },
    now,
  );
  await recordHistory(tx, actor, now, [
    {
      action: 'rule-set',
      caseId: null,
      entity: 'rule',
      entityId: rule.id,
      detail: { before: valuesOf(before), after: valuesOf(row), why, recomputation: recomputation.id },
    },
  ]);
  return { row, recomputation };
}

/** Why a rule may not be set so: its figure was read in law, or it has no number. Null where it may. Pure. */
export function checkSetting(rule: Rule, { amount }: SettingBody): Failure | null {
  const { grade, instrument, provision } = rule.authority;
  if (!isForForce(rule.authority))
    return invalidField(
      'rule',
      `is of grade ${grade}: its figure was read in ${instrument}, ${provision}, and is not a force’s to change. Only rules of grade C or P are`,
    );
  if (amount != null && rule.period.adjust === undefined)
    return invalidField('amount', `cannot be set: this rule has no single number (${rule.period.says})`);
  return null;
}

function sayChange(rule: Rule, before: SettingRow | undefined, after: SettingRow): string {
  const name = `“${rule.title}”`;
  if (!after.enabled) return `Your force has switched off ${name}`;
  const { adjust } = rule.period;
  const figure = adjust === undefined ? '' : sayAmount(after.amount ?? adjust.amount, adjust.unit);
  if (before?.enabled === false)
    return `Your force has switched on ${name}${figure === '' ? '' : `, at ${figure}`}`;
  return figure === '' ? `Your force has kept ${name} as it is` : `Your force has set ${name} to ${figure}`;
}

function valuesOf(row: SettingRow | undefined) {
  return row === undefined ? null : { enabled: row.enabled, amount: row.amount, note: row.note };
}
