import type { Period } from './rule.ts';

/** A period of one number, which a force may replace where the figure is not one of law. */
export function withAmount(amount: number, unit: string, build: (amount: number) => Period): Period {
  return { ...build(amount), adjust: { amount, unit, with: (other) => withAmount(other, unit, build) } };
}

/** A period made around another, whose number is the one to replace. */
export function around(inner: Period, build: (inner: Period) => Period): Period {
  const { adjust } = inner;
  const { adjust: _ofItsOwn, ...built } = build(inner);
  if (adjust === undefined) return built;
  return { ...built, adjust: { ...adjust, with: (amount) => around(adjust.with(amount), build) } };
}
