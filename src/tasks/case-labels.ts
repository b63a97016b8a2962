import type { Database, Transaction } from '../../db/connect.ts';
import { runHot } from '../../db/hot-statement.ts';

/** What a list shows of a case. */
export type CaseLabel = { urn: string; defendants: string[] };

const mostKept = 50_000;
/**
 * Neither a case's URN nor the names of its defendants ever change, so what was read once is kept: people look at the same
 * lists again and again, and to look up the case of each line is a tenth of what a page of one takes.
 */
const kept = new Map<string, CaseLabel>();

const statement = `select c.id, c.urn, c.defendant_names as defendants
  from jsonb_array_elements_text($1::text::jsonb) asked join cases c on c.id = asked::uuid`;

/** The labels of these cases. Who may see them is for the caller to decide. */
export async function readCaseLabels(
  db: Database | Transaction,
  caseIds: readonly (string | null)[],
): Promise<Map<string, CaseLabel>> {
  const labels = new Map<string, CaseLabel>();
  const missing = new Set<string>();
  for (const id of caseIds) {
    if (id === null) continue;
    const label = kept.get(id);
    if (label === undefined) missing.add(id);
    else labels.set(id, label);
  }
  if (missing.size === 0) return labels;
  const rows = await runHot<CaseLabel & { id: string }>(db, statement, [JSON.stringify([...missing])]);
  if (kept.size + rows.length > mostKept) kept.clear();
  for (const { id, urn, defendants } of rows) {
    const label = { urn, defendants };
    kept.set(id, label);
    labels.set(id, label);
  }
  return labels;
}
