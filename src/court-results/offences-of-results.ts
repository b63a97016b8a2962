import { isCivilDate } from '../calendar/civil-date.ts';
import type { CaseState, OffenceState } from '../deadlines/case-state.ts';
import type { CaseDefendant, CaseOffence, DesiredEvent, StandingData, Work } from './case-results.ts';
import { inDoubt, settledValue } from './doubts.ts';
import * as codes from './result-codes.ts';

/** What a hearing did with the charges of a defendant, against what they were before. Pure. */
export function offenceEvents(
  work: Work,
  { defendant, before }: { defendant: CaseDefendant; before: CaseState },
): DesiredEvent[] {
  const known = before.defendants.find(({ id }) => id === defendant.defendantId);
  return defendant.offences.flatMap((offence) => {
    const charge = known?.offences.find(({ id }) => id === offence.offenceId);
    return charge === undefined ? [] : ofOffence(work, defendant, offence, charge);
  });
}

function ofOffence(
  work: Work,
  { defendantId, ref }: CaseDefendant,
  said: CaseOffence,
  charge: OffenceState,
): DesiredEvent[] {
  const { sitting, standing } = work;
  const offence = { ...said, results: knownResults(work, said, ref) };
  const given = offence.results.flatMap(({ code }) => (code === null ? [] : [code]));
  const has = (set: ReadonlySet<string>) => given.some((code) => set.has(code));
  const one = (type: DesiredEvent['type'], data: Record<string, unknown> = {}): DesiredEvent => ({
    key: `${type}:${sitting.key}:${charge.id}`,
    type,
    on: sitting.on,
    at: sitting.at,
    receivedAt: offence.receivedAt,
    defendantId,
    offenceId: charge.id,
    hearing: null,
    data,
  });
  const plea = codes.pleas[offence.plea];
  const isAcquitted = offence.finding === 'N' || offence.finding === 'A' || has(codes.acquittedResults);
  const isEnded = !isAcquitted && has(codes.endedResults);
  const isConvicted = !isAcquitted && !isEnded && (offence.finding === 'G' || has(codes.convictedResults));
  const conviction = isConvicted && charge.convicted === undefined ? convictedOn(work, offence, ref) : null;
  const sentence = sentenceOf(offence, standing);
  const convicted = charge.convicted !== undefined || isConvicted;
  return [
    ...(plea !== undefined && charge.plea?.plea !== plea ? [one('plea-entered', { plea })] : []),
    ...(has(codes.summaryTrial) && charge.class === 'either-way' && !charge.summaryTrialChosen
      ? [one('summary-trial-chosen')]
      : []),
    ...(has(codes.sentForTrial) && charge.sent === undefined ? [one('sent-to-crown-court')] : []),
    ...(has(codes.remittedForTrial) && charge.sent !== undefined ? [one('remitted-to-magistrates')] : []),
    ...(conviction === null
      ? []
      : [
          {
            ...one('convicted'),
            key: `convicted:${charge.id}:${conviction}`,
            on: conviction,
            at: conviction === sitting.on ? sitting.at : null,
          },
        ]),
    ...(isAcquitted && charge.acquitted === undefined ? [one('acquitted')] : []),
    ...(isEnded && charge.discontinued === undefined
      ? [one('discontinued', { why: describe(given, codes.endedResults, standing) })]
      : []),
    ...(has(codes.deferredResults) ? [one('sentence-deferred')] : []),
    ...(convicted && sentence !== null && charge.sentenced === undefined ? [one('sentenced', sentence)] : []),
  ];
}

/** Results whose code the standing data has; of the others a person gives the right one. */
function knownResults({ sitting, choices, standing, doubts }: Work, offence: CaseOffence, ref: string) {
  return offence.results.flatMap((result) => {
    if (result.code === null || standing.result(result.code) !== null) return [result];
    const source = `result-code:${sitting.key}:${ref}:${offence.key}:${result.code}`;
    const value = settledValue(choices, source);
    if (value === inDoubt)
      doubts.push({
        kind: 'result-code',
        source,
        facts: {
          why: `The result code ${result.code} is not in the standing data: what it means cannot be told.`,
          ...{ hearingOn: sitting.on, court: sitting.court, defendant: ref, sequence: offence.sequence },
          ...{ offence: offence.code, value: result.code },
        },
      });
    return [{ ...result, code: value === inDoubt ? null : value }];
  });
}

function convictedOn(
  { sitting, choices, doubts }: Work,
  { convictedOn: given, key, sequence, code }: CaseOffence,
  ref: string,
): string | null {
  if (given === '') return sitting.on;
  if (isCivilDate(given) && given <= sitting.on) return given;
  const source = `conviction-date:${sitting.key}:${ref}:${key}:${given}`;
  const value = settledValue(choices, source);
  if (value === inDoubt)
    doubts.push({
      kind: 'conviction-date',
      source,
      facts: {
        why: isCivilDate(given)
          ? 'The date of conviction is after the hearing.'
          : 'The date of conviction is no day of the calendar.',
        ...{
          hearingOn: sitting.on,
          court: sitting.court,
          defendant: ref,
          sequence,
          offence: code,
          value: given,
        },
      },
    });
  return value !== null && value !== inDoubt && isCivilDate(value) ? value : null;
}

/** What somebody was sentenced to, in the words of the standing data; null where the offence goes on. */
function sentenceOf(
  { results, isFinal }: CaseOffence,
  standing: StandingData,
): { sentence?: string; custodial: boolean } | null {
  const given = results.flatMap(({ code }) => (code === null ? [] : [code]));
  const sentences = given.filter((code) => codes.isSentence(code, standing.result(code)?.type ?? null));
  if (sentences.length === 0 && !isFinal) return null;
  const words = [...new Set(given.map((code) => standing.result(code)?.description ?? code))].join('; ');
  return {
    ...(words === '' ? {} : { sentence: words.slice(0, 500) }),
    custodial: given.some((code) => codes.custodialSentences.has(code)),
  };
}

function describe(given: readonly string[], of: ReadonlySet<string>, standing: StandingData): string {
  const words = given
    .filter((code) => of.has(code))
    .map((code) => standing.result(code)?.description ?? code);
  return [...new Set(words)].join('; ').slice(0, 500);
}
