import { civilDateOf } from '../../../calendar/london-time.ts';
import { loadBar, sayHours } from '../figures/load-bar.ts';
import { figure, numberHead, wordHead, words, type Table } from '../figures/table.ts';
import type { Field } from '../form-field.ts';
import { sayDayOf, sayMoment } from '../say.ts';
import {
  type RebalanceJson,
  isAhead,
  sayInShort,
  sayTooMuch,
  sentencesOf,
  stageOf,
} from './rebalance-words.ts';
import { nameOfTeam, type PersonJson } from './workload-view.ts';

type MoveJson = RebalanceJson['moves'][number];
type Standing = RebalanceJson['before'];

/** A move that can be ticked. */
export type TickedMove = {
  id: string;
  name: string;
  noteName: string;
  urn: string;
  href: string;
  /** What follows its URN. */
  text: string;
  reason: string;
  isTicked: boolean;
  note: string;
};

/** The view model of one proposal. */
export type RebalanceView = {
  heading: string;
  sentences: string[];
  people: Table;
  /** What can be ticked now: to be moved, or to be taken back. */
  toApply: TickedMove[];
  toUndo: TickedMove[];
  settled: Table | null;
  pinned: Table | null;
  hasNotes: boolean;
  undoUntil: string | null;
};

/** With more moves than these there is no note for each. */
const mostNotes = 40;

const kindNames: Record<RebalanceJson['kind'], string> = {
  balance: 'Work shared out anew',
  cover: 'Cover for an absence',
  'new-starter': 'Work for somebody new',
};

/**
 * A proposal as it is shown: before and after by caseworker, how good it is, and its moves to tick.
 * @param now the hub's time, after which what has expired can be neither applied nor taken back
 * @param form what was ticked and written before it was refused
 */
