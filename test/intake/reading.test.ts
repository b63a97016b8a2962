import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseBody } from '../../src/cases/case-body.ts';
import { compareWithCase } from '../../src/intake/compare-with-case.ts';
import { readCasesFile, type CasesFile } from '../../src/intake/read-file.ts';
import { templateHeadings, writeTemplate } from '../../src/intake/template.ts';
import { isFailure } from '../../src/platform/failure.ts';
import { bodies, rowsOf } from './arbitrary-cases.ts';
import { row, sheet } from './stage.ts';

async function read(file: string | Uint8Array): Promise<CasesFile> {
  const found = await readCasesFile(typeof file === 'string' ? Buffer.from(file) : file);
  if (isFailure(found)) throw new Error(JSON.stringify(found));
  return found;
}
const errorsOf = (file: CasesFile) =>
  file.cases.flatMap(({ errors }) => errors.map((one) => `${one.row} ${one.column}: ${one.message}`));

describe('a file of cases is read', async () => {
  test('back to the cases that were typed in, whatever separates, in any order of columns and rows', async () => {
    const files = fc.uniqueArray(bodies, { minLength: 1, maxLength: 4, selector: ({ urn }) => urn });
    const how = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t'),
      record_delimiter: fc.constantFrom('windows' as const, 'unix' as const),
      bom: fc.boolean(),
      quoted: fc.boolean(),
      seed: fc.nat(),
      isMixed: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(files, how, async (cases, { seed, isMixed, ...format }) => {
        const shuffled = <T>(list: readonly T[]) =>
          list
            .map((one, i) => ({ one, key: ((i + 1) * (seed % 7919)) % 31 }))
            .sort((a, b) => a.key - b.key)
            .map(({ one }) => one);
        const each = cases.map(rowsOf);
        // The first row of a case stays before its others, which say no more of the case.
        const rows = isMixed
          ? [...each.flatMap(([first = {}]) => [first]), ...shuffled(each.flatMap((some) => some.slice(1)))]
          : each.flat();
        const headings = shuffled([
          ...new Set([...templateHeadings, ...rows.flatMap((one) => Object.keys(one))]),
        ]);
        const text = stringify(rows, { ...format, quoted_match: /[\r\n]/, header: true, columns: headings });
        const file = await read(text);
        expect(errorsOf(file)).toEqual([]);
        const byName = (body: CaseBody | null | undefined) =>
          body && {
            ...body,
            defendants: body.defendants
              .map((one) => ({
                ...one,
                offences: one.offences.toSorted((a, b) =>
                  a.code + a.committedOn < b.code + b.committedOn ? -1 : 1,
                ),
              }))
              .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
          };
        for (const body of cases)
          expect(byName(file.cases.find(({ urn }) => urn === body.urn)?.body)).toEqual(byName(body));
      }),
      { numRuns: 60 },
    );
  });

  test('with its rows numbered as the spreadsheet shows them, and blank rows, blank columns and trailing commas left out', async () => {
    const [first, second] = [row({ 'Defendant name': 'Nob\r\nble' }), row({ Remand: 'perhaps' })];
    const lines = sheet([first, second]).trimEnd();
    const [head = ''] = lines.split('\r\n');
    const text = `${head},,\r\n,,,,\r\n${lines.slice(head.length + 2)},,\r\n\r\n;;\r\n`.replaceAll(
      ';;',
      ',,',
    );
    const file = await read(text);
    expect(file.rows).toBe(2);
    expect(errorsOf(file)).toEqual([
      '4 Remand: must be one of: custody, conditional-bail, unconditional-bail, none',
    ]);
  });

  test('as one case for each URN: rows may not contradict each other, nor repeat an offence', async () => {
    const one = row();
    const file = await read(
      sheet([
        one,
        { ...one, Officer: 'PC1002', 'Offence code': 'CJ88001' },
        { ...one, URN: ` ${one['URN']?.toLowerCase()} `, Remand: 'custody' },
        { ...one, 'Defendant name': '', 'Offence code': 'CJ88001' },
        { ...one, Count: '2' },
      ]),
    );
    expect(file.cases).toHaveLength(1);
    expect(errorsOf(file)).toEqual([
      '3 Officer: differs from row 2, which is of the same case',
      '4 Remand: differs from row 2, which is of the same defendant',
      expect.stringMatching(/^4 Offence code: is the same offence of the same defendant as in row 2/),
      '5 Defendant name: is needed: the row tells of a defendant or an offence',
    ]);
  });

  test('with what is missing told under the heading where it would stand', async () => {
    const cells = row({ Officer: '', 'Victim 2 name': 'Orla Squibbleworth', 'Hearing 1 on': '10/06/2026' });
    expect(errorsOf(await read(sheet([cells]))).sort()).toEqual([
      '2 Hearing 1 court name: is needed',
      '2 Hearing 1 court: is needed',
      '2 Hearing 1 type: is needed',
      '2 Officer: is needed',
      '2 Victim 2 preferred: is needed',
    ]);
  });

  test('in the encodings of spreadsheets', async () => {
    const text = sheet([row({ 'Defendant name': 'Zoë O’Wibble' })]);
    const utf16 = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from(text.replaceAll(',', '\t'), 'utf16le'),
    ]);
    const windows = Buffer.from(text.replace('’', '\u0092'), 'latin1');
    for (const bytes of [
      Buffer.from(text),
      Buffer.from(`\uFEFF${text}`),
      utf16,
      windows,
      Buffer.from(`sep=,\r\n${text}`),
    ])
      expect((await read(bytes)).cases[0]?.body?.defendants[0]?.name).toBe('Zoë O’Wibble');
  });
});

