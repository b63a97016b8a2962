import type { StaffRole } from '../../../db/schema/people.ts';
import { isFailure } from '../../platform/failure.ts';
import type { Routes } from '../app-context.ts';
import { allowAnyone, authenticate } from '../authenticate.ts';
import { describePage } from './describe-page.ts';
import { roleNames } from './navigation.ts';
import { renderPage } from './render.ts';
import { caseReaders, everyone } from './who.ts';

/** A step of the tour, and who can take it. */
type Step = {
  heading: string;
  roles: readonly StaffRole[];
  words: string;
  href: string;
  link: string;
};

/** What the demo shows in two minutes, one page after the other. */
const steps: readonly Step[] = [
  {
    heading: 'What is next?',
    roles: caseReaders,
    words:
      'The queue is in the order in which work is given out; the button gives you the first task, and says why it is that one.',
    href: '/queue',
    link: 'My queue',
  },
  {
    heading: 'How was that date worked out?',
    roles: caseReaders,
    words:
      'Open any case from the queue. Each deadline opens to show every step of the count and the law it rests on.',
    href: '/cases',
    link: 'Cases',
  },
  {
    heading: 'Something happens',
    roles: caseReaders,
    words:
      'On a case, press “Record what happened” and say, for example, that it was sent to the Crown Court. The next page says which dates that added, changed and met, and what there is to do.',
    href: '/cases',
    link: 'Pick a case',
  },
  {
    heading: 'A case comes in',
    roles: caseReaders,
    words: 'Fill in a new case. You see the dates it would have before anything is saved.',
    href: '/cases/new',
    link: 'New case',
  },
  {
    heading: 'Who has too much to do?',
    roles: ['senior'],
    words: 'See what each caseworker has and can do, what will be late, and how the hub would share it out.',
    href: '/workload',
    link: 'Workload',
  },
  {
    heading: 'What the hub asks of an administrator',
    roles: ['administrator'],
    words: 'Next year’s bank holidays, messages in doubt, work that failed: each is a task.',
    href: '/queue',
    link: 'My queue',
  },
  {
    heading: 'What a force can set',
    roles: ['administrator'],
    words:
      'Bank holidays, people and absences, the chasing of officers, and the rules that a force may adjust.',
    href: '/admin',
    link: 'Administration',
  },
  {
    heading: 'Is the law kept?',
    roles: ['senior', 'administrator', 'auditor'],
    words:
      'Whether each deadline was met, what victims were told in time, and how good files are; each as a table too.',
    href: '/reports',
    link: 'Reports',
  },
  {
    heading: 'Any date, without a case',
    roles: everyone,
    words: 'Pick a rule, give the facts it needs, and print the answer with its steps.',
    href: '/calculator',
    link: 'The calculator',
  },
  {
    heading: 'What would have been sent',
    roles: everyone,
    words:
      'Move the clock forward a few days (README, “A tour in five minutes”) and read the chasers. Open the link in one as the officer would, on a phone.',
    href: '/demo/messages',
    link: 'Messages',
  },
  {
    heading: 'The work of somebody else',
    roles: everyone,
    words: 'Others see other pages. Change who you are, and come back here.',
    href: '/',
    link: 'Change who you are',
  },
];

/** The view model of the tour. */
export type TourView = {
  who: string | null;
  steps: { heading: string; words: string; href: string; link: string }[];
};

/** The steps that somebody can take. Who has not said who they are is shown those of a caseworker, and how to begin. */
export function tourView(staff: { name: string; role: StaffRole } | undefined): TourView {
  const role = staff?.role ?? 'caseworker';
  return {
    who: staff === undefined ? null : `${staff.name}, ${roleNames[role].toLowerCase()}`,
    steps: steps
      .filter(({ roles }) => roles.includes(role))
      .map(({ heading, words, href, link }) => ({ heading, words, href, link })),
  };
}

/** `GET /tour`, in the demo alone. */
export const tour: Routes = (app) => {
  describePage(app, 'get', '/tour', 'anyone', 'The demo in two minutes');
  app.get('/tour', allowAnyone(), async (c) => {
    const person = await authenticate(c);
    if (!isFailure(person)) c.set('staff', person);
    return renderPage(c, {
      view: 'tour',
      title: 'The demo in two minutes',
      model: tourView(isFailure(person) ? undefined : person),
      back: { text: 'Start page', href: '/' },
    });
  });
};
