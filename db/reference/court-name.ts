import type { CourtType } from '../../src/reference/types.ts';

/** A house whose own name already says what it is: "Central Criminal Court", "North Staffordshire Justice Centre". */
const saysItIsACourt = /\bcourts?\b|\bcentre\b|\bilcfpc\b/i;

/** The house's name with the source's slips put right: curly apostrophes, a doubled bracket. */
export function houseName(name: string): string {
  return name.replaceAll('’', "'").replaceAll('((', '(').replaceAll(/\s+/g, ' ').trim();
}

/** Youth courts have no code type of their own: their names tell. */
export function courtType(topLevelCode: string, house: string): CourtType {
  if (topLevelCode === 'C') return 'crown';
  return /\byouth\b/i.test(house) ? 'youth' : 'magistrates';
}

/**
 * What people call the court: "Croydon Crown Court". What stands in brackets (a street, the building that is shared)
 * stays at the end: "Bromley Magistrates' Court (London Road)".
 */
export function courtName(house: string, type: CourtType): string {
  const [, place = house, bracket = ''] = /^([^(]*[^(\s])\s*(\(.*)?$/.exec(house) ?? [];
  if (saysItIsACourt.test(place)) return house;
  const kind = type === 'crown' ? 'Crown Court' : "Magistrates' Court";
  return [place, kind, bracket].filter(Boolean).join(' ');
}
