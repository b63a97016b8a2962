import type { StandingData } from './case-results.ts';
import { disposalText, longestDisposalText } from './disposal-text.ts';
import type { SatDefendant, SatOffence, Sitting } from './fold-results.ts';
import * as lists from './trigger-codes.ts';

/** Work that a result makes for police records, by the code that they know it by. */
export type Trigger = {
  code: string;
  /** The sitting, the defendant, and the offence where it is of one. */
  sitting: string;
  on: string;
  ref: string;
  offence: string | null;
  /** The result codes that raised it. */
  results: string[];
};

type Raised = { code: string; offence: string | null; results: string[] };

/** The triggers of a hearing: from what the message says alone, so also where the case is not known. Pure. */
export function triggersOf(sitting: Sitting, standing: StandingData): Trigger[] {
  return sitting.defendants.flatMap((defendant) => {
    const isRecordable = defendant.offences.some(({ code }) => standing.isRecordable(code));
    const raised = [
      ...byResult(defendant, isRecordable),
      ...byOffence(defendant, standing),
      ...bySaying(defendant, isRecordable),
    ];
    const changed = resultsIn(defendant.offences, (code) => code === 4592);
    // Changed details are of use where something else has to be recorded, or the case is recordable.
    if (changed.length > 0 && (isRecordable || raised.length > 0))
      raised.push({ code: 'TRPR0015', offence: null, results: changed });
    return merged(raised).map((one) => ({
      ...one,
      sitting: sitting.key,
      on: sitting.on,
      ref: defendant.ref,
    }));
  });
}

function byResult({ offences }: SatDefendant, isRecordable: boolean): Raised[] {
  return lists.triggersByResult.flatMap(({ trigger, results, once, recordable }) =>
    recordable && !isRecordable
      ? []
      : offences.flatMap((offence): Raised[] => {
          const found = resultsIn([offence], (code) => results.includes(code));
          return found.length === 0
            ? []
            : [{ code: trigger, offence: once ? null : offence.key, results: found }];
        }),
  );
}

function byOffence({ offences }: SatDefendant, standing: StandingData): Raised[] {
  return offences.flatMap((offence) => {
    const one = (code: string, results: string[]): Raised => ({ code, offence: offence.key, results });
    const orders = resultsIn([offence], (code) => lists.orders.includes(code));
    const youth = resultsIn([offence], (code) => lists.youthRehabilitationOrders.includes(code));
    const required = resultsIn([offence], (code) => lists.youthRequirements.includes(code));
    const sexual = resultsIn([offence], (code) => lists.sexualOrders.includes(code));
    const breach = resultsIn([offence], (code) => lists.breachOrders.includes(code));
    const short = offence.code.slice(0, 7);
    const isForPnc = standing.isForPnc(offence.code);
    const cut = offence.results.flatMap(({ code, text }) =>
      code !== null && disposalText(Number(code), text).length > longestDisposalText ? [code] : [],
    );
    const isConsidered = offence.results.some(({ text }) => alsoConsidered.test(text));
    const isSexual =
      sexual.length > 0 ||
      (offence.finding === 'G' && lists.hasOffence(lists.sexualOffences, short)) ||
      offence.results.some(({ text }) => /sex(?:ual)? off?ender|sex(?:ual)? off?en[cs]es act/i.test(text));
    return [
      ...(orders.length > 0 || (youth.length > 0 && required.length > 0)
        ? [one('TRPR0003', [...orders, ...youth])]
        : []),
      ...(isSexual ? [one('TRPR0004', sexual)] : []),
      ...(breach.length > 0 || isSentencedForBreach(offence, short, standing)
        ? [one('TRPR0020', breach)]
        : []),
      ...(isForPnc && cut.length > 0 ? [one('TRPS0003', cut)] : []),
      ...(isForPnc && isConsidered ? [one('TRPS0013', [])] : []),
    ];
  });
}

/** The court's words for offences taken into consideration; none is no number. */
const alsoConsidered = /\b0*[1-9]\d* other offences admitted and taken into consideration/i;

function isSentencedForBreach(offence: SatOffence, short: string, standing: StandingData): boolean {
  return (
    offence.finding !== 'N' &&
    lists.hasOffence(lists.breachOffences, short) &&
    offence.results.some(
      ({ code }) =>
        code !== null && !lists.noBreach.includes(Number(code)) && standing.result(code)?.type === 'final',
    )
  );
}

/** Of a defendant at a hearing, whichever the offence. */
function bySaying({ offences, bail }: SatDefendant, isRecordable: boolean): Raised[] {
  const results = offences.flatMap((offence) => offence.results);
  const isQualified = (qualifier: string) => results.some(({ qualifiers }) => qualifiers.includes(qualifier));
  const one = (code: string, found: string[] = []): Raised => ({ code, offence: null, results: found });
  const warrants = results.flatMap(({ code, qualifiers }) =>
    code !== null && [4575, 4576, 4577, 4585, 4586].includes(Number(code)) && !qualifiers.includes('EO')
      ? [code]
      : [],
  );
  const isBreachOfBail = offences.some(
    ({ code, finding, plea }) => ['BA76004', 'BA76005'].includes(code) && (finding === 'G' || plea === '7'),
  );
  const varied = resultsIn(offences, (code) => code === 4597);
  const isBail =
    !['C', 'P'].includes(bail.status) && (bail.hasConditions || varied.length > 0 || isQualified('LI'));
  const reopened = offences.flatMap((offence) =>
    resultsIn([offence], (code) =>
      offence.code === 'MC80524'
        ? code === 4584
        : ['MC80527', 'MC80528'].includes(offence.code) && code === 3049,
    ),
  );
  const isCivil = offences.some(
    ({ code, results: said }) =>
      (code.length === 7 && lists.hasOffence(lists.civilProceedings, code)) ||
      (code.length === 7 &&
        lists.hasOffence(lists.civilApplications, code) &&
        said.some(({ text }) => /granted/i.test(text))),
  );
  const isPreCharge = offences.some(({ code }) => ['PL84504', 'PL84505', 'PL84506'].includes(code));
  return [
    ...(warrants.length > 0 ? [one('TRPR0002', warrants)] : []),
    ...(isBreachOfBail ? [one('TRPR0008')] : []),
    ...(isBail ? [one('TRPR0010', varied)] : []),
    ...(isQualified('LG') ? [one('TRPR0023')] : []),
    ...(isQualified('LH') ? [one('TRPR0024')] : []),
    ...(reopened.length > 0 ? [one('TRPR0025', reopened)] : []),
    ...(isCivil && !isRecordable ? [one('TRPR0029')] : []),
    ...(isPreCharge && !isRecordable ? [one('TRPR0030')] : []),
  ];
}

function resultsIn(offences: readonly SatOffence[], is: (code: number) => boolean): string[] {
  return offences.flatMap(({ results }) =>
    results.flatMap(({ code }) => (code !== null && is(Number(code)) ? [code] : [])),
  );
}

/** One of each code for an offence, or for the defendant. */
function merged(raised: readonly Raised[]): Raised[] {
  const found = new Map<string, Raised>();
  for (const one of raised) {
    const key = `${one.code} ${one.offence ?? ''}`;
    const before = found.get(key)?.results ?? [];
    found.set(key, { ...one, results: [...new Set([...before, ...one.results])].sort() });
  }
  return [...found.values()].sort((a, b) => (`${a.code} ${a.offence}` < `${b.code} ${b.offence}` ? -1 : 1));
}
