import type { CivilDate } from '../calendar/civil-date.ts';

/** Why something that is owed is not chased, and until when. */
export type Hold = { until: CivilDate; reason: string };

type Happened = { type: string; data: Record<string, unknown> };

/**
 * The holds of a case by the key of their request, as its events in force have them. One that has run out stays until
 * it is released or the material comes: whether it still holds is a matter of its day. Pure.
 */
export function holdsOf(events: readonly Happened[]): ReadonlyMap<string, Hold> {
  const holds = new Map<string, Hold>();
  for (const { type, data } of events) {
    const { request, until, reason } = data as { request?: string; until?: string; reason?: string };
    if (request === undefined) continue;
    if (type === 'material-held') holds.set(request, { until: until ?? '', reason: reason ?? '' });
    else if (ending.includes(type)) holds.delete(request);
  }
  return holds;
}

const ending = ['material-released', 'material-received', 'material-not-required'];
