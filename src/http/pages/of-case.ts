import type { Context } from '../app-context.ts';
import type { FormShown } from './one-form.ts';

/** The URN in the address of a page of a case, as it stands in other addresses. */
export const urnOf = (c: Context): string => encodeURIComponent(c.req.param('urn') ?? '');

/**
 * What a page under a case has around it.
 * @param list where it is listed among others of its kind, such as `decisions`; the case itself unless given
 */
export function ofCase(
  c: Context,
  list?: { text: string; name: string },
): Required<Pick<FormShown, 'caption' | 'back'>> {
  const caption = `Case ${c.req.param('urn') ?? ''}`;
  const href = `/cases/${urnOf(c)}`;
  return {
    caption,
    back: list === undefined ? { text: caption, href } : { text: list.text, href: `${href}/${list.name}` },
  };
}
