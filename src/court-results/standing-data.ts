import { inArray } from 'drizzle-orm';
import type { Transaction } from '../../db/connect.ts';
import { referenceCourts, referenceTriggers } from '../../db/schema/index.ts';
import { describeResultCodes, findOffences } from '../reference/store.ts';
import type { ReferenceTrigger } from '../reference/types.ts';
import type { StandingData } from './case-results.ts';
import type { StoredResult } from './fold-results.ts';
import type { Choices } from './doubts.ts';

/** Standing data for all that results name, read in a few statements. */
export async function readStandingData(
  tx: Transaction,
  stored: readonly StoredResult[],
  choices: Choices,
): Promise<StandingData & { isMotoring: boolean }> {
  const offences = stored.flatMap(({ content }) => content.defendants.flatMap((one) => one.offences));
  const results = offences.flatMap((offence) => offence.results);
  // What a person corrected may name another code or court.
  const corrected = [...choices.values()].flatMap((made) => (made.choice === 'correct' ? [made.value] : []));
  const codes = [...results.flatMap(({ code }) => code ?? []), ...corrected];
  const courtCodes = [
    ...stored.map(({ content }) => content.hearing.court),
    ...results.flatMap(({ nextHearing }) => nextHearing?.court ?? []),
    ...corrected,
  ];
  const asked = [...new Set(courtCodes.flatMap((code) => [code, mainHouse(code)]))];
  const short = [...new Set(offences.map(({ code }) => code.slice(0, 7)))];
  const known = await describeResultCodes(tx, [...new Set(codes)]);
  const courts = await tx.select().from(referenceCourts).where(inArray(referenceCourts.code, asked));
  const byCode = new Map(courts.map((court) => [court.code, court]));
  const charges = await findOffences(tx, short);
  return {
    court: (code) => byCode.get(code) ?? byCode.get(mainHouse(code)) ?? null,
    result: (code) => known.get(code) ?? null,
    isForPnc: (code) => !notForPnc.includes(charges.get(code.slice(0, 7))?.category ?? ''),
    isRecordable: (code) => charges.get(code.slice(0, 7))?.recordableOnPnc ?? false,
    isMotoring: short.length > 0 && short.every((code) => charges.get(code)?.category === 'CM'),
  };
}

/** Categories of offences that Bichard 7 leaves out of the Police National Computer: breaches, civil matters and the like. */
const notForPnc = [
  ...['B7', 'EF', 'EM', 'EX', 'FC', 'FL', 'FO', 'FP', 'FV', 'LB', 'LC', 'LG', 'LL', 'LM', 'VA', 'VP'],
];

/** The last two characters of a court’s code are its room or annexe; the lists have the house. */
function mainHouse(code: string): string {
  return code.length === 7 ? `${code.slice(0, 5)}00` : code;
}

export async function readTriggers(
  tx: Transaction,
  codes: readonly string[],
): Promise<Map<string, ReferenceTrigger>> {
  if (codes.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(referenceTriggers)
    .where(inArray(referenceTriggers.code, [...codes]));
  return new Map(rows.map((row) => [row.code, row]));
}
