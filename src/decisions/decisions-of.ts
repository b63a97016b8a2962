import type { CivilDate } from '../calendar/civil-date.ts';
import type { CaseState, Occurrence } from '../deadlines/case-state.ts';
import type { Instant } from '../platform/clock.ts';

export const decisionSubjects = [
  'charging',
  'bail',
  'disclosure',
  'evidence',
  'victims-and-witnesses',
  'media',
  'property',
  'appeal',
  'finalisation',
  'other',
] as const;

/** What a review comes to: the earlier decision stands, or this one takes its place. */
export const reviewOutcomes = ['stands', 'replaced'] as const;

/** `data` of `decision-recorded`: facts. What was decided and why stands apart, in words. */
export type DecisionRecorded = {
  about: (typeof decisionSubjects)[number];
  /** The decision that this one reviews, and what that comes to. */
  reviews?: string;
  outcome?: (typeof reviewOutcomes)[number];
  /** The day by which it is to be looked at again. */
  reviewOn?: CivilDate;
};

/** A decision of a case as its events in force have it. The id is that of the event by which it was recorded. */
export type Decision = Omit<DecisionRecorded, 'reviewOn' | 'reviews' | 'outcome'> & {
  id: string;
  at: Instant;
  reviews: string | null;
  outcome: (typeof reviewOutcomes)[number] | null;
  reviewOn: CivilDate | null;
  /** The decisions that reviewed it, in order. */
  reviewedBy: Occurrence[];
  /** The decision that took its place. */
  closedBy: Occurrence | null;
};

/** The decisions of a case, in order of when they were taken. Pure. */
export function decisionsOf(state: Pick<CaseState, 'decisions'>): Decision[] {
  const recorded = state.decisions.filter(({ type }) => type === 'decision-recorded');
  return recorded.map((one): Decision => {
    const { about, reviews = null, outcome = null, reviewOn = null } = one.data as DecisionRecorded;
    const reviewedBy = recorded.filter(({ data }) => data['reviews'] === one.eventId);
    return {
      id: one.eventId,
      at: one.at ?? one.receivedAt,
      about,
      reviews,
      outcome,
      reviewOn,
      reviewedBy,
      closedBy: reviewedBy.find(({ data }) => data['outcome'] === 'replaced') ?? null,
    };
  });
}

/** Whether a decision that was to be looked at again has been. */
export function isReviewed(state: Pick<CaseState, 'decisions'>, id: string | undefined): boolean {
  return state.decisions.some(({ type, data }) => type === 'decision-recorded' && data['reviews'] === id);
}
