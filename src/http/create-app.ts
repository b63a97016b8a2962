import { OpenAPIHono } from '@hono/zod-openapi';
import { registry as processMetrics } from '../alerts/metrics.ts';
import type { Api, AppParts, Env, Routes } from './app-context.ts';
import { cases } from './api/cases.ts';
import { caseEvent } from './api/case-event.ts';
import { caseEvents } from './api/case-events.ts';
import { casePreview } from './api/case-preview.ts';
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
import { putOff } from './api/put-off.ts';
import { queue } from './api/queue.ts';
import { tasks } from './api/tasks.ts';
import { compliance } from './api/compliance.ts';
import { contacts } from './api/contacts.ts';
import { contactMessages } from './api/contact-messages.ts';
import { contactWords } from './api/contact-words.ts';
import { people } from './api/people.ts';
import { personAdded } from './api/person-added.ts';
import { personLinks } from './api/person-links.ts';
import { personRecord } from './api/person-record.ts';
import { referrals } from './api/referrals.ts';
import { witnessCareOfCase } from './api/witness-care.ts';
import { officers } from './api/officers.ts';
import { officerAnswers } from './api/officer-answers.ts';
import { officerLinksApi } from './api/officer-links.ts';
import { receipts } from './api/receipts.ts';
import { recomputations } from './api/recomputations.ts';
import { bankHolidays } from './api/bank-holidays.ts';
import { deadlineChecks } from './api/deadline-checks.ts';
import { calculateDeadline } from './api/calculate-deadline.ts';
import { custodyConfirmations } from './api/custody-confirmations.ts';
import { custodyLog } from './api/custody-log.ts';
import { calendarFeed } from './api/calendar-feed.ts';
import { correspondence } from './api/correspondence.ts';
import { records } from './api/records.ts';
import { decisions } from './api/decisions.ts';
import { finalisation } from './api/finalisation.ts';
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
import { intake } from './api/intake.ts';
import { me } from './api/me.ts';
import { messages } from './api/messages.ts';
import { metrics } from './api/metrics.ts';
import { offences } from './api/offences.ts';
import { openapiDocument } from './api/openapi-document.ts';
import { quarantine } from './api/quarantine.ts';
import { qualityReports } from './api/quality-reports.ts';
import { qualitySamples } from './api/quality-samples.ts';
import { queries } from './api/queries.ts';
import { ruleSettings } from './api/rule-settings.ts';
import { webhooks } from './api/webhooks.ts';
import { webhookDeliveries } from './api/webhooks-deliveries.ts';
import { workload } from './api/workload.ts';
import { workReports } from './api/work-reports.ts';
import { effort } from './api/effort.ts';
import { planningSettings } from './api/planning-settings.ts';
import { teamSettings } from './api/team-settings.ts';
import { conflicts } from './api/conflicts.ts';
import { rebalances } from './api/rebalances.ts';
import { rebalanceChanges } from './api/rebalances-apply.ts';
import { rebalancePins } from './api/rebalances-pins.ts';
import { handOvers } from './api/rebalances-single.ts';
import { forecast } from './api/forecast.ts';
import { staffAbsences } from './api/staff-absences.ts';
import { staffList } from './api/staff-list.ts';
import { staffMembers } from './api/staff-members.ts';
import { staffPattern } from './api/staff-pattern.ts';
import { staffSkills } from './api/staff-skills.ts';
import { queuesBoard } from './api/queues-board.ts';
import { readTaskRoute } from './api/read-task.ts';
import { denyUndeclared } from './authenticate.ts';
import { accountPage } from './pages/account-page.ts';
import { administrationPages } from './pages/administration/administration-pages.ts';
import { assets } from './pages/assets.ts';
import { calculatorPage } from './pages/calculator-page.ts';
import { attemptPage } from './pages/attempt-page.ts';
import { casePages } from './pages/case-pages.ts';
import { deadlineMetPage } from './pages/deadline-met-page.ts';
import { exceptionPages } from './pages/court/exception-pages.ts';
import { decisionPages } from './pages/decisions/decision-pages.ts';
import { eventPage } from './pages/event-page.ts';
import { fileCheckPage } from './pages/file-check-page.ts';
import { finalisePage } from './pages/finalise-page.ts';
import { handOverPages } from './pages/hand-over-pages.ts';
import { importPages } from './pages/imports/import-pages.ts';
import { letterPages } from './pages/letters/letter-pages.ts';
import { materialPage } from './pages/material-page.ts';
import { newCasePage } from './pages/new-case-page.ts';
import { shortcutsPage } from './pages/shortcuts.ts';
import { personPages } from './pages/person/person-pages.ts';
import { putOffPage } from './pages/put-off-page.ts';
import { queuePage } from './pages/queue-page.ts';
import { personAddedPage } from './pages/person-added-page.ts';
import { recordPages } from './pages/records/record-pages.ts';
import { referralPages } from './pages/referrals/referral-pages.ts';
import { reportPages } from './pages/reports/report-pages.ts';
import { seniorPages } from './pages/senior/senior-pages.ts';
import { signIn } from './pages/sign-in.ts';
import { webhookPages } from './pages/webhooks/webhook-pages.ts';
import { taskPage } from './pages/task-page.ts';
import { liveQueue } from './live/live-queue.ts';
import { tour } from './pages/tour.ts';
import { tellOnPage } from './pages/tell-on-page.ts';
import { explainIssues } from '../platform/explain-issues.ts';
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
  intake,
  casePreview,
  caseEvents,
  caseEvent,
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
  putOff,
  tasks,
  readTaskRoute,
  contacts,
  contactMessages,
  contactWords,
  people,
  personAdded,
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
  records,
  decisions,
  finalisation,
  queries,
  qualityReports,
  workReports,
  qualitySamples,
  deadlineRules,
  calculateDeadline,
  whatIf,
  ruleSettings,
  chasingLadder,
  calendarFeed,
  bankHolidays,
  recomputations,
  deadlineChecks,
  quarantine,
  offences,
  courts,
  courtResults,
  courtExceptions,
  health,
  metrics,
  openapiDocument,
  docs,
  staffList,
  staffMembers,
  staffAbsences,
  staffPattern,
  staffSkills,
  workload,
  forecast,
  effort,
  planningSettings,
  teamSettings,
  conflicts,
  rebalances,
  rebalanceChanges,
  rebalancePins,
  handOvers,
  queuesBoard,
  webhooks,
  webhookDeliveries,
];

/** The pages, which ask the modules above. */
const pages: readonly Routes[] = [
  assets,
  signIn,
  accountPage,
  queuePage,
  putOffPage,
  liveQueue,
  taskPage,
  newCasePage,
  casePages,
  personPages,
  attemptPage,
  eventPage,
  materialPage,
  calculatorPage,
  shortcutsPage,
  fileCheckPage,
  finalisePage,
  decisionPages,
  recordPages,
  letterPages,
  handOverPages,
  deadlineMetPage,
  personAddedPage,
  referralPages,
  exceptionPages,
  importPages,
  webhookPages,
  seniorPages,
  administrationPages,
  reportPages,
];

/** The modules that only the demo has. */
const demoModules: readonly Routes[] = [demoTokens, demoClock, demoMessages, tour];

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
