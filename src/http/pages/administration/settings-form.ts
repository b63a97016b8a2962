import type { ApiAnswer } from '../call-api.ts';
import {
  errorLinks,
  showFields,
  type ErrorLink,
  type Field,
  type FieldView,
  type Form,
} from '../form-field.ts';

export type Refused = Extract<ApiAnswer<unknown>, { kind: 'problem' }>;

/** The view model of a form that changes one setting, or of its rows too. */
export type SettingsForm = {
  action: string;
  etag: string;
  fields: FieldView[];
  errors: ErrorLink[];
  formToken: string;
};

/** Whether what was refused can be put right in the form: a field is wrong, or somebody changed it meanwhile. */
export function isForForm({ status }: Refused): boolean {
  return status === 422 || status === 412;
}

/** A form as it is shown, with what was typed and what is wrong with it. */
export function settingsForm(
  fields: readonly Field[],
  form: Form,
  options: { action: string; formToken: string; refused?: Refused | undefined },
): SettingsForm {
  const { action, formToken, refused } = options;
  const shown = showFields(fields, form, refused?.errors ?? []);
  const errors = refused === undefined ? [] : errorLinks(shown, refused.errors, refused.detail);
  return { action, etag: form['etag'] ?? '', fields: shown, errors, formToken };
}
