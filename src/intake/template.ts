import { stringify } from 'csv-stringify/sync';
import { columns, headingOf, numberedGroups, type Column } from './columns.ts';

/** As many hearings, victims and witnesses as the template has room for; more may be numbered on. */
const roomFor = 2;

/** A case of nobody, as it stands in the rows of the template: headings and cells. */
const exampleRows: readonly Record<string, string>[] = [
  {
    URN: '21AB1234526',
    Kind: 'crime',
    Initiation: 'charge',
    'Anticipated plea': 'not-guilty',
    'Received at': '02/06/2026 09:00',
    Officer: 'PC1001',
    'Defendant name': 'Orsino Blenkhurst',
    'Defendant date of birth': '12/04/1990',
    Remand: 'custody',
    'Remanded on': '01/06/2026',
    'Offence code': 'TH68006',
    'Committed on': '30/05/2026',
    'Charged on': '01/06/2026',
    'Domestic abuse': 'No',
    'Hearing 1 on': '02/07/2026',
    'Hearing 1 at': '10:00',
    'Hearing 1 court': 'magistrates',
    'Hearing 1 court name': 'Norwich Magistrates’ Court',
    'Hearing 1 type': 'first-hearing',
    'Victim 1 name': 'Petra Quillbarrow',
    'Victim 1 phone': '07700 900123',
    'Victim 1 preferred': 'phone',
    'Victim 1 enhanced rights': 'Yes',
    'Victim 1 enhanced reasons': 'vulnerable',
  },
  {
    URN: '21AB1234526',
    'Defendant name': 'Orsino Blenkhurst',
    'Offence code': 'CJ88001',
    'Committed on': '30/05/2026',
    'Charged on': '01/06/2026',
  },
];

/** The headings of the template, in order. */
export const templateHeadings: readonly string[] = columns
  .filter(({ group }) => !numberedGroups.includes(group))
  .map((column) => headingOf(column))
  .concat(numberedGroups.flatMap((group) => numbered(columns.filter((column) => column.group === group))));

function numbered(own: readonly Column[]): string[] {
  return Array.from({ length: roomFor }, (_, i) => own.map((column) => headingOf(column, i + 1))).flat();
}

/**
 * The template as CSV, with a byte order mark so that spreadsheets read it as UTF-8: headings alone, so that nothing
 * invented is sent in by mistake, or with the rows of an example.
 */
export function writeTemplate(withExample = false): string {
  return stringify(withExample ? [...exampleRows] : [], {
    header: true,
    columns: [...templateHeadings],
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
  });
}
