import type { CaseState } from '../deadlines/case-state.ts';
import type { CaseDefendant, DesiredEvent, Work } from './case-results.ts';
import * as codes from './result-codes.ts';
import { custodyStatuses } from './what-ties-agree-on.ts';

type Status = 'custody' | 'conditional' | 'unconditional';

/**
 * Whether a defendant left a hearing in custody or on bail, where that changed. Where the result codes and the bail
 * status of the message differ, custody stands and a person is told: a custody time limit counted for nothing is
 * harmless, and one that nobody counted frees somebody. Bail conditions name people, and stay in the message. Pure.
 */
export function custodyEvents(
  work: Work,
  { defendant, before }: { defendant: CaseDefendant; before: CaseState },
  ofOffences: readonly DesiredEvent[],
): DesiredEvent[] {
  const known = before.defendants.find(({ id }) => id === defendant.defendantId);
  if (known === undefined || known.died !== undefined) return [];
  const given = defendant.offences.flatMap(({ results }) => results);
  const byCode = statusByCode(defendant);
  const byStatus = statusOf(defendant.bail.status) ?? statusByNextHearing(defendant);
  if (byCode !== null && byStatus !== null && (byCode === 'custody') !== (byStatus === 'custody'))
    doubtBail(work, defendant);
  const isOver = isCaseOver(known.offences, ofOffences);
  const status = [byCode, byStatus].includes('custody') ? 'custody' : (byCode ?? (isOver ? null : byStatus));
  const last = known.custody.at(-1);
  const isHeld = last !== undefined && last.to === undefined;
  const { sitting } = work;
  const one = (type: DesiredEvent['type'], data: Record<string, unknown> = {}): DesiredEvent => ({
    key: `custody:${sitting.key}:${defendant.ref}`,
    type,
    on: sitting.on,
    at: sitting.at,
    receivedAt: sitting.receivedAt,
    defendantId: defendant.defendantId,
    offenceId: null,
    hearing: null,
    data,
  });
  if (status === 'custody') return isHeld || isSentenced(defendant) ? [] : [one('remanded')];
  if (status !== null && (isHeld || known.remand !== `${status}-bail`))
    return [one('bailed', { conditional: status === 'conditional' })];
  const isChanged = given.some(
    ({ code, qualifiers }) =>
      (code !== null && codes.bailChangedResults.has(code)) ||
      qualifiers.includes(codes.bailConditionsCancelled),
  );
  return isChanged && !isHeld ? [one('bail-changed')] : [];
}

function statusOf(bailStatus: string): Status | null {
  if (custodyStatuses.includes(bailStatus)) return 'custody';
  if (bailStatus === 'B') return 'conditional';
  return bailStatus === 'U' ? 'unconditional' : null;
}

/** The last word on each charge; held on one is held. */
function statusByCode({ offences }: CaseDefendant): Status | null {
  const words = offences.flatMap(
    ({ results }) => results.flatMap(({ code }) => statusOfCode(code) ?? []).at(-1) ?? [],
  );
  return gravest(words);
}

function statusOfCode(code: string | null): Status | null {
  if (code === null) return null;
  if (codes.custodyResults.has(code)) return 'custody';
  if (codes.conditionalBailResults.has(code)) return 'conditional';
  return codes.unconditionalBailResults.has(code) ? 'unconditional' : null;
}

function statusByNextHearing({ offences }: CaseDefendant): Status | null {
  return gravest(
    offences.flatMap(({ results }) =>
      results.flatMap(({ nextHearing }) => statusOf(nextHearing?.bailStatus ?? '') ?? []),
    ),
  );
}

function gravest(words: readonly Status[]): Status | null {
  return (
    (['custody', 'conditional', 'unconditional'] as const).find((status) => words.includes(status)) ?? null
  );
}

/** A sentence of imprisonment is no remand. */
function isSentenced({ offences }: CaseDefendant): boolean {
  const given = offences.flatMap(({ results }) => results.map(({ code }) => code ?? ''));
  return (
    given.some((code) => codes.custodialSentences.has(code)) &&
    !given.some((code) => codes.custodyResults.has(code))
  );
}

/** With every charge decided "unconditional bail" is what a form says of somebody who goes home. */
function isCaseOver(
  offences: CaseState['defendants'][number]['offences'],
  ofOffences: readonly DesiredEvent[],
): boolean {
  const ends = ['acquitted', 'discontinued', 'sentenced'];
  return offences.every(
    ({ id, acquitted, discontinued, sentenced }) =>
      (acquitted ?? discontinued ?? sentenced) !== undefined ||
      ofOffences.some(({ type, offenceId }) => offenceId === id && ends.includes(type)),
  );
}

function doubtBail({ sitting, choices, doubts }: Work, { ref, bail }: CaseDefendant): void {
  const source = `bail-differs:${sitting.key}:${ref}:${bail.status}`;
  if (choices.has(source)) return;
  doubts.push({
    kind: 'bail-differs',
    source,
    facts: {
      why: `The results and the bail status (${bail.status || 'none'}) differ. Custody is recorded; correct it if the defendant was released.`,
      ...{ hearingOn: sitting.on, court: sitting.court, defendant: ref, danger: true as const },
    },
  });
}