export function rebalanceView(
  one: RebalanceJson,
  now: string,
  form: Record<string, string> | null = null,
): RebalanceView {
  const names = new Map(one.before.people.map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => names.get(id) ?? id;
  const mayApply = one.expiresAt > now;
  const isLasting = one.kind === 'cover' && one.to !== null && civilDateOf(now) <= one.to;
  const mayUndo = one.undoUntil !== null && (one.undoUntil > now || isLasting);
  const ticked = (state: MoveJson['state']) =>
    one.moves.filter((move) => move.state === state).map((move) => tickedMove(move, nameOf, form));
  // What expired is still to be read, though nothing of it can be ticked.
  const settled = one.moves.filter(({ state }) => state !== 'proposed' || !mayApply);
  return {
    heading: `${kindNames[one.kind]}${one.team === null ? '' : `: ${nameOfTeam(one.team).toLowerCase()}`}`,
    sentences: sentencesOf(one, nameOf, now),
    people: peopleTable(one, isAhead(stageOf(one, now))),
    toApply: mayApply ? ticked('proposed') : [],
    toUndo: mayUndo ? ticked('applied') : [],
    settled: settled.length === 0 ? null : settledTable(settled, names),
    pinned: one.pinned.length === 0 ? null : pinnedTable(one, nameOf),
    hasNotes: one.moves.length <= mostNotes,
    undoUntil: mayUndo ? sayUndoUntil(one, isLasting) : null,
  };
}

/** Cover for as long as it lasts, what else moved for 24 hours. */
function sayUndoUntil({ undoUntil, to }: RebalanceJson, isLasting: boolean): string {
  return isLasting && to !== null ? `the end of ${sayDayOf(to)}` : sayMoment(undoUntil ?? '');
}

function tickedMove(
  { caseUrn, from, to, minutes, reason }: MoveJson,
  nameOf: (id: string) => string,
  form: Record<string, string> | null,
): TickedMove {
  const name = `move-${caseUrn}`;
  return {
    id: name,
    name,
    noteName: `note-${caseUrn}`,
    urn: caseUrn,
    href: `/cases/${caseUrn}`,
    text: `, ${sayHours(minutes)}: ${nameOf(from)} to ${nameOf(to)}`,
    reason,
    isTicked: form === null || form[name] === 'yes',
    note: form?.[`note-${caseUrn}`] ?? '',
  };
}

/** @param ahead nothing of it is decided on, so that what was is still so */
function peopleTable({ before, after }: Pick<RebalanceJson, 'before' | 'after'>, ahead: boolean): Table {
  const most = Math.max(
    ...[before, after].flatMap(({ people }) =>
      people.map((one) => Math.max(one.loadMinutes, one.capacityMinutes)),
    ),
    0,
  );
  const later = new Map(after.people.map((one) => [one.id, one]));
  const load = (one: Standing['people'][number]) => ({
    text: `${sayHours(one.loadMinutes)} of ${sayHours(one.capacityMinutes)}`,
    isKept: true,
    bar: loadBar(one.loadMinutes, one.capacityMinutes, most),
    ...(one.overload > 0
      ? { tag: { text: sayTooMuch(one.loadMinutes, one.overload), classes: 'govuk-tag--orange' } }
      : {}),
  });
  return {
    id: 'people',
    title: 'Before and after',
    isDense: true,
    heads: [
      wordHead('Caseworker'),
      numberHead('Fair share'),
      ...[wordHead, numberHead].flatMap((head) => {
        const what = head === wordHead ? 'Load' : 'Cases';
        return ahead
          ? [head(`${what} now`), head(`${what} afterwards`)]
          : [head(`${what} when proposed`), head(`${what} with all moves`)];
      }),
    ],
    rows: before.people.map((one) => {
      const then = later.get(one.id) ?? one;
      return {
        cells: [
          { text: one.name, href: `/workload/${encodeURIComponent(one.id)}` },
          { text: sayHours(one.fairShareMinutes), isNumber: true },
          load(one),
          load(then),
          figure(one.cases),
          { ...figure(then.cases), isStrong: then.cases !== one.cases },
        ],
      };
    }),
  };
}

const stateNames: Record<MoveJson['state'], string> = {
  proposed: 'Not moved: the proposal expired',
  applied: 'Moved',
  refused: 'Stayed',
  undone: 'Taken back',
};

function settledTable(moves: readonly MoveJson[], names: ReadonlyMap<string, string>): Table {
  const nameOf = (id: string) => names.get(id) ?? id;
  // A figure that is also somebody's id stays a figure.
  const named = (why: string) => why.replace(/[\w-]*[A-Za-z][\w-]*/g, nameOf);
  return {
    id: 'settled',
    title: 'What became of it',
    heads: ['Case', 'From', 'To', 'What became of it'].map(wordHead),
    rows: moves.map(({ caseUrn, from, to, state, why }) => ({
      cells: [
        { text: caseUrn, href: `/cases/${caseUrn}` },
        words(nameOf(from)),
        words(nameOf(to)),
        { text: stateNames[state], isStrong: true, ...(why === null ? {} : { more: named(why) }) },
      ],
    })),
  };
}

function pinnedTable({ pinned }: RebalanceJson, nameOf: (id: string) => string): Table {
  return {
    id: 'pinned',
    title: 'Cases that stay, and why',
    heads: ['Case', 'With', 'Why'].map(wordHead),
    rows: pinned.map(({ caseUrn, caseworker, reason }) => ({
      cells: [{ text: caseUrn, href: `/cases/${caseUrn}` }, words(nameOf(caseworker)), words(reason)],
    })),
  };
}

/** Proposals and what became of them. */
export function rebalancesTable(items: readonly RebalanceJson[]): Table {
  return {
    id: 'proposals',
    title: 'Proposals, newest first',
    heads: [wordHead('Proposed'), wordHead('What'), numberHead('Moves'), wordHead('What became of it')],
    rows: items.map((one) => ({
      cells: [
        { text: sayMoment(one.proposedAt), href: `/rebalances/${one.id}` },
        words(`${kindNames[one.kind]}${one.reason === null ? '' : `: ${one.reason}`}`),
        figure(one.moves.length),
        words(sayInShort(one)),
      ],
    })),
  };
}

/** What is asked for a proposal. */
export function proposalFields(people: readonly PersonJson[]): Field[] {
  return [
    {
      path: 'kind',
      kind: 'choose',
      label: 'What is it for?',
      choices: [
        { value: 'balance', text: 'Share out a team’s work fairly' },
        { value: 'cover', text: 'Cover somebody’s absence: the cases stay theirs' },
        { value: 'newStarter', text: 'Give work to somebody new' },
      ],
    },
    {
      path: 'team',
      kind: 'choose',
      label: 'Team, where work is shared out',
      choices: [
        { value: '', text: 'Every team' },
        { value: 'crime', text: 'Crime' },
        { value: 'traffic', text: 'Traffic' },
      ],
    },
    {
      path: 'staffId',
      kind: 'pick',
      label: 'Caseworker, for an absence or somebody new',
      choices: people
        .filter(({ role }) => role === 'caseworker')
        .map(({ id, name }) => ({ value: id, text: name })),
    },
    { path: 'from', kind: 'date', label: 'First day of the absence' },
    { path: 'to', kind: 'date', label: 'Last day of the absence' },
    { path: 'maxMoves', kind: 'number', label: 'At most so many moves', isOptional: true },
    { path: 'reason', kind: 'text', label: 'Why', isOptional: true },
  ];
}
