import type { Api, Context, StaffRole } from '../../app-context.ts';
import { callApi, type ApiAnswer } from '../call-api.ts';
import type { BarChart } from '../figures/bar-chart.ts';
import type { Table } from '../figures/table.ts';
import {
  errorLinks,
  readFields,
  showFields,
  type Field,
  type FieldProblem,
  type Form,
} from '../form-field.ts';
import { getPage, showProblem } from '../page-route.ts';
import { renderPage } from '../render.ts';

/** A chart with the table beside it, and where the table is had as CSV. */
export type ReportPart = { chart: BarChart | null; table: Table };

/** One question to the interface, and how its rows are shown. */
export type Question = { query: Record<string, string>; partOf: (rows: never[]) => ReportPart };

export type Report = {
  path: string;
  title: string;
  intro: string;
  /** How the figures are to be read. */
  notes: readonly string[];
  /** The route of the interface, asked once for each question. */
  api: string;
  fields: readonly Field[];
  /** Fields of the page that its questions answer, and that are not sent. */
  questions: (form: Form) => readonly Question[];
};

export const reportReaders: readonly StaffRole[] = ['caseworker', 'senior', 'auditor', 'administrator'];
export const reportsLink = { text: 'Reports', href: '/reports' };

/** @param before how long before the end a report begins of which no beginning was said */
export const periodFields = (before = 'Three months'): readonly Field[] => [
  { path: 'from', kind: 'date', label: 'From', hint: `${before} before, where left blank` },
  { path: 'to', kind: 'date', label: 'To', hint: 'Today, where left blank' },
];
export const teamField: Field = {
  path: 'team',
  kind: 'pick',
  label: 'Team',
  choices: [
    { value: 'crime', text: 'Crime' },
    { value: 'traffic', text: 'Traffic' },
  ],
};

/** A page of a report: its figures as charts and tables, narrowed by a form that is sent with GET. */
export function reportPage(app: Api, report: Report): void {
  const { path, title, intro, notes, api, fields } = report;
  getPage(app, path, reportReaders, title, async (c: Context) => {
    const form = c.req.query();
    const asked = asText(readFields(fields, form));
    const parts: (ReportPart & { csvHref: string })[] = [];
    let refused: Extract<ApiAnswer<unknown>, { kind: 'problem' }> | null = null;
    for (const { query, partOf } of report.questions(form)) {
      const search = new URLSearchParams({ ...asked, ...query });
      const found = await callApi<{ items: never[] }>(c, app, { path: `${api}?${search.toString()}` });
      if (found.kind === 'problem' && found.status !== 422) return showProblem(c, found);
      if (found.kind === 'problem') {
        refused = found;
        break;
      }
      if (found.body.items.length === 0) continue;
      search.delete('limit');
      search.set('format', 'csv');
      parts.push({ ...partOf(found.body.items), csvHref: `${api}?${search.toString()}` });
    }
    const problems: FieldProblem[] = refused?.errors ?? [];
    const shown = showFields(fields, form, problems);
    const model = {
      heading: title,
      intro,
      notes,
      action: path,
      fields: shown.map(withoutChoose),
      errors: refused === null ? [] : errorLinks(shown, problems, refused.detail),
      parts,
      isEmpty: parts.length === 0 && refused === null,
    };
    const page = { view: 'reports/report', title, model, back: reportsLink };
    return renderPage(c, page, refused === null ? 200 : 422);
  });
}

/** In a filter, no choice is everything. */
function withoutChoose<F extends { items: { value: string; text: string }[] }>(field: F): F {
  const items = field.items.map((item) => (item.value === '' ? { ...item, text: 'Everything' } : item));
  return { ...field, items };
}

function asText(body: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value)]));
}
