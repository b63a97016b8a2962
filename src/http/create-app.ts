import { OpenAPIHono } from '@hono/zod-openapi';
import { registry as processMetrics } from '../alerts/metrics.ts';
import type { Api, AppParts, Env, Routes } from './app-context.ts';
import { cases } from './api/cases.ts';
import { caseEvents } from './api/case-events.ts';
import { caseTimeline } from './api/case-timeline.ts';
import { deadlines } from './api/deadlines.ts';
import { fileChecks } from './api/file-checks.ts';
import { caseFile } from './api/file-list.ts';
import { fileStandardsList } from './api/file-standards.ts';
import { chasingLadder } from './api/chasing-ladder.ts';
import { materialHolds } from './api/material-holds.ts';
import { materials } from './api/materials.ts';
import { officerAbsences } from './api/officer-absences.ts';
import { standingRequests } from './api/standing-requests.ts';
import { queue } from './api/queue.ts';
import { tasks } from './api/tasks.ts';
import { compliance } from './api/compliance.ts';
import { contacts } from './api/contacts.ts';
import { contactMessages } from './api/contact-messages.ts';
import { contactWords } from './api/contact-words.ts';
import { people } from './api/people.ts';
import { personLinks } from './api/person-links.ts';
import { personRecord } from './api/person-record.ts';
import { referrals } from './api/referrals.ts';
import { witnessCareOfCase } from './api/witness-care.ts';
import { officers } from './api/officers.ts';
import { officerAnswers } from './api/officer-answers.ts';
import { officerLinksApi } from './api/officer-links.ts';
import { receipts } from './api/receipts.ts';
import { bankHolidays } from './api/bank-holidays.ts';
import { bankHolidaysAdministration } from './api/bank-holidays-page.ts';
import { deadlineChecks } from './api/deadline-checks.ts';
import { calculateDeadline } from './api/calculate-deadline.ts';
import { custodyConfirmations } from './api/custody-confirmations.ts';
import { custodyLog } from './api/custody-log.ts';
import { calendarFeed } from './api/calendar-feed.ts';
import { correspondence } from './api/correspondence.ts';
import { courtExceptions } from './api/court-exceptions.ts';
import { courtResults } from './api/court-results.ts';
import { courts } from './api/courts.ts';
import { whatIf } from './api/what-if.ts';
import { deadlineRules } from './api/deadline-rules.ts';
import { demoClock } from './api/demo-clock.ts';
import { demoMessages } from './api/demo-messages.ts';
import { demoTokens } from './api/demo-tokens.ts';
import { docs } from './api/docs.ts';
import { health } from './api/health.ts';
import { agencies } from './api/agencies.ts';
import { me } from './api/me.ts';
import { messages } from './api/messages.ts';
import { metrics } from './api/metrics.ts';
import { offences } from './api/offences.ts';
import { openapiDocument } from './api/openapi-document.ts';
import { qualityReports } from './api/quality-reports.ts';
import { queries } from './api/queries.ts';
import { ruleSettings } from './api/rule-settings.ts';
import { workload } from './api/workload.ts';
import { effort } from './api/effort.ts';
import { teamSettings } from './api/team-settings.ts';
import { conflicts } from './api/conflicts.ts';
import { forecast } from './api/forecast.ts';
import { staffAbsences } from './api/staff-absences.ts';
import { staffPattern } from './api/staff-pattern.ts';
import { staffSkills } from './api/staff-skills.ts';
import { queuesBoard } from './api/queues-board.ts';
import { readTaskRoute } from './api/read-task.ts';
import { denyUndeclared } from './authenticate.ts';
import { assets } from './pages/assets.ts';
import { casePages } from './pages/case-pages.ts';
import { fileCheckPage } from './pages/file-check-page.ts';
import { queuePage } from './pages/queue-page.ts';
import { signIn } from './pages/sign-in.ts';
import { taskPage } from './pages/task-page.ts';
import { tellOnPage } from './pages/tell-on-page.ts';
import { explainIssues } from './explain-issues.ts';
import { httpMetrics } from './http-metrics.ts';
import { answerNotFound } from './not-found.ts';
import { answerError, problem } from './problem.ts';
import { beginRequest } from './request-id.ts';
import { logRequests } from './request-log.ts';
import { secureHeaders } from './secure-headers.ts';

/** Every module of routes that the hub always has. */
const modules: readonly Routes[] = [
  me,
  cases,
  caseEvents,
  caseTimeline,
  deadlines,
  custodyConfirmations,
  custodyLog,
  materials,
  materialHolds,
  caseFile,
  fileChecks,
  fileStandardsList,
  standingRequests,
  queue,
  tasks,
  readTaskRoute,
  contacts,
  contactMessages,
  contactWords,
  people,
  personLinks,
  personRecord,
  agencies,
  referrals,
  witnessCareOfCase,
  compliance,
  officers,
  officerAbsences,
  officerAnswers,
  officerLinksApi,
  messages,
  receipts,
  correspondence,
  queries,
  qualityReports,
  deadlineRules,
  calculateDeadline,
  whatIf,
  ruleSettings,
  chasingLadder,
  calendarFeed,
  bankHolidays,
  bankHolidaysAdministration,
  deadlineChecks,
  offences,
  courts,
  courtResults,
  courtExceptions,
  health,
  metrics,
  openapiDocument,
  docs,
  staffAbsences,
  staffPattern,
  staffSkills,
  workload,
  forecast,
  effort,
  teamSettings,
  conflicts,
  queuesBoard,
];

/** The pages, which ask the modules above. */
const pages: readonly Routes[] = [assets, signIn, queuePage, taskPage, casePages, fileCheckPage];

/** The modules that only the demo has. */
const demoModules: readonly Routes[] = [demoTokens, demoClock, demoMessages];

/** The application: middleware in the order in which a request meets it, then the routes. Nothing is listened to yet. */
export function createApp(parts: AppParts): Api {
  const { config } = parts.hub;
  const registry = parts.metrics ?? processMetrics;
  const isDemo = config.mode === 'demo' && parts.demo !== undefined;
  const app: Api = new OpenAPIHono<Env>({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      const { data } = result as { data?: unknown };
      const detail = 'Some of what was sent cannot be accepted.';
      return problem(c, { kind: 'invalid', detail, errors: explainIssues(result.error.issues, data) });
    },
  });

  app.use(beginRequest(parts));
  app.use(logRequests(httpMetrics(registry)));
  app.use(secureHeaders({ overHttps: config.publicUrl.startsWith('https:') }));
  app.use(tellOnPage);
  app.use(denyUndeclared);

  const all = [...modules, ...pages, ...(isDemo ? demoModules : []), ...(parts.extra ?? [])];
  for (const addRoutes of all) addRoutes(app, { ...parts, metrics: registry });

  app.notFound(answerNotFound(app));
  app.onError(answerError);
  return app;
}