test('the template holds no case, and its example is one', async () => {
  expect(await readCasesFile(Buffer.from(writeTemplate()))).toMatchObject({
    detail: 'The file holds no cases.',
  });
  const [example] = (await read(writeTemplate(true))).cases;
  expect(example?.errors).toEqual([]);
});

test('a case is alike to the one that it has become, in whatever order its parts stand', () => {
  fc.assert(
    fc.property(bodies, (body) => {
      const id = (...parts: (string | number)[]) => parts.join(' ');
      const people = [
        ...body.victims.map((one) => ({ ...one, role: 'victim' as const })),
        ...body.witnesses.map((one) => ({ ...one, role: 'witness' as const })),
      ];
      const hub = {
        row: { receivedAt: body.receivedAt, restricted: body.restricted },
        registration: {
          ...body,
          defendants: body.defendants
            .map((one, d) => ({
              ...one,
              id: id('d', d),
              offences: one.offences.map((offence, o) => ({ ...offence, id: id('o', d, o) })),
            }))
            .toReversed(),
          people: people.map((one, i) => ({ ...one, id: id('p', i) })),
        },
        people: {
          defendants: body.defendants.map((one, d) => ({ id: id('d', d), name: one.name })),
          offences: [],
          people: people.map((one, i) => ({
            ...one,
            id: id('p', i),
            dateOfBirth: one.dateOfBirth ?? null,
            safeContact: null,
          })),
        },
      } as unknown as Parameters<typeof compareWithCase>[1];
      // Two people of one name cannot be told apart by what is compared.
      fc.pre(new Set(people.map((one) => one.role + one.name)).size === people.length);
      fc.pre(new Set(body.hearings.map((one) => one.on + one.courtName)).size === body.hearings.length);
      expect(compareWithCase(body, hub)).toEqual([]);
      const [first] = body.defendants;
      const changed = {
        ...body,
        defendants: [{ ...first!, remandedOn: '2026-05-31' }, ...body.defendants.slice(1)],
      };
      expect(compareWithCase(changed, hub).map(({ path }) => path)).toEqual(['defendants.0.remandedOn']);
    }),
    { numRuns: 50 },
  );
});
