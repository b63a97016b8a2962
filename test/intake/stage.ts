import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';
import type { importSchema, importedCaseSchema } from '../../src/http/api/intake-json.ts';
import type { Client } from '../support/client.ts';
import { waitFor } from '../support/wait-for.ts';
import { newUrn, type Page } from '../journeys/stage.ts';

export type Import = z.input<typeof importSchema>;
export type ImportedCase = z.input<typeof importedCaseSchema>;
export type Cells = Record<string, string>;

/** A row of a spreadsheet: a crime case of Tuesday 2 June 2026 with one defendant and one offence. Nobody's names. */
export const row = (over: Cells = {}): Cells => ({
  URN: newUrn(),
  Kind: 'Crime',
  Initiation: 'Charge',
  'Anticipated plea': 'Not guilty',
  'Received at': '02/06/2026 09:00',
  Officer: 'PC1001',
  'Defendant name': 'Barnaby Wigglethrope',
  'Defendant date of birth': '12/04/1988',
  Remand: 'Unconditional bail',
  'Offence code': 'TH68006',
  'Committed on': '30/05/2026',
  'Charged on': '01/06/2026',
  ...over,
});

/** Rows as a spreadsheet saves them, with a column for whatever any of them has. */
export function sheet(rows: readonly Cells[], delimiter = ','): string {
  const columns = [...new Set(rows.flatMap((one) => Object.keys(one)))];
  return stringify([...rows], { header: true, columns, delimiter, record_delimiter: 'windows' });
}

/** Sends a file in. */
export async function upload(client: Client, body: string | Uint8Array, type = 'text/csv') {
  const sent = await client.send('/api/imports', { method: 'POST', headers: { 'Content-Type': type }, body });
  return sent as typeof sent & { body: Import };
}

/** The file once the workers have done what they can with it. */
export async function settled(client: Client, id: string): Promise<Import> {
  return waitFor('a file of cases to be worked on', async () => {
    const { body } = await client.get<Import>(`/api/imports/${id}`);
    return body.state === 'checking' || body.state === 'importing' ? undefined : body;
  });
}

export async function casesOf(client: Client, id: string): Promise<ImportedCase[]> {
  const { body } = await client.get<Page<ImportedCase>>(`/api/imports/${id}/cases?limit=100`);
  return body.items;
}
