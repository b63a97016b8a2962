import { defectCodes, sayDefect } from '../materials/defect-codes.ts';

/** Counts of one officer, station or month by the name of the measure; defects as `defect:<code>`. */
export type Counts = Partial<Record<string, number>>;

/** How good the files of one officer, station or month were, and how they answered. Shares are 0 to 1, null of nothing. */
export type QualityFigures = {
  files: {
    checks: number;
    accepted: number;
    rejected: number;
    firstChecks: number;
    firstAccepted: number;
    /** Of the files that were checked for the first time, how many were accepted. */
    firstTimeAcceptance: number | null;
  };
  defects: { code: string; title: string; count: number }[];
  materials: {
    received: number;
    late: number;
    /** Calendar days after the day last agreed, all together. */
    daysLate: number;
    daysLateOnAverage: number | null;
  };
  chasers: { officer: number; sergeant: number; inspector: number };
  answers: {
    /** Requests that were chased. */
    asked: number;
    answered: number;
    share: number | null;
    sent: number;
    late: number;
    notMine: number;
    cannot: number;
  };
};

/** The figures of counts. Pure. */
export function figuresOf(counts: Counts): QualityFigures {
  const of = (measure: string) => counts[measure] ?? 0;
  return {
    files: {
      checks: of('checks'),
      accepted: of('accepted'),
      rejected: of('checks') - of('accepted'),
      firstChecks: of('first-checks'),
      firstAccepted: of('first-accepted'),
      firstTimeAcceptance: share(of('first-accepted'), of('first-checks')),
    },
    defects: defectsOf(counts),
    materials: {
      received: of('received'),
      late: of('received-late'),
      daysLate: of('days-late'),
      daysLateOnAverage: of('received') === 0 ? null : rounded(of('days-late') / of('received'), 1),
    },
    chasers: {
      officer: of('chaser-officer'),
      sergeant: of('chaser-sergeant'),
      inspector: of('chaser-inspector'),
    },
    answers: {
      asked: of('asked'),
      answered: of('answer-sent') + of('answer-late') + of('answer-not-mine') + of('answer-cannot'),
      share: share(
        of('answer-sent') + of('answer-late') + of('answer-not-mine') + of('answer-cannot'),
        of('asked'),
      ),
      sent: of('answer-sent'),
      late: of('answer-late'),
      notMine: of('answer-not-mine'),
      cannot: of('answer-cannot'),
    },
  };
}

const prefix = 'defect:';

function defectsOf(counts: Counts): QualityFigures['defects'] {
  return Object.entries(counts)
    .filter(([measure]) => measure.startsWith(prefix))
    .map(([measure, count = 0]) => ({ code: measure.slice(prefix.length), count }))
    .map(({ code, count }) => ({ code, title: sayDefect(code), count }))
    .sort((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1));
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : rounded(part / whole, 3);
}

export function rounded(value: number, places: number): number {
  return Math.round(value * 10 ** places) / 10 ** places;
}

/** One row of figures for CSV: a column for each figure, and one for each defect code of the list. */
export function flatFigures({ files, defects, materials, chasers, answers }: QualityFigures) {
  const known = new Set(defectCodes.map(({ code }) => code));
  const count = (code: string) => defects.find((defect) => defect.code === code)?.count ?? 0;
  const others = defects
    .filter(({ code }) => !known.has(code))
    .reduce((sum, defect) => sum + defect.count, 0);
  return {
    checks: files.checks,
    accepted: files.accepted,
    rejected: files.rejected,
    first_checks: files.firstChecks,
    first_accepted: files.firstAccepted,
    first_time_acceptance: files.firstTimeAcceptance,
    received: materials.received,
    received_late: materials.late,
    days_late: materials.daysLate,
    days_late_on_average: materials.daysLateOnAverage,
    chasers_officer: chasers.officer,
    chasers_sergeant: chasers.sergeant,
    chasers_inspector: chasers.inspector,
    requests_chased: answers.asked,
    answered: answers.answered,
    answered_share: answers.share,
    answered_sent: answers.sent,
    answered_late: answers.late,
    answered_not_mine: answers.notMine,
    answered_cannot: answers.cannot,
    ...Object.fromEntries(defectCodes.map(({ code }) => [`defect_${code}`, count(code)])),
    defect_other: others,
  };
}
