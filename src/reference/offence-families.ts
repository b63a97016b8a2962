/**
 * Families of offences by their codes in the criminal justice system's offence list, for rules that a section of an Act
 * confines to them and for material that only they need. A code that is missing here only means that such a rule does
 * not start, or that such material is asked for by hand.
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

/** Speeding (s.89 Road Traffic Regulation Act 1984, and its orders), by whatever device it was measured. */
const speeding = new Set(
  `RR84006 RR84007 RR84018 RR84019 RR84023 RR84062 RR84063 RR84064 RR84065 RR84066 RR84067 RR84068
   RR84069 RR84070 RR84071 RR84072 RR84073 RR84074 RR84075 RR84090 RR84106 RR84107 RR84113 RR84127
   RR84128 RR84129 RR84130 RR84132 RR84133 RR84160 RR84161 RR84162 RR84163 RR84166 RR84167 RR84168
   RR84169 RR84197 RR84198 RR84199 RR84200 RR84201 RR84202 RR84203 RR84204 RR84205 RR84206 RR84207
   RR84208 RR84210 RR84211 RR84212 RR84213 RR84214 RR84215 RR84216 RR84217 RR84218 RR84219 RR84220
   RR84221 RR84222 RR84223 RR84224 RR84225 RR84226 RR84227 RR84228 RR84231 RR84232 RR84233 RR84234
   RR84235 RR84236 RR84237 RR84242 RR84243 RR84702 RR84703 RR84705 RR84706 RR84707`.split(/\s+/),
);
export const isSpeeding = (code: string): boolean => speeding.has(code);
