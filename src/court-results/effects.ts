/** One thing that a message did, as the answer lists it. Ids, codes and dates alone. */
export type Effect = {
  kind: 'event' | 'deadline' | 'task' | 'contact' | 'exception';
  id: string;
  /** What it is: the type of the event, the rule of the deadline, the kind of the task, what is in doubt. */
  what: string;
  caseUrn: string | null;
  change?: 'added' | 'moved' | 'met' | 'withdrawn' | 'superseded';
  trigger?: string;
  /** The code that police know an exception by. */
  code?: string;
  on?: string;
  dueOn?: string | null;
  task?: string;
};
