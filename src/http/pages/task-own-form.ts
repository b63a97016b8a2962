import { recordTaskKind } from '../../deadlines/record-entries.ts';
import type { TaskJson } from '../api/task-json.ts';
import { countFields, isToCount, isToSettle, settleFields, type CountsView } from './custody-count-view.ts';
import { showFields, type Field, type FieldView } from './form-field.ts';
import { entryFields } from './records/record-view.ts';

/** What a form that was refused had in it, and why it was refused. */
export type Refused = {
  form: Record<string, string>;
  problems: { path: string; message: string }[];
  detail: string;
};

/** The form by which a task of its kind is done, where that is no mere word that it is done. */
export type OwnForm = {
  action: string;
  heading: string | null;
  intro: string | null;
  hidden: { name: string; value: string }[];
  fields: FieldView[];
  button: string;
};

type Drawn = Omit<OwnForm, 'action' | 'fields' | 'hidden'> & {
  to: string;
  hidden: Record<string, string>;
  fields: readonly Field[];
};

const plain = { heading: null, intro: null };

function drawnOf(
  { kind, state, subject, caseUrn, deadlineId }: TaskJson,
  counts: CountsView | null,
): Drawn | null {
  const urn = caseUrn ?? '';
  if (kind === recordTaskKind)
    return {
      ...plain,
      to: 'entered',
      hidden: { urn, deadline: deadlineId ?? '' },
      fields: entryFields,
      button: 'It is entered',
    };
  const defendant = subject['defendantId'];
  if (defendant === undefined) return null;
  if (isToCount({ kind, state }))
    return {
      to: 'custody-count',
      heading: 'Your count',
      intro:
        'Count it yourself: the hub shows its figure once you have said yours. A second person’s own count is what makes a custody time limit safe.',
      hidden: { urn, defendant },
      fields: countFields,
      button: 'Confirm',
    };
  if (isToSettle({ kind }))
    return {
      to: 'settle',
      heading: 'Settle it',
      intro: 'Until it is settled, take the earlier date.',
      hidden: { urn, other: otherDay(counts) },
      fields: settleFields(counts),
      button: 'Settle it',
    };
  return null;
}

const otherDay = (counts: CountsView | null): string =>
  counts?.counts.find(({ who }) => who !== 'The hub')?.on ?? '';

/** The form of a task, with what was typed and why it was refused; null where it has none of its own. */
export function ownForm(
  task: TaskJson,
  counts: CountsView | null,
  refused: Refused | undefined,
): OwnForm | null {
  const drawn = drawnOf(task, counts);
  if (drawn === null) return null;
  const { to, hidden, fields, ...around } = drawn;
  const sent = refused !== undefined && isOfOwnForm(refused) ? refused : { form: {}, problems: [] };
  return {
    ...around,
    action: `/tasks/${task.id}/${to}`,
    hidden: Object.entries({ ...hidden, of: 'own' }).map(([name, value]) => ({ name, value })),
    fields: showFields(fields, sent.form, sent.problems),
  };
}

/** Whether what was refused is the form of the task, and not one that puts it off or gives it back. */
export const isOfOwnForm = ({ form }: Refused): boolean => form['of'] === 'own';
