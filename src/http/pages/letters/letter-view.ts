import type { z } from 'zod';
import { correspondents, correspondentTitles } from '../../../correspondence/answer-periods.ts';
import { correspondenceChannels, correspondenceSubjects } from '../../../correspondence/correspondence-of.ts';
import type { correspondenceSchema } from '../../api/correspondence-json.ts';
import type { CaseJson } from '../case-glance.ts';
import { day, wordHead, words, type Table } from '../figures/table.ts';
import { sayName, type Choice, type Field } from '../form-field.ts';
import { sayDayOf, sayMoment } from '../say.ts';

export type LetterJson = z.output<typeof correspondenceSchema>;

const states: Record<LetterJson['state'], { text: string; classes: string }> = {
  filed: { text: 'Filed', classes: 'govuk-tag--grey' },
  'awaiting-answer': { text: 'Waits for an answer', classes: 'govuk-tag--blue' },
  answered: { text: 'Answered', classes: 'govuk-tag--green' },
  closed: { text: 'No answer needed', classes: 'govuk-tag--grey' },
  'taken-back': { text: 'Taken back', classes: 'govuk-tag--grey' },
};
const overdue = { text: 'Overdue', classes: 'govuk-tag--orange' };

/** The letters and messages of a case, each with where it is read and answered. */
export function lettersTable(items: readonly LetterJson[]): Table {
  return {
    id: 'letters',
    title: 'Newest first',
    heads: ['When', 'With', 'About', 'What it says', 'Answer due', 'State'].map(wordHead),
    rows: items.map((one) => ({
      cells: [
        {
          text: sayMoment(one.at),
          about: `: ${sayWhose(one)}`,
          href: `/cases/${one.caseUrn}/correspondence/${one.id}`,
        },
        words(sayWhose(one)),
        words(sayName(one.subject)),
        words(one.summary),
        day(one.dueOn === null ? 'None' : sayDayOf(one.dueOn)),
        { text: '', tag: one.isOverdue ? overdue : states[one.state] },
      ],
    })),
  };
}

/** "From the CPS" or "To the court". */
export function sayWhose({ direction, with: whom }: LetterJson): string {
  return `${direction === 'in' ? 'From' : 'To'} ${correspondentTitles[whom]}`;
}

/** All that is known of a letter, its answer included. */
export function letterFacts(one: LetterJson): { key: string; value: string }[] {
  const rows: [string, string | null][] = [
    ['State', one.isOverdue ? overdue.text : states[one.state].text],
    [
      one.direction === 'in' ? 'Received' : 'Sent',
      `${sayMoment(one.at)}, by ${sayName(one.channel).toLowerCase()}`,
    ],
    ['Person', one.who],
    ['Their reference', one.reference],
    ['About', sayName(one.subject)],
    ['What it says', one.summary],
    ['Answer due', one.dueOn === null ? null : `${sayDayOf(one.dueOn)}${sayCounted(one)}`],
    ['The answer', one.answer && `${one.answer.summary} (${sayMoment(one.answer.at)}, ${one.answer.by})`],
    ['Why no answer is needed', one.closed && `${one.closed.why} (${one.closed.by})`],
    ['Logged', `${sayMoment(one.recordedAt)} by ${one.recordedBy}`],
  ];
  return rows.flatMap(([key, value]) => (value === null ? [] : [{ key, value }]));
}

function sayCounted({ workingDays }: LetterJson): string {
  return workingDays === null ? '' : `: ${workingDays} working days, a default of the hub`;
}

/** The fields by which a letter or message is logged. */
export function letterFields(found: Pick<CaseJson, 'hearings'>): Field[] {
  const named = (values: readonly string[]): Choice[] =>
    values.map((value) => ({ value, text: sayName(value) }));
  const hearings = found.hearings.map(({ id, on, courtName }) => ({
    value: id,
    text: `${sayDayOf(on)}, ${courtName}`,
  }));
  return [
    {
      kind: 'choose',
      path: 'direction',
      label: 'Did it come, or was it sent?',
      choices: [
        { value: 'in', text: 'It came to the hub' },
        { value: 'out', text: 'The hub sent it' },
      ],
    },
    {
      kind: 'pick',
      path: 'with',
      label: 'From or to whom?',
      choices: correspondents.map((value) => ({ value, text: sayName(correspondentTitles[value]) })),
    },
    { kind: 'text', path: 'who', label: 'Who there', isOptional: true },
    { kind: 'choose', path: 'channel', label: 'How?', choices: named(correspondenceChannels) },
    { kind: 'pick', path: 'subject', label: 'What is it about?', choices: named(correspondenceSubjects) },
    { kind: 'words', path: 'summary', label: 'What does it say?' },
    { kind: 'code', path: 'reference', label: 'Their reference', isOptional: true },
    {
      kind: 'moment',
      path: 'at',
      label: 'When did it come, or when was it sent?',
      hint: 'Now, unless you say. For example, 27 3 2026 at 14:30',
      isOptional: true,
    },
    { kind: 'tick', path: 'needsAnswer', label: 'It needs an answer' },
    {
      kind: 'date',
      path: 'dueOn',
      label: 'By which day?',
      hint: 'If a day is given in it; counted by whom it is with otherwise',
      isOptional: true,
    },
    ...(hearings.length === 0
      ? []
      : [
          {
            kind: 'pick' as const,
            path: 'hearing',
            label: 'Which hearing is it about?',
            hint: 'Asking the court for the result of a hearing completes the task to ask for it',
            choices: hearings,
            isOptional: true,
          },
        ]),
  ];
}
