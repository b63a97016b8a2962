import type { DefectCode } from '../../materials/defect-codes.ts';
import type { CaseJson } from './case-glance.ts';
import { sayDayOf } from './say.ts';

type Option = { value: string; text: string; selected: boolean };

/** One material of the file, and what can be wrong with it. `n` numbers its fields. */
type FileCheckRow = {
  n: number;
  material: string;
  title: string;
  why: string;
  due: string;
  defects: Option[];
  note: string;
  error: { text: string } | null;
};

/** The view model of a file check. */
export type FileCheckView = {
  urn: string;
  action: string;
  rows: FileCheckRow[];
  errors: { text: string; href: string }[];
  formToken: string;
  key: string;
};

type Form = Record<string, string>;
type Refused = { form: Form; problems: { path: string; message: string }[]; detail: string };

/** The materials that can be checked: what is asked for and has not come, each once. */
export function toCheck(found: Pick<CaseJson, 'materials'>): CaseJson['materials'] {
  const outstanding = found.materials.filter(({ state }) => state === 'outstanding');
  return outstanding.filter(
    ({ material }, i) => outstanding.findIndex((other) => other.material === material) === i,
  );
}

/** A file check as it is shown: each material with what may be wrong with it. */
export function fileCheckView(
  found: Pick<CaseJson, 'urn' | 'materials'>,
  codes: readonly DefectCode[],
  options: { formToken: string; key: string; refused?: Refused },
): FileCheckView {
  const { formToken, key, refused } = options;
  const form = refused?.form ?? {};
  const problems = new Map(refused === undefined ? [] : problemsByRow(refused));
  const rows = toCheck(found).map((request, n) => ({
    n,
    material: request.material,
    title: request.title,
    why: request.why,
    due: sayDayOf(request.dueOn),
    defects: [
      { value: '', text: 'Nothing is wrong with it', selected: (form[`code-${n}`] ?? '') === '' },
      ...codes.map(({ code, title, group }) => ({
        value: code,
        text: `${group}: ${title}`,
        selected: form[`code-${n}`] === code,
      })),
    ],
    note: form[`note-${n}`] ?? '',
    error: problems.has(n) ? { text: problems.get(n) ?? '' } : null,
  }));
  const general = refused !== undefined && problems.size === 0 ? sayGeneral(refused) : [];
  return {
    urn: found.urn,
    action: `/cases/${found.urn}/file-check`,
    rows,
    errors: [
      ...general.map((text) => ({ text, href: '#main-content' })),
      ...rows.flatMap(({ n, title, error }) =>
        error === null ? [] : [{ text: `${title}: ${error.text}`, href: `#code-${n}` }],
      ),
    ],
    formToken,
    key,
  };
}

function sayGeneral({ problems, detail }: Refused): string[] {
  const said = problems.flatMap(({ path, message }) => (path === 'defects' ? [`A defect ${message}`] : []));
  return said.length > 0 ? said : [detail];
}

/** A refusal names the defect by its place among those sent, which is its place among the rows that have one. */
function problemsByRow({ form, problems }: Refused): [number, string][] {
  const sent = chosenRows(form);
  return problems.flatMap(({ path, message }) => {
    const row = sent[Number(/^defects\.(\d+)\./.exec(path)?.[1])];
    return row === undefined ? [] : [[row, message] as [number, string]];
  });
}

/** The numbers of the rows for which a defect was chosen. */
function chosenRows(form: Form): number[] {
  return Object.keys(form)
    .flatMap((name) => (/^code-\d{1,3}$/.test(name) && form[name] !== '' ? [Number(name.slice(5))] : []))
    .toSorted((one, other) => one - other);
}

/**
 * The check that a form says: a file without a defect is accepted; of one that is rejected, what is not found wrong
 * and was marked as here will do.
 */
export function fileCheckOf(form: Form): Record<string, unknown> {
  const rows = chosenRows(form);
  const defects = rows.map((n) => {
    const note = (form[`note-${n}`] ?? '').trim();
    return {
      material: form[`material-${n}`],
      code: form[`code-${n}`],
      ...(note === '' ? {} : { note }),
    };
  });
  if (form['result'] !== 'rejected') return { result: 'accepted', defects };
  const accepted = Object.entries(form).flatMap(([name, value]) => {
    const n = /^here-(\d{1,3})$/.exec(name)?.[1];
    return n !== undefined && value === 'yes' && !rows.includes(Number(n))
      ? [form[`material-${n}`] ?? '']
      : [];
  });
  return { result: 'rejected', accepted, defects };
}
