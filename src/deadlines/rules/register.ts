import type { Rule } from '../rule.ts';
import { custodyTimeLimits } from './custody-time-limits.ts';
import { victimsCode } from './victims-code.ts';

/** Every rule in every version; a test fails where a file of this folder is not in it. */
export const rules: readonly Rule[] = [...custodyTimeLimits, ...victimsCode];

const byIdAndVersion = new Map(rules.map((rule) => [`${rule.id} ${rule.version}`, rule]));

/** One version of a rule, or undefined where there is none. */
export function findRule(id: string, version: number): Rule | undefined {
  return byIdAndVersion.get(`${id} ${version}`);
}

/** The latest version of a rule, or the one in force on a day. */
export function currentRule(id: string, on?: string): Rule | undefined {
  return rules
    .filter((rule) => rule.id === id)
    .filter(
      (rule) =>
        on === undefined ||
        (on >= rule.inForce.from && (rule.inForce.to === undefined || on <= rule.inForce.to)),
    )
    .sort((a, b) => b.version - a.version)[0];
}
