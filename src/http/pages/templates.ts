import { fileURLToPath } from 'node:url';
import nunjucks from 'nunjucks';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const folders = [
  folder('../views'),
  folder('../../../node_modules/govuk-frontend/dist'),
  folder('../../../node_modules/@ministryofjustice/frontend'),
];
const layout = 'layout.njk';

/** Templates do not change while the hub runs. */
function environment(loaders: nunjucks.ILoader[]): nunjucks.Environment {
  const settings = { autoescape: true, throwOnUndefined: false, trimBlocks: true, lstripBlocks: true };
  const made = new nunjucks.Environment(loaders, settings);
  return made.addGlobal('drawn', drawn);
}

const fromFiles = () => new nunjucks.FileSystemLoader(folders, { watch: false, noCache: false });
/** The templates of pages. */
export const views = environment([fromFiles()]);

/** The same templates with nothing around them: what a page says, without the frame that it shares with others. */
const bareLayout = {
  getSource: (name: string) =>
    name === layout ? { src: '{% block page %}{% endblock %}', path: name, noCache: false } : null,
};
export const contents = environment([bareLayout as unknown as nunjucks.ILoader, fromFiles()]);

const macros = new Map<string, nunjucks.Template>();
const drawings = new Map<string, nunjucks.runtime.SafeString>();
const mostDrawings = 1_000;

/**
 * A component of GOV.UK Frontend by its own macro, drawn once for the same words: a page has many that never differ,
 * such as tags, and calling a macro takes longer than everything else about a row.
 */
function drawn(component: string, params: object): nunjucks.runtime.SafeString {
  const key = `${component} ${JSON.stringify(params)}`;
  const known = drawings.get(key);
  if (known !== undefined) return known;
  const macro =
    macros.get(component) ??
    nunjucks.compile(
      `{% from "govuk/components/${component}/macro.njk" import ${macroOf(component)} as macro %}{{ macro(params) }}`,
      views,
    );
  macros.set(component, macro);
  const made = new nunjucks.runtime.SafeString(macro.render({ params }));
  if (drawings.size >= mostDrawings) drawings.clear();
  drawings.set(key, made);
  return made;
}

const macroOf = (component: string) =>
  `govuk${component.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}`;

/** Text as it stands in a page. */
export const escaped = (text: string) => String(escape(text));
const escape = views.getFilter('escape') as (text: string) => unknown;
