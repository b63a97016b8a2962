import { rules } from './rules/register.ts';

/** A custody time limit is a dangerous limit that is counted in days of custody. */
const custodyLimitRules = new Set(
  rules.filter((rule) => rule.danger && rule.period.needs.flat().includes('custody')).map(({ id }) => id),
);

export function isCustodyLimit(rule: string): boolean {
  return custodyLimitRules.has(rule);
}
