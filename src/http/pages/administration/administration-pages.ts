import type { Routes } from '../../app-context.ts';
import { getPage } from '../page-route.ts';
import { renderPage } from '../render.ts';
import { administrators } from './administrators.ts';
import { attendancePages } from './attendance-pages.ts';
import { holidaysPage } from './holidays-page.ts';
import { ladderPages } from './ladder-pages.ts';
import { messagePages } from './message-pages.ts';
import { peoplePages } from './people-pages.ts';
import { planningPages } from './planning-pages.ts';
import { quarantinePages } from './quarantine-pages.ts';
import { rulePages } from './rule-pages.ts';
import { wordsPages } from './words-pages.ts';

/** What administrators look after, with a line on each. */
const sections = [
  {
    href: '/admin/bank-holidays',
    text: 'Bank holidays',
    what: 'The list, what its changes moved, proclaiming one after seeing what it would move',
  },
  {
    href: '/admin/people',
    text: 'People and absences',
    what: 'Who is here, when they work, what they are trained in, and who is away when',
  },
  { href: '/admin/ladder', text: 'Chasing ladder', what: 'When officers are reminded, and who is told next' },
  {
    href: '/admin/rules',
    text: 'Rules in force',
    what: 'Every deadline with its source; switching or adjusting those that are for the force to set',
  },
  {
    href: '/admin/planning',
    text: 'What is planned with',
    what: 'How long work takes by kind of task, and what moving a case costs',
  },
  { href: '/admin/words', text: 'Words of messages', what: 'What victims and witnesses are told, and how' },
  { href: '/admin/quarantine', text: 'Work that was put aside', what: 'What failed three times' },
  { href: '/admin/messages', text: 'Messages in doubt', what: 'What came back or may not have arrived' },
  {
    href: '/admin/webhooks',
    text: 'Telling other systems',
    what: 'Which systems are told of what, their secrets, and what did not arrive',
  },
  { href: '/admin/queues', text: 'Queues', what: 'What the queues hold, to look at only' },
];

/** The pages of administrators. */
export const administrationPages: Routes = (app, parts) => {
  getPage(app, '/admin', administrators, 'What administrators look after', (c) =>
    renderPage(c, { view: 'administration/index', title: 'Administration', model: { sections } }),
  );
  for (const addRoutes of [
    holidaysPage,
    peoplePages,
    attendancePages,
    ladderPages,
    planningPages,
    rulePages,
    wordsPages,
    messagePages,
    quarantinePages,
  ])
    addRoutes(app, parts);
};
