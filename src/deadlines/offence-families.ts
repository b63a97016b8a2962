/**
 * Families of traffic offences by their codes in the criminal justice system's offence list, for rules that a section
 * of an Act confines to them. A code that is missing here only means that such a rule does not start.
 */

/**
 * Driving, attempting to drive or being in charge while over the limit or unfit through drink or drugs, and causing
 * death so (ss.3A, 4, 5 and 5A RTA 1988). Not failing to provide a specimen, which needs no analysis to prove.
 */
const drinkOrDrugDriving = new Set([
  'RT88007',
  'RT88007B',
  'RT88008',
  'RT88028',
  'RT88326',
  'RT88337',
  'RT88338',
  'RT88339',
  'RT88340',
  'RT88343',
  'RT88344',
  'RT88347',
  'RT88348',
  'RT88501',
  'RT88527',
  'RT88554',
  'RT88583',
  'RT88584',
  'RT88584B',
  'RT88585',
  'RT88586',
]);
export const isDrinkOrDrugDriving = (code: string): boolean => drinkOrDrugDriving.has(code);

/** Using a vehicle without insurance, causing it or permitting it (s.143 RTA 1988), by either of its code series. */
export const isDrivingUninsured = (code: string): boolean => /^(RT88(191|319|320)|RA8800[123])/.test(code);

/** Failing to say who was driving (s.172 RTA 1988): an offence of the keeper, committed on paper. */
export const isFailureToNameDriver = (code: string): boolean => /^RT88567/.test(code);

/** Common assault and battery (s.39 CJA 1988), with their secondary forms. */
export const isCommonAssault = (code: string): boolean => /^CJ88(001|116)/.test(code);

/** Murder (common law), not its attempt or conspiracy. */
export const isMurder = (code: string): boolean => code === 'COML025' || code === 'COML026';
