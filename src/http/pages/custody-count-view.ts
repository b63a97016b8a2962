import type { CustodyLog } from '../../cases/custody-log.ts';
import { isCustodyLimit } from '../../deadlines/is-custody-limit.ts';
import { civilDateOf } from '../../calendar/london-time.ts';
import type { TaskJson } from '../api/task-json.ts';
import type { CaseJson } from './case-glance.ts';
import { sayName, type Field, type Form } from './form-field.ts';
import { sayDayOf } from './say.ts';

const confirmKind = 'confirm-custody-limit';
const settleKind = 'settle-custody-limit';

/** Whether a task is to count a custody time limit that nobody has counted yet, beside the hub. */
export const isToCount = ({ kind, state }: Pick<TaskJson, 'kind' | 'state'>): boolean =>
  kind === confirmKind && state !== 'done';

/** Whether a task is about a limit that two people counted. */
export const hasCounts = ({ kind, state }: Pick<TaskJson, 'kind' | 'state'>): boolean =>
  kind === settleKind || (kind === confirmKind && state === 'done');

/** Whether the person who holds a task is to say which count of a limit stands. */
export const isToSettle = ({ kind }: Pick<TaskJson, 'kind'>): boolean => kind === settleKind;

/** A case without its custody time limits: an independent count is made before the hub's figure is seen. */
export function withoutCustodyLimits(found: CaseJson): CaseJson {
  return { ...found, deadlines: found.deadlines.filter(({ rule }) => !isCustodyLimit(rule)) };
}

/** What is said of why the task is there, without the hub's figure. */
export function withoutFigure({ because, dueAt }: Pick<TaskJson, 'because' | 'dueAt'>): string[] {
  const figure = sayDayOf(dueAt);
  return ['Critical: nobody has confirmed it.', ...because.filter((line) => !line.includes(figure))];
}

type Fact = { key: string; value: string };

/** What a limit is counted from, and the law by which: the hub's count alone is left out. */
export function countBasis(found: CaseJson, defendantId: string): Fact[] {
  const defendant = found.defendants.find(({ id }) => id === defendantId);
  if (defendant === undefined) return [];
  const limits = found.deadlines.filter(
    ({ rule, state, subject }) =>
      isCustodyLimit(rule) && state === 'pending' && subject.defendantId === defendantId,
  );
  const law = new Set(
    limits.map(({ title, authority }) => `${title}: ${authority.instrument}, ${authority.provision}`),
  );
  return [
    { key: 'Defendant', value: defendant.name },
    ...defendant.custody.map(({ from, to }) => ({
      key: 'In custody',
      value: to === null ? `From ${sayDayOf(from)}` : `${sayDayOf(from)} to ${sayDayOf(to)}`,
    })),
    ...defendant.offences.map((offence) => ({
      key: 'Charge',
      value: [
        `${offence.title} (${offence.code}), ${sayName(offence.class).toLowerCase()}`,
        ...(offence.sentToCrownCourtOn === null
          ? []
          : [`sent to the Crown Court on ${sayDayOf(offence.sentToCrownCourtOn)}`]),
      ].join(', '),
    })),
    ...[...law].map((value) => ({ key: 'Law', value })),
  ];
}

/** The counts of a limit, the hub's first, and how the hub came to its own. */
export type CountsView = {
  counts: { who: string; on: string | null; how: string }[];
  steps: string[];
  law: string;
};

/** What was counted of the limit that a task is about; null where nobody has counted otherwise. */
export function countsOf({ subject, dueAt }: TaskJson, log: CustodyLog): CountsView | null {
  const defendant = log.defendants.find(({ id }) => id === subject['defendantId']);
  const dueOn = civilDateOf(dueAt);
  const judged = defendant?.confirmations.findLast(
    ({ dueOn: of, result }) => of === dueOn && result === 'differs',
  );
  const limit = defendant?.charges
    .flatMap(({ limits }) => limits)
    .find(({ expiresOn }) => expiresOn === dueOn);
  if (judged === undefined) return null;
  return {
    counts: judged.figures.map(({ by, dueOn: on, method, note }) => ({
      who: by === 'hub' ? 'The hub' : 'A second person',
      on,
      how: [method, note].filter((said) => said !== null).join('. '),
    })),
    steps: limit?.explanation ?? [],
    law: limit === undefined ? '' : `${limit.title}: ${limit.authority}`,
  };
}

/** The fields by which a second person says what they count. */
export const countFields: readonly Field[] = [
  {
    ...{ kind: 'date', path: 'dueOn', label: 'On which day does it expire, by your count?' },
    hint: 'For example, 27 7 2026',
  },
  { kind: 'text', path: 'method', label: 'How you counted', isOptional: true },
];

/** The fields by which a senior says which of two counts stands. */
export function settleFields(counts: CountsView | null): Field[] {
  const said = (who: string) => counts?.counts.find((count) => (who === 'hub') === (count.who === 'The hub'));
  const day = (on: string | null | undefined) => (on == null ? 'Another day' : sayDayOf(on));
  return [
    {
      ...{ kind: 'choose', path: 'stands', label: 'Which date stands?' },
      choices: [
        { value: 'hub', text: `${day(said('hub')?.on)}, as the hub counts` },
        {
          value: 'other',
          text: `${day(said('other')?.on)}, as the second person counts: what is recorded has to be corrected`,
        },
      ],
    },
    { kind: 'words', path: 'why', label: 'Why?' },
  ];
}

/** What a form that settles a limit says is missing. */
export function missingOfSettling(form: Form): { path: string; message: string }[] {
  return [
    ...(['hub', 'other'].includes(form['stands'] ?? '')
      ? []
      : [{ path: 'stands', message: 'is needed: choose one' }]),
    ...((form['why'] ?? '').trim() === '' ? [{ path: 'why', message: 'is needed' }] : []),
  ];
}
