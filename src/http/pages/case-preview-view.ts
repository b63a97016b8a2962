import type { z } from 'zod';
import type { previewSchema } from '../api/case-preview.ts';
import { deadlineFacts, type DeadlineFacts } from './deadline-facts.ts';
import type { Form } from './form-field.ts';

export type PreviewJson = z.input<typeof previewSchema>;

/** The view model of the dates that a case would have, before it is saved. */
export type CasePreviewView = {
  urn: string;
  /** Who alone will see it; null where it is not restricted. */
  seenBy: string | null;
  running: (DeadlineFacts & { about: string })[];
  /** What would be over on the day on which the case comes in. */
  over: { title: string; due: string; about: string; state: string }[];
  /** Everything that was typed, carried along. */
  carried: { name: string; value: string }[];
  form: { formToken: string; key: string };
};

export function previewView(
  preview: PreviewJson,
  form: Form,
  seenBy: readonly string[],
  hidden: CasePreviewView['form'],
): CasePreviewView {
  const shown = preview.deadlines.map((deadline) => ({
    ...deadlineFacts(deadline),
    about: deadline.about === '' ? 'The case' : deadline.about,
    state: deadline.state,
  }));
  return {
    urn: (form['urn'] ?? '').trim().toUpperCase(),
    seenBy:
      form['restricted'] !== 'true'
        ? null
        : seenBy.length === 0
          ? 'you, whoever is given the case, and the senior caseworkers'
          : seenBy.join(', '),
    running: shown.filter(({ state }) => state === 'pending'),
    over: shown
      .filter(({ state }) => state === 'met' || state === 'missed')
      .map(({ title, due, about, state }) => ({
        title,
        due,
        about,
        state: state === 'met' ? 'Met' : 'Missed',
      })),
    carried: Object.entries(form)
      .filter(([name]) => name !== 'formToken')
      .map(([name, value]) => ({ name, value })),
    form: hidden,
  };
}
