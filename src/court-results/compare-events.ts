import { canonical } from './canonical.ts';
import type { DesiredEvent } from './case-results.ts';

/** An event that results made before: what it stands for and what it says. */
export type StandingEvent = { key: string; eventId: string; hearingId: string | null; says: string };

export type EventChange =
  | { kind: 'add'; desired: DesiredEvent }
  | { kind: 'replace'; desired: DesiredEvent; standing: StandingEvent }
  | { kind: 'take-back'; standing: StandingEvent };

/** What of an event makes it the same event: not when the hub heard of it, which differs with what came first. */
export function saysOf({ type, on, at, defendantId, offenceId, hearing, data }: DesiredEvent): string {
  return canonical({ type, on, at, defendantId, offenceId, hearing, data });
}

/**
 * What has to be recorded so that the events of the results are those that are desired. A hearing that the same
 * hearing now fixes for another day keeps being the same hearing: its deadlines move. Pure.
 */
export function compareEvents(
  standing: readonly StandingEvent[],
  desired: readonly DesiredEvent[],
): EventChange[] {
  const left = new Map(standing.map((one) => [one.key, one]));
  const kept = desired.map((one) => {
    const stands = left.get(one.key);
    left.delete(one.key);
    return { one, stands };
  });
  const changes = kept.map(({ one, stands }): EventChange | null => {
    const replaced = stands ?? sameNextHearing(one, left);
    if (replaced === undefined) return { kind: 'add', desired: one };
    if (stands !== undefined && stands.says === saysOf(one)) return null;
    return { kind: 'replace', desired: one, standing: replaced };
  });
  return [
    ...changes.filter((change) => change !== null),
    ...[...left.values()].map((one): EventChange => ({ kind: 'take-back', standing: one })),
  ];
}

/** The listing that the same hearing gave before and gives no longer, where it is taken for no other. */
function sameNextHearing(one: DesiredEvent, left: Map<string, StandingEvent>): StandingEvent | undefined {
  const sitting = /^next:([^@]+@[^:]*):/.exec(one.key)?.[1];
  if (sitting === undefined) return undefined;
  const [found] = [...left.values()].filter(({ key }) => key.startsWith(`next:${sitting}:`));
  if (found !== undefined) left.delete(found.key);
  return found;
}
