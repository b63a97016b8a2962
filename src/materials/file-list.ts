import type { CaseState } from '../deadlines/case-state.ts';
import type { ComputedDeadline } from '../deadlines/compute.ts';
import { standardsOf } from './asks.ts';
import { custodyCause } from './causes.ts';
import type { FileStandard, StandardItem } from './standards/file-standard.ts';

/** One thing that the file of a case holds, or may hold, and under which key it is asked for. */
export type FileListItem = {
  standard: FileStandard;
  item: StandardItem;
  key: string;
  /** In the least that the court must have at the first hearing of this case: a file check looks at it first. */
  atFirstHearing: boolean;
};

/**
 * What the file of a case holds by the standards that it goes by: first the least that a court must have at the first
 * hearing (r.8.3 of the Criminal Procedure Rules: less where every defendant is held), then the rest in its order. Pure.
 */
export function fileList(state: CaseState, computed: readonly ComputedDeadline[]): FileListItem[] {
  const onBail =
    state.defendants.some(({ remand }) => remand !== 'custody') || custodyCause(state) === undefined;
  const items = standardsOf(state, computed).flatMap(({ standard }) =>
    standard.items.map((item) => ({
      standard,
      item,
      key: `${standard.id === 'upgrade' ? 'upgrade' : 'file'}:${item.material}`,
      atFirstHearing: item.firstHearing === 'everyone' || (item.firstHearing === 'on-bail' && onBail),
    })),
  );
  const once = items.filter(({ key }, i) => items.findIndex((other) => other.key === key) === i);
  return [...once.filter((one) => one.atFirstHearing), ...once.filter((one) => !one.atFirstHearing)];
}
