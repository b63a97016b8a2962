import type { z } from 'zod';
import { sayChoice } from '../../../court-results/court-tasks.ts';
import type { CourtDefendant, CourtSitting } from '../../../court-results/court-message.ts';
import type { DoubtFacts } from '../../../court-results/doubts.ts';
import { isCivilDate } from '../../../calendar/civil-date.ts';
import type { exceptionSchema, saidSchema } from '../../api/court-exceptions.ts';
import { day, wordHead, words, type Table } from '../figures/table.ts';
import { sayDayOf, sayMoment } from '../say.ts';

export type ExceptionJson = z.output<typeof exceptionSchema>;
export type ReadExceptionJson = ExceptionJson & z.output<typeof saidSchema>;
type Said = ReadExceptionJson['results'][number];

/** Facts of what is in doubt, as the domain keeps them. */
export const factsOf = ({ facts }: Pick<ExceptionJson, 'facts'>): Partial<Omit<DoubtFacts, 'why'>> => facts;
export const exceptionHref = (id: string): string => `/court-exceptions/${id}`;

/** A date of a message as people say it; what is no date as it stands. */
export const sayDate = (on: string): string => (isCivilDate(on) ? sayDayOf(on) : on);

/** "Give the right value", of a choice. */
export const choiceTitle = (choice: string): string => {
  const said = sayChoice[choice] ?? choice;
  return said.charAt(0).toUpperCase() + said.slice(1);
};

const states: Record<ExceptionJson['state'], { text: string; classes: string }> = {
  open: { text: 'To be settled', classes: 'govuk-tag--orange' },
  settled: { text: 'Settled', classes: 'govuk-tag--green' },
  withdrawn: { text: 'No longer in doubt', classes: 'govuk-tag--grey' },
};

/** What in the results of courts needs a person. */
export function exceptionsTable(items: readonly ExceptionJson[]): Table {
  return {
    id: 'exceptions',
    title: 'Oldest first',
    heads: ['What', 'Code', 'Case', 'Hearing', 'Came up', 'State'].map(wordHead),
    rows: items.map((one) => {
      const { hearingOn } = factsOf(one);
      return {
        cells: [
          { text: one.title, about: `: ${one.urn}`, href: exceptionHref(one.id) },
          words(one.code ?? 'None'),
          one.caseUrn === null
            ? { text: one.urn === '' ? 'No URN' : one.urn, more: 'Not known here' }
            : { text: one.caseUrn, href: `/cases/${one.caseUrn}` },
          day(hearingOn === undefined ? 'Not known' : sayDate(hearingOn)),
          day(sayDayOf(one.createdAt)),
          { text: '', tag: states[one.state] },
        ],
      };
    }),
  };
}

/** The view model of what is in doubt, and what can be done about it. */
export type ExceptionView = {
  title: string;
  tag: { text: string; classes: string };
  why: string;
  facts: { key: string; value: string; href?: string }[];
  /** What the standing data of the police says of the code. */
  about: { key: string; value: string }[];
  choices: { text: string; href: string }[];
  settled: string | null;
  results: Table[];
};

export function exceptionView(one: ReadExceptionJson): ExceptionView {
  const { hearingOn, court, value, committedOn, offence } = factsOf(one);
  const rows: [string, string | null | undefined][] = [
    ['Code', one.code],
    ['Hearing', hearingOn && sayDate(hearingOn)],
    ['Court', court],
    ['Offence', offence],
    ['Committed on', committedOn && sayDate(committedOn)],
    ['What the message has', value],
  ];
  const { about } = one;
  return {
    title: one.title,
    tag: states[one.state],
    why: one.why,
    facts: [
      one.caseUrn === null
        ? { key: 'URN', value: one.urn === '' ? 'None in the message' : `${one.urn}, not known here` }
        : { key: 'Case', value: one.caseUrn, href: `/cases/${one.caseUrn}` },
      ...rows.flatMap(([key, said]) => (said ? [{ key, value: said }] : [])),
    ],
    about:
      about === null
        ? []
        : [
            { key: 'What it is called', value: about.name },
            { key: 'What it means', value: about.description },
            { key: 'How it comes about', value: about.cause },
            { key: 'How it is put right', value: about.correction },
          ].filter((line) => line.value !== ''),
    choices: one.state === 'open' ? one.choices.map((choice) => choiceLink(one, choice)) : [],
    settled:
      one.choice === null
        ? null
        : `${choiceTitle(String(one.choice['choice']))}, by ${one.settledBy ?? 'the hub'}`,
    results: one.results.flatMap(resultTables),
  };
}

/** A case is created on the page for it; everything else has a form of its own. */
function choiceLink({ id, urn }: ExceptionJson, choice: string): { text: string; href: string } {
  const text = choiceTitle(choice);
  return choice === 'create'
    ? { text, href: `/cases/new?urn=${encodeURIComponent(urn)}` }
    : { text, href: `${exceptionHref(id)}/${choice}` };
}

/** "Hearing of 3 June 2026 at B01LY00, sent 3 June 2026 at 5pm". */
export function sayResult({ hearing, sentAt, receivedAt }: Said): string {
  const { on, court } = hearing as CourtSitting;
  const when = sentAt === null ? `received ${sayMoment(receivedAt)}` : `sent ${sayMoment(sentAt)}`;
  return `Hearing of ${sayDate(on)} at ${court}, ${when}`;
}

function resultTables(result: Said): Table[] {
  const defendants = result.defendants as (CourtDefendant & { name: string })[];
  const rows = defendants.flatMap(({ name, bailStatus, offences }) =>
    offences.map((offence) => ({
      cells: [
        { text: name, more: `Bail status ${bailStatus || 'not given'}` },
        words([offence.sequence, offence.code].filter((text) => text !== '').join(': ')),
        day(sayDate(offence.committedOn)),
        words(
          [offence.plea && `Plea ${offence.plea}`, offence.finding && `finding ${offence.finding}`]
            .filter(Boolean)
            .join(', ') || 'None',
        ),
        words(offence.results.map(({ code, text }) => [code, text].filter(Boolean).join(' ')).join('; ')),
      ],
    })),
  );
  const heads = ['Defendant', 'Offence', 'Committed', 'Plea and finding', 'Results'].map(wordHead);
  return [{ id: `result-${result.id}`, title: sayResult(result), heads, rows }];
}
