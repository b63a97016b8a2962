import type { z } from 'zod';
import { matters } from '../../../queries/answer-periods.ts';
import { queryChannels } from '../../../queries/queries-of.ts';
import type { querySchema } from '../../api/query-json.ts';
import type { CaseJson } from '../case-glance.ts';
import { day, wordHead, words, type Table } from '../figures/table.ts';
import { readFields, sayName, type Field, type Form } from '../form-field.ts';
import { sayDayOf, sayMoment } from '../say.ts';

export type QuestionJson = z.output<typeof querySchema>;

const states: Record<QuestionJson['state'], { text: string; classes: string }> = {
  open: { text: 'Waits for an answer', classes: 'govuk-tag--blue' },
  answered: { text: 'Answered', classes: 'govuk-tag--green' },
  withdrawn: { text: 'No answer wanted', classes: 'govuk-tag--grey' },
  'taken-back': { text: 'Taken back', classes: 'govuk-tag--grey' },
};
const overdue = { text: 'Overdue', classes: 'govuk-tag--orange' };

/** The questions about a case, each with where it is read and answered. */
export function questionsTable(items: readonly QuestionJson[]): Table {
  return {
    id: 'questions',
    title: 'Newest first',
    heads: ['Asked', 'By', 'Question', 'Answer due', 'State'].map(wordHead),
    rows: items.map((one) => ({
      cells: [
        {
          text: sayMoment(one.askedAt),
          about: `: ${sayAsker(one)}`,
          href: `/cases/${one.caseUrn}/queries/${one.id}`,
        },
        words(sayAsker(one)),
        words(one.question),
        day(sayDayOf(one.dueOn)),
        { text: '', tag: one.isOverdue ? overdue : states[one.state] },
      ],
    })),
  };
}

/** "Question of a victim", "Complaint of an agency: Lavender Hill Council". */
export function sayAsker({ from, about }: QuestionJson): string {
  const { kind, officer, who } = from;
  const article = kind === 'officer' || kind === 'agency' ? 'an' : 'a';
  const more = [officer, who].filter((one) => one !== null).join(', ');
  return `${sayName(about)} of ${article} ${kind}${more === '' ? '' : `: ${more}`}`;
}

/** All that is known of a question, its answer included. */
export function questionFacts(one: QuestionJson): { key: string; value: string }[] {
  const { answer, withdrawn, period } = one;
  const counted =
    period === null ? '' : `: ${period.workingDays} working days (${period.authority.instrument})`;
  const rows: [string, string | null][] = [
    ['State', one.isOverdue ? overdue.text : states[one.state].text],
    ['Asked', `${sayMoment(one.askedAt)}, by ${sayName(one.how).toLowerCase()}`],
    ['Question', one.question],
    ['Answer due', `${sayDayOf(one.dueOn)}${counted}`],
    ['The answer', answer && `${answer.answer} (${sayMoment(answer.at)}, ${answer.by})`],
    ['Why no answer is wanted', withdrawn && `${withdrawn.why} (${withdrawn.by})`],
    ['Logged', `${sayMoment(one.recordedAt)} by ${one.recordedBy}`],
  ];
  return rows.flatMap(([key, value]) => (value === null ? [] : [{ key, value }]));
}

const how = (label: string): Field => ({
  kind: 'choose',
  path: 'how',
  label,
  choices: queryChannels.map((value) => ({ value, text: sayName(value) })),
});

/** The fields by which a question is answered. */
export const answerOfQuestion: readonly Field[] = [
  { kind: 'words', path: 'answer', label: 'What was answered?' },
  how('How was it answered?'),
];

/** The fields by which a question is logged: whoever may ask is picked from the case. */
export function questionFields({ officer, defendants, victims, witnesses }: CaseJson): Field[] {
  const people = [
    ...victims.map(({ id, name }) => ({ value: `victim ${id}`, text: `${name}, victim` })),
    ...witnesses.map(({ id, name }) => ({ value: `witness ${id}`, text: `${name}, witness` })),
    ...defendants.map(({ id, name }) => ({ value: `defendant ${id}`, text: `${name}, defendant` })),
  ];
  return [
    {
      kind: 'pick',
      path: 'from.kind',
      label: 'Who asks?',
      choices: [
        ...people,
        { value: 'officer', text: `An officer: ${officer}, unless you name another` },
        { value: 'agency', text: 'Another agency' },
      ],
    },
    { kind: 'code', path: 'from.officer', label: 'Which officer', hint: 'Collar number', isOptional: true },
    {
      kind: 'text',
      path: 'from.who',
      label: 'Which agency, or who asks for them',
      isOptional: true,
    },
    {
      kind: 'choose',
      path: 'about',
      label: 'Is it a question or a complaint?',
      choices: matters.map((value) => ({ value, text: sayName(value) })),
    },
    how('How was it asked?'),
    { kind: 'words', path: 'question', label: 'What do they ask?' },
    {
      kind: 'moment',
      path: 'askedAt',
      label: 'When was it asked?',
      hint: 'Now, unless you say. For example, 27 3 2026 at 14:30',
      isOptional: true,
    },
    {
      kind: 'date',
      path: 'dueOn',
      label: 'By which day was an answer promised?',
      hint: 'Counted by who asks, unless you say',
      isOptional: true,
    },
  ];
}

/** The body that the form says: who is picked is a kind of asker and, of people of the case, an id. */
export function questionOf(fields: readonly Field[], form: Form): unknown {
  const { from = {}, ...body } = readFields(fields, form) as { from?: Record<string, string> };
  const [kind, id] = (from['kind'] ?? '').split(' ');
  const person = id === undefined ? {} : { [kind === 'defendant' ? 'defendant' : 'person']: id };
  return { ...body, from: { ...from, kind, ...person } };
}
