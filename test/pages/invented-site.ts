import { decisionHeadingNames } from '../../src/decisions/national-decision-model.ts';
import { startImports } from '../../workers/imports.ts';
import { row, settled, sheet, upload } from '../intake/stage.ts';
import { courtCase, tell } from '../journeys/court-stage.ts';
import { ask, log } from '../journeys/correspondence-stage.ts';
import {
  defendant,
  expectStatus,
  magistratesHearing,
  newUrn,
  pull,
  record,
  victim,
  witness,
} from '../journeys/stage.ts';
import { startTestHub, type TestHub } from '../support/app.ts';
import { caseOf, completedWork, messageInDoubt, officerPage, putAside } from './own-work.ts';

/** Whoever goes through the pages, and where they begin; nobody is signed in as ''. */
export type Tour = { who: string; starts: string[] };

/**
 * A hub with something of every kind on its pages, and the addresses from which links lead to all of them. A page to
 * which no link leads from there, and a state that needs something of its own, is put here.
 */
export async function startSite(): Promise<{ hub: TestHub; tours: Tour[] }> {
  const hub = await startTestHub({
    now: '2026-06-02T10:00:00+01:00',
    environment: { LINK_SECRET: 'a secret of the tests, of more than 32 characters' },
  });
  const caseworker = hub.as('cw-1');
  const courts = await courtCase(hub.as('sr-1'));
  await tell(hub.as('feed-1'), {
    on: '2026-06-01',
    urn: courts.urn,
    defendants: [{ offences: [{ plea: '1', finding: 'G', results: [{ code: 9123 }] }] }],
  });
  const full = await caseOf(hub, 'cw-1', {
    defendants: [
      defendant({ remand: 'custody', remandedOn: '2026-06-01' }),
      defendant({ name: 'Tancred Mizzlefont' }),
    ],
    victims: [
      victim({
        safeContact: { note: 'Call from a withheld number only' },
        enhancedRights: true,
        support: { consentToRefer: 'given', askedOn: '2026-06-01' },
      }),
    ],
    witnesses: [witness({ support: { consentToRefer: 'given', askedOn: '2026-06-01' } })],
    hearings: [magistratesHearing('2026-06-12', 'first-hearing')],
    domesticAbuse: true,
  });
  const quiet = await caseOf(hub, 'cw-1', { officer: 'PC1005' });
  await expectStatus(
    201,
    caseworker.post(`/api/cases/${full.urn}/decisions`, {
      about: 'bail',
      decision: 'Ask the court to extend bail',
      rationale: Object.fromEntries(decisionHeadingNames.map((heading) => [heading, `Because ${heading}`])),
      reviewOn: '2026-06-09',
    }),
  );
  await log(caseworker, full);
  await ask(caseworker, full);
  await record(caseworker, full.urn, {
    type: 'hearing-moved',
    on: '2026-06-02',
    hearing: full.hearings[0]?.id,
    data: { on: '2026-06-19' },
  });
  const agency = await expectStatus(
    201,
    hub.as('admin-1').post<{ id: string }>('/api/agencies', {
      ...{ name: 'Lavender Hill Support', services: ['young people'], contact: {} },
    }),
  );
  for (const { id } of [...full.victims, ...full.witnesses])
    await expectStatus(
      201,
      caseworker.post(`/api/people/${id}/referrals`, { agency: agency.id, why: 'They asked' }),
    );
  const webhook = await expectStatus(
    201,
    hub.as('admin-1').post<{ id: string }>('/api/webhooks', {
      url: 'http://127.0.0.1:9/hook',
      description: 'Record system',
      events: ['case.created'],
    }),
  );
  const imports = startImports(hub.hub, 50);
  const file = await upload(
    caseworker,
    sheet([row({ URN: newUrn() }), row({ URN: newUrn(), Officer: 'PC9999' })]),
  );
  await settled(caseworker, file.body.id);
  await imports.close();
  const waiting = await upload(caseworker, sheet([row({ URN: newUrn() })]));
  await completedWork(hub, '2026-05', 4);
  await messageInDoubt(hub);
  await putAside(hub);
  const officer = await officerPage(hub, 'PC1005', quiet);
  await hub.hub.sql`
    update tasks set assignee = 'cw-1' where state = 'open' and case_id is not null and cardinality(not_for) = 0`;
  await pull(caseworker, 'cw-1');
  const closed = await caseOf(hub, 'cw-1');
  const proposal = await expectStatus(
    201,
    hub.as('sr-1').post<{ id: string }>('/api/rebalances', { newStarter: 'cw-4' }),
  );
  const tasks = await hub.hub.sql<{ id: string }[]>`
    select distinct on (kind) id from tasks where state = 'open' and case_id is not null order by kind, id`;
  const day = (path: string, of: string) => `${path}-day=${of}&${path}-month=1&${path}-year=2026`;
  return {
    hub,
    tours: [
      { who: '', starts: ['/', '/tour', '/nowhere', officer, `/r/${quiet.id}.no`] },
      {
        who: 'cw-1',
        starts: [
          '/queue',
          ...tasks.map(({ id }) => `/tasks/${id}`),
          ...[full, quiet, courts].map(({ urn }) => `/cases/${urn}`),
          ...['file-check', 'finalise', 'decisions', 'records', 'correspondence', 'queries'].map(
            (name) => `/cases/${full.urn}/${name}`,
          ),
          ...full.contacts.map(({ id }) => `/api/contacts/${id}/letter`).slice(0, 1),
          ...[file, waiting].map(({ body }) => `/imports/${body.id}`),
          `/cases/${closed.urn}/finalise`,
          `/cases/${full.urn}/events/new?type=hearing-listed`,
          `/cases/${full.urn}/events/new?type=action-plan-received`,
          '/cases?q=nobodyiscalledthis',
          `/cases?${day('hearingOn', '42')}`,
          '/queue?about=chase',
          '/calculator?q=nosuchrule',
          '/calculator?rule=ctl-summary-56&go=yes',
          `/calculator?rule=ctl-summary-56&go=yes&${day('facts.custody.0.from', '10')}`,
          '/cases/21AB9999926',
          '/workload',
        ],
      },
      { who: 'cw-8', starts: ['/queue', '/court-exceptions?state=none'] },
      {
        who: 'sr-1',
        starts: [
          '/queue',
          '/workload',
          '/workload?team=traffic',
          `/cases/${full.urn}/move`,
          `/rebalances/${proposal.id}`,
          '/reports/quality-sample?month=2026-05',
          `/reports/timeliness?${day('from', '40')}`,
          '/reports/timeliness?team=traffic',
        ],
      },
      {
        who: 'admin-1',
        starts: [
          '/admin',
          '/queue',
          '/admin/people/cw-2',
          `/admin/webhooks/${webhook.id}`,
          '/admin/rules?q=nothing+is+called+this',
          '/admin/rules/file-to-cps-post-charge',
        ],
      },
      { who: 'audit-1', starts: ['/reports'] },
    ],
  };
}
