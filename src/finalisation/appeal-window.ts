import { sayDate } from '../calendar/civil-date.ts';
import type { CaseState } from '../deadlines/case-state.ts';
import type { DeadlineRow } from '../deadlines/store.ts';
import { concernsDefendant } from '../deadlines/starts.ts';

/** The rules that put the time for an appeal in the diary: from the magistrates, a last look for a late one, from the Crown Court. */
const windowRules: readonly string[] = ['appeal-crown-court', 'finalise-case-appeal-check', 'appeal-coa-28'];

/** The time for an appeal of one defendant. */
export type AppealWindow = { defendantId: string; isInDiary: boolean; says: string };

/** The time for an appeal of each defendant who was convicted or sentenced, and whether somebody watches it. Pure. */
export function sayAppealWindow(state: CaseState, deadlines: readonly DeadlineRow[]): AppealWindow[] {
  return state.defendants.flatMap((defendant, d): AppealWindow[] => {
    const isConvicted = defendant.offences.some(({ convicted, sentenced }) => convicted ?? sentenced);
    if (!isConvicted || defendant.died !== undefined) return [];
    const who = `Defendant ${d + 1}`;
    const appeal = state.decisions.find(
      (event) => event.type === 'appeal-lodged' && concernsDefendant(event, defendant),
    );
    const { id: defendantId } = defendant;
    if (appeal !== undefined)
      return [
        { defendantId, isInDiary: true, says: `${who}: an appeal was lodged on ${sayDate(appeal.on)}` },
      ];
    const days = deadlines
      .filter(
        (row) =>
          windowRules.includes(row.rule) && row.defendantId === defendantId && row.state !== 'withdrawn',
      )
      .flatMap(({ legalDue }) => legalDue ?? [])
      .sort();
    const [first] = days;
    const last = days.at(-1);
    if (first === undefined || last === undefined)
      return [{ defendantId, isInDiary: false, says: `${who}: nobody watches the time for an appeal` }];
    const until = last === first ? '' : `, last looked for on ${sayDate(last)}`;
    return [{ defendantId, isInDiary: true, says: `${who}: an appeal until ${sayDate(first)}${until}` }];
  });
}
