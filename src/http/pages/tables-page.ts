import type { Context } from '../app-context.ts';
import type { Table } from './figures/table.ts';
import type { FieldView } from './form-field.ts';
import { restHref } from './listed.ts';
import { noticeOf } from './notices.ts';
import { renderPage } from './render.ts';

/** The view model of a page of tables, one page of a list. */
export type TablesView = {
  title: string;
  /** Above the heading: the case that it is of. */
  caption?: string;
  intro?: string[];
  button?: { text: string; href: string };
  /** The fields of the form by which it is filtered. */
  filters?: FieldView[];
  tables: Table[];
  /** What is said where there is no table. */
  nothing: string;
  links?: { text: string; href: string }[];
};

/**
 * Draws a page of tables.
 * @param next the cursor of the next page of the list; null where there is none
 */
export function tablesPage(
  c: Context,
  view: TablesView,
  back: { text: string; href: string },
  next: string | null = null,
): Response | Promise<Response> {
  const model = { ...view, action: c.req.path, nextHref: restHref(c, next), notice: noticeOf(c) };
  return renderPage(c, { view: 'tables', title: view.title, model, back });
}
