import fc from 'fast-check';
import { caseBody, type CaseBody } from '../../src/cases/case-body.ts';
import { columns, headingOf } from '../../src/intake/columns.ts';
import type { Cells } from './stage.ts';

/** A day of which a case can tell. */
export const day = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2026-05-30'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
// Text that spreadsheets quote: separators, quotation marks, line breaks, letters beyond ASCII.
const name = fc
  .array(fc.constantFrom('Zoë', 'O’Wibble', 'de "la" Quux', 'Fizz, Buzz', 'a;b', 'Nob\nble', 'Łukasz'), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parts.join(' '));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const person = fc.record({
  name,
  dateOfBirth: maybe(day),
  contact: fc.record({ phone: maybe(fc.constant('07700 900123')), email: maybe(fc.constant('a@b.example')) }),
  preferred: fc.constantFrom('phone', 'email', 'letter', 'none'),
  enhancedRights: fc.boolean(),
  reasons: fc.uniqueArray(fc.constantFrom('vulnerable', 'intimidated', 'under 18')),
});
/** Cases as `POST /api/cases` takes them. */
export const bodies = fc
  .record({
    urn: fc.integer({ min: 10_000, max: 99_999 }).map((n) => `21AB${n}26`),
    kind: fc.constantFrom('crime', 'traffic'),
    initiation: fc.constantFrom('charge', 'postal-requisition'),
    anticipatedPlea: fc.constantFrom('guilty', 'not-guilty'),
    receivedAt: fc.constantFrom('2026-06-02T08:00:00.000Z', '2026-01-05T14:30:00.000Z'),
    officer: fc.constant('PC1001'),
    hateCrime: fc.boolean(),
    defendants: fc.uniqueArray(
      fc.record({
        name,
        dateOfBirth: maybe(day),
        remand: fc.constantFrom('custody', 'conditional-bail', 'none'),
        offences: fc.uniqueArray(
          fc.record({
            code: fc.constantFrom('TH68006', 'CJ88001'),
            committedOn: day,
            domesticAbuse: fc.boolean(),
          }),
          { minLength: 1, maxLength: 3, selector: ({ code, committedOn }) => `${code} ${committedOn}` },
        ),
      }),
      { minLength: 1, maxLength: 3, selector: (one) => one.name.toLowerCase() },
    ),
    hearings: fc.uniqueArray(
      fc.record({
        on: day,
        at: maybe(fc.constantFrom('09:30', '14:00')),
        court: fc.constantFrom('magistrates', 'crown'),
        courtName: name,
        type: fc.constantFrom('first-hearing', 'trial'),
      }),
      { maxLength: 3, selector: (one) => JSON.stringify(one) },
    ),
    victims: fc.array(person, { maxLength: 3 }),
    witnesses: fc.array(person, { maxLength: 2 }),
  })
  .map((body) => caseBody.parse(body));

const wrote = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? 'Yes' : 'no';
  if (Array.isArray(value)) return value.join('; ');
  const text = String(value);
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (date) return `${date[3]}/${date[2]}/${date[1]}`;
  return text.replace(/^(.*)T(08):00:00\.000Z$/, '$1 09:00').replace(/^(.*)T(14:30):00\.000Z$/, '$1 $2');
};

/** A case as a person would type it in: a row for each offence, and whatever else there is in the first one. */
export function rowsOf(body: CaseBody): Cells[] {
  const cells = (group: string, from: object, number = 1): Cells =>
    Object.fromEntries(
      columns
        .filter((column) => column.group === group)
        .flatMap((column) => {
          const value = column.field
            .split('.')
            .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], from);
          return value === undefined ? [] : [[headingOf(column, number), wrote(value)]];
        }),
    );
  const rows = body.defendants.flatMap((defendant) =>
    defendant.offences.map((offence) => ({
      ...{ URN: body.urn, ...cells('defendant', defendant), ...cells('offence', offence) },
    })),
  );
  const listed = { hearing: body.hearings, victim: body.victims, witness: body.witnesses };
  Object.assign(rows[0] ?? {}, cells('case', body));
  for (const [group, things] of Object.entries(listed))
    things.forEach((thing, i) => Object.assign(rows[0] ?? {}, cells(group, thing, i + 1)));
  return rows;
}
