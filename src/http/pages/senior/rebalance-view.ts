import type { z } from 'zod';
import type { rebalanceSchema } from '../../api/rebalances-json.ts';
import { loadBar, sayHours } from '../figures/load-bar.ts';
import { day, figure, numberHead, wordHead, words, type Table } from '../figures/table.ts';
import type { Field } from '../form-field.ts';
import { sayDayOf, sayMoment } from '../say.ts';
import { nameOfTeam, type PersonJson } from './workload-view.ts';

export type RebalanceJson = z.output<typeof rebalanceSchema>;
type MoveJson = RebalanceJson['moves'][number];
type Standing = RebalanceJson['before'];

/** A move that can be ticked. */
export type TickedMove = {
  id: string;
  name: string;
  noteName: string;
  urn: string;
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
  const mayUndo = one.undoUntil !== null && one.undoUntil > now;
  const ticked = (state: MoveJson['state']) =>
    one.moves.filter((move) => move.state === state).map((move) => tickedMove(move, nameOf, form));
  const settled = one.moves.filter(({ state }) => state !== 'proposed');
  return {
    heading: `${kindNames[one.kind]}${one.team === null ? '' : `: ${nameOfTeam(one.team).toLowerCase()}`}`,
    sentences: sentencesOf(one, nameOf, now),
    people: peopleTable(one),
    toApply: mayApply ? ticked('proposed') : [],
    toUndo: mayUndo ? ticked('applied') : [],
    settled: settled.length === 0 ? null : settledTable(settled, nameOf),
    pinned: one.pinned.length === 0 ? null : pinnedTable(one, nameOf),
    hasNotes: one.moves.length <= mostNotes,
    undoUntil: mayUndo && one.undoUntil !== null ? sayMoment(one.undoUntil) : null,
  };
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
    text: `${caseUrn}, ${sayHours(minutes)}: ${nameOf(from)} to ${nameOf(to)}`,
    reason,
    isTicked: form === null || form[name] === 'yes',
    note: form?.[`note-${caseUrn}`] ?? '',
  };
}

function sentencesOf(one: RebalanceJson, nameOf: (id: string) => string, now: string): string[] {
  const { before, after, lowerBound, moves, kind, concerns, from, to, method, methodBecause } = one;
  const period = from === null || to === null ? '' : ` from ${sayDayOf(from)} to ${sayDayOf(to)}`;
  return [
    ...(kind === 'cover'
      ? [`It covers what falls due while ${nameOf(concerns ?? '')} is away${period}.`]
      : []),
    ...(kind === 'new-starter' ? [`It brings ${nameOf(concerns ?? '')} half way up to a fair share.`] : []),
    moves.length === 0
      ? 'No move would make it fairer.'
      : `${moves.length === 1 ? '1 case' : `${moves.length} cases`} would change hands. Above a fair share are ${sayHours(before.overload)} as things are, and ${sayHours(after.overload)} afterwards.`,
    `No way of sharing it out has less than ${sayHours(Math.ceil(lowerBound.overload))} above a fair share${one.gap === 0 ? ': this is the best there is' : `, so this is within ${Math.ceil(one.gap * 1_000) / 10} % of the best there can be`}.`,
    ...(method === 'greedy'
      ? [`It was worked out by the quick way: ${methodBecause ?? 'no better one was at hand'}.`]
      : []),
    `Work due until ${sayDayOf(one.until)} was looked at. Proposed on ${sayMoment(one.proposedAt)} by ${one.proposedBy}${one.reason === null ? '' : `: ${one.reason}`}.`,
    one.expiresAt > now
      ? `It holds until ${sayMoment(one.expiresAt)}: after that, propose anew.`
      : 'It has expired: propose anew.',
  ];
}

function peopleTable({ before, after }: Pick<RebalanceJson, 'before' | 'after'>): Table {
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
      ? { tag: { text: `${sayHours(one.overload)} above fair`, classes: 'govuk-tag--orange' } }
      : {}),
  });
  return {
    id: 'people',
    title: 'Before and after',
    isDense: true,
    heads: [
      wordHead('Caseworker'),
      numberHead('Fair share'),
      wordHead('Load now'),
      wordHead('Load afterwards'),
      numberHead('Cases now'),
      numberHead('Cases afterwards'),
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
  proposed: 'Proposed',
  applied: 'Moved',
  refused: 'Stayed',
  undone: 'Taken back',
};

function settledTable(moves: readonly MoveJson[], nameOf: (id: string) => string): Table {
  return {
    id: 'settled',
    title: 'What became of it',
    heads: ['Case', 'From', 'To', 'What became of it'].map(wordHead),
    rows: moves.map(({ caseUrn, from, to, state, why }) => ({
      cells: [
        { text: caseUrn, href: `/cases/${caseUrn}` },
        words(nameOf(from)),
        words(nameOf(to)),
        { text: stateNames[state], isStrong: true, ...(why === null ? {} : { more: why }) },
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
        one.appliedAt === null ? words('Not applied') : day(`Applied ${sayDayOf(one.appliedAt)}`),
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
