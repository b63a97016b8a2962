import { OpenAPIHono } from '@hono/zod-openapi';
import { registry as processMetrics } from '../alerts/metrics.ts';
import type { Api, AppParts, Env, Routes } from './app-context.ts';
import { cases } from './api/cases.ts';
import { caseEvents } from './api/case-events.ts';
import { caseTimeline } from './api/case-timeline.ts';
import { deadlines } from './api/deadlines.ts';
import { materials } from './api/materials.ts';
import { queue } from './api/queue.ts';
import { tasks } from './api/tasks.ts';
import { contacts } from './api/contacts.ts';
import { people } from './api/people.ts';
import { officers } from './api/officers.ts';
import { officerAnswers } from './api/officer-answers.ts';
import { bankHolidays } from './api/bank-holidays.ts';
import { deadlineChecks } from './api/deadline-checks.ts';
import { calculateDeadline } from './api/calculate-deadline.ts';
import { custodyConfirmations } from './api/custody-confirmations.ts';
import { custodyLog } from './api/custody-log.ts';
import { calendarFeed } from './api/calendar-feed.ts';
import { courts } from './api/courts.ts';
import { whatIf } from './api/what-if.ts';
import { deadlineRules } from './api/deadline-rules.ts';
import { demoClock } from './api/demo-clock.ts';
import { demoMessages } from './api/demo-messages.ts';
import { demoTokens } from './api/demo-tokens.ts';
import { docs } from './api/docs.ts';
import { health } from './api/health.ts';
import { me } from './api/me.ts';
import { metrics } from './api/metrics.ts';
import { offences } from './api/offences.ts';
import { openapiDocument } from './api/openapi-document.ts';
import { ruleSettings } from './api/rule-settings.ts';
import { queuesBoard } from './api/queues-board.ts';
import { startPage } from './api/start-page.ts';
import { denyUndeclared } from './authenticate.ts';
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
  queue,
  tasks,
  contacts,
  people,
  officers,
  officerAnswers,
  deadlineRules,
  calculateDeadline,
  whatIf,
  ruleSettings,
  calendarFeed,
  bankHolidays,
  deadlineChecks,
  offences,
  courts,
  health,
  metrics,
  openapiDocument,
  docs,
  queuesBoard,
];

/** The modules that only the demo has. */
const demoModules: readonly Routes[] = [startPage, demoTokens, demoClock, demoMessages];

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
  app.use(denyUndeclared);

  const all = [...modules, ...(isDemo ? demoModules : []), ...(parts.extra ?? [])];
  for (const addRoutes of all) addRoutes(app, { ...parts, metrics: registry });

  app.notFound(answerNotFound(app));
  app.onError(answerError);
  return app;
}
