import type { TaskJson } from '../api/task-json.ts';

/** The page on which a task is done, where that takes more than a word; null where it is done on its own page. */
export function taskDoneAt({
  kind,
  caseUrn,
  subject,
}: Pick<TaskJson, 'kind' | 'caseUrn' | 'subject'>): { text: string; href: string } | null {
  if (kind === 'court-exception')
    return { text: 'Choose what the result means', href: `/court-exceptions/${subject['exception'] ?? ''}` };
  if (caseUrn === null) return null;
  const place = pageOf(kind, subject);
  return place === null ? null : { text: place.text, href: `/cases/${caseUrn}/${place.path}` };
}

function pageOf(kind: string, subject: TaskJson['subject']): { text: string; path: string } | null {
  switch (kind) {
    case 'check-file':
      return { text: 'Check the file', path: 'file-check' };
    case 'finalise-case':
      return { text: 'Finalise the case', path: 'finalise' };
    case 'review-decision':
      return { text: 'Review the decision', path: `decisions/${subject['decisionId'] ?? ''}/review` };
    case 'answer-query':
      return { text: 'Read and answer it', path: `queries/${subject['queryId'] ?? ''}` };
    case 'answer-correspondence':
    case 'chase-answer':
      return { text: 'Read and answer it', path: `correspondence/${subject['correspondenceId'] ?? ''}` };
    default:
      return null;
  }
}

type Link = { text: string; href: string };

/** Where a task is best done: the pages on which what it asks for is recorded, most to the point first. */
export function taskLinks({
  kind,
  caseUrn,
  subject,
  materialId,
}: Pick<TaskJson, 'kind' | 'caseUrn' | 'subject' | 'materialId'>): Link[] {
  const general = generalLinks[kind];
  if (caseUrn === null) return kind === 'webhook-failed' ? [webhookLink(subject)] : (general ?? []);
  const ofCase = `/cases/${caseUrn}`;
  return [
    ...(general ?? []),
    ...(materialId === null
      ? []
      : [{ text: 'What was asked for', href: `${ofCase}/materials/${materialId}` }]),
    ...(asksOfficer.includes(kind)
      ? [{ text: 'Ask somebody else for it', href: `${ofCase}/materials/new` }]
      : []),
    ...(kind === 'take-over-case'
      ? [{ text: 'What was written for you', href: `${ofCase}/hand-overs` }]
      : []),
    ...(kind === 'settle-custody-limit'
      ? [{ text: 'What is recorded, to correct it', href: `${ofCase}#history` }]
      : []),
    ...(kind === 'result-query' ? [askOfCourt(ofCase, subject)] : []),
    { text: 'Record what happened', href: `${ofCase}/events/new` },
  ];
}

const asksOfficer = ['find-owner', 'decide-without', 'chasing-failed', 'chasing-failed-senior'];

/** Tasks that are of no case, or of more than one. */
const generalLinks: Record<string, Link[]> = {
  'plan-warning': [
    { text: 'What will be late', href: '/forecast' },
    { text: 'Share the work out', href: '/rebalances' },
  ],
  'load-bank-holidays': [{ text: 'Bank holidays', href: '/admin/bank-holidays' }],
};

function webhookLink({ webhookId = '' }: TaskJson['subject']): Link {
  return { text: 'What it was told', href: `/admin/webhooks/${webhookId}?state=failed` };
}

/** The letter that completes the task, filled in as far as the task says. */
function askOfCourt(ofCase: string, { hearingId = '' }: TaskJson['subject']): Link {
  const asked = { direction: 'out', with: 'court', subject: 'result', hearing: hearingId };
  const query = new URLSearchParams(asked).toString();
  return { text: 'Log what you asked of the court', href: `${ofCase}/correspondence/new?${query}` };
}
