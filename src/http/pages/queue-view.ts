import { bands, type Band } from '../../tasks/urgency.ts';
import type { StaffRole } from '../../../db/schema/people.ts';
import type { QueuePage } from '../api/queue.ts';
import { bandTags, consequenceNames, sayDayOf } from './say.ts';

type Entry = QueuePage['items'][number];

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

type Viewer = { id: string; role: StaffRole };

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
  /** Why nothing is given out to them today; null where they are here. */
  away: string | null;
  /** What there is to do instead where nothing waits. */
  instead: { words: string; link: { text: string; href: string } };
};

const lookUp = { text: 'Look up a case', href: '/cases' };
const board = { text: 'See what the team has', href: '/workload' };
const settings = { text: 'Administration', href: '/admin' };
const insteadOf: Partial<Record<StaffRole, QueueView['instead']>> = {
  senior: {
    words: 'New work appears here by itself. You can see how the team’s work stands, and share it out.',
    link: board,
  },
  administrator: {
    words:
      'Work appears here when the hub needs an administrator, such as for the next year’s bank holidays or for messages in doubt.',
    link: settings,
  },
};
const usually = {
  words:
    'New work appears here by itself as cases come in and dates draw near. You can look up a case, or ask your senior caseworker what would help the team.',
  link: lookUp,
};

const sayAway = (away: string): string => `You are ${away}. Nothing is given out to you until then.`;
const totalOf = ({ counts }: QueuePage): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Why somebody who asked for the next task was given none. */
export function whyNoneGiven(queue: QueuePage): string {
  if (queue.away !== null) return sayAway(queue.away);
  return totalOf(queue) === 0
    ? 'There is no task to give you: nothing is waiting for you.'
    : 'There is no task to give you: what is waiting takes longer than what is left of your shift. What is critical is given out all the same.';
}

/**
 * My queue as it is shown: grouped by band in the order in which the tasks would be pulled, so that the list and the
 * button never disagree. Sorted in another way it is one list, which says so.
 * @param about the consequence to show alone, or ''
 */
export function queueView(
  queue: QueuePage,
  options: { about: string; sort: Sort; formToken: string; key: string; viewer: Viewer; heading: string },
): QueueView {
  const { about, sort, formToken, key, heading } = options;
  const { id: viewer, role } = options.viewer;
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
    total: totalOf(queue),
    away: queue.away === null ? null : sayAway(queue.away),
    instead: insteadOf[role] ?? usually,
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

function sorted(tasks: readonly Entry[], sort: Sort, viewer: string): Group {
  const keyOf = ({ dueAt, caseUrn }: Entry) => (sort === 'due' ? dueAt : (caseUrn ?? '~'));
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

function rowOf(task: Entry, viewer: string, tag: Row['tag']): Row {
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
