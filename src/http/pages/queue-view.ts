import { bands, type Band } from '../../tasks/urgency.ts';
import type { TaskJson } from '../api/task-json.ts';
import { bandTags, consequenceNames, sayDayOf } from './say.ts';

export type QueueEntryJson = TaskJson & { defendants: string[] };
export type QueueJson = {
  items: QueueEntryJson[];
  next: string | null;
  counts: Record<Band, number>;
  /** The moment as of which it was read. */
  asOf: string;
};

type Row = {
  href: string;
  title: string;
  urn: string | null;
  caseHref: string | null;
  defendants: string;
  due: string;
  left: string;
  why: string;
  isHeld: boolean;
  /** The band, where the list is not by bands. */
  tag: { text: string; classes: string } | null;
};
type Group = { id: Band | 'all'; name: string; tag: string; count: number; rows: Row[] };

const sorts = { order: 'Order of work', due: 'Soonest due', case: 'Case' } as const;
export type Sort = keyof typeof sorts;
export const isSort = (sort: string): sort is Sort => Object.hasOwn(sorts, sort);

/** The view model of My queue. */
export type QueueView = {
  formToken: string;
  key: string;
  groups: Group[];
  counts: { name: string; count: number; tag: string }[];
  total: number;
  about: { value: string; text: string; selected: boolean }[];
  sorts: { value: string; text: string; selected: boolean }[];
  isFiltered: boolean;
  held: { href: string; title: string } | null;
  nextHref: string | null;
  heading: string;
};

/**
 * My queue as it is shown: grouped by band in the order in which the tasks would be pulled, so that the list and the
 * button never disagree. Sorted in another way it is one list, which says so.
 * @param about the consequence to show alone, or ''
 */
export function queueView(
  queue: QueueJson,
  options: { about: string; sort: Sort; formToken: string; key: string; viewer: string; heading: string },
): QueueView {
  const { about, sort, formToken, key, viewer, heading } = options;
  const shown = queue.items.filter((task) => about === '' || task.consequence === about);
  const held = queue.items.find((task) => task.claimedBy === viewer);
  const groups = bands.map((band) => ({
    id: band,
    name: bandTags[band].text,
    tag: bandTags[band].classes,
    count: queue.counts[band],
    rows: shown.filter((task) => task.band === band).map((task) => rowOf(task, viewer, null)),
  }));
  return {
    formToken,
    key,
    heading,
    groups: (sort === 'order' ? groups : [sorted(shown, sort, viewer)]).filter(({ rows }) => rows.length > 0),
    counts: groups.map(({ name, count, tag }) => ({ name, count, tag })),
    total: Object.values(queue.counts).reduce((sum, count) => sum + count, 0),
    about: [
      { value: '', text: 'Everything', selected: about === '' },
      ...Object.entries(consequenceNames).map(([value, text]) => ({
        value,
        text,
        selected: about === value,
      })),
    ],
    sorts: Object.entries(sorts).map(([value, text]) => ({ value, text, selected: value === sort })),
    isFiltered: about !== '' || sort !== 'order',
    held: held ? { href: `/tasks/${held.id}`, title: held.title } : null,
    nextHref:
      queue.next === null
        ? null
        : `/queue?${new URLSearchParams({ ...(about === '' ? {} : { about }), cursor: queue.next }).toString()}`,
  };
}

function sorted(tasks: readonly QueueEntryJson[], sort: Sort, viewer: string): Group {
  const keyOf = ({ dueAt, caseUrn }: QueueEntryJson) => (sort === 'due' ? dueAt : (caseUrn ?? '~'));
  const rows = tasks.toSorted((one, other) =>
    keyOf(one) < keyOf(other) ? -1 : keyOf(one) > keyOf(other) ? 1 : 0,
  );
  return {
    id: 'all',
    name: `Sorted by: ${sorts[sort].toLowerCase()}`,
    tag: 'govuk-tag--grey',
    count: rows.length,
    rows: rows.map((task) => rowOf(task, viewer, bandTags[task.band])),
  };
}

function rowOf(task: QueueEntryJson, viewer: string, tag: Row['tag']): Row {
  return {
    href: `/tasks/${task.id}`,
    title: task.title,
    urn: task.caseUrn,
    caseHref: task.caseUrn === null ? null : `/cases/${task.caseUrn}`,
    defendants: task.defendants.join(', '),
    due: sayDayOf(task.dueAt),
    left: task.timeLeft,
    why: task.because[2] ?? task.because[1] ?? '',
    isHeld: task.claimedBy === viewer,
    tag,
  };
}
