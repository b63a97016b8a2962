import type { Database, Transaction } from '../connect.ts';
import { officers, staff, type Rank, type StaffRole } from '../schema/people.ts';

type Team = 'crime' | 'traffic' | null;

/** Invented surnames that are nobody's, so that a search for them finds every leak. */
const staffNames: readonly [id: string, name: string, role: StaffRole, team: Team][] = [
  ['cw-1', 'Ada Wimblethwaite', 'caseworker', 'crime'],
  ['cw-2', 'Bola Quorndrake', 'caseworker', 'crime'],
  ['cw-3', 'Cerys Thrumbleby', 'caseworker', 'crime'],
  ['cw-4', 'Dev Ollerspitch', 'caseworker', 'crime'],
  ['cw-5', 'Esme Fennigrout', 'caseworker', 'traffic'],
  ['cw-6', 'Farid Snoddlecombe', 'caseworker', 'traffic'],
  ['cw-7', 'Gwen Yarrowfinch', 'caseworker', 'traffic'],
  ['cw-8', 'Hugo Brindlewick', 'caseworker', 'traffic'],
  ['sr-1', 'Imogen Cratchmere', 'senior', 'crime'],
  ['sr-2', 'Jai Puddlethorn', 'senior', 'traffic'],
  ['admin-1', 'Kit Mossgrundle', 'administrator', null],
  ['audit-1', 'Lena Vexilbury', 'auditor', null],
  ['feed-1', 'Court results and intake', 'feed', null],
];

const constables = [
  ...['Tamsin Grobblewell', 'Umar Fizzlestane', 'Vera Nockbridge', 'Wyn Dapplegarth', 'Xenia Urmsquill'],
  ...['Yusuf Brackenfold', 'Zoe Plumbottle', 'Aled Skirmwood', 'Bryn Tuffetley', 'Chidi Gorsewhistle'],
  ...['Dilys Hobblecroft', 'Evan Muddlestone', 'Fatima Larkspindle', 'Gareth Wexcombe', 'Hana Pibblesworth'],
  ...['Idris Knottlebeck', 'Jess Orminghast', 'Kofi Dravenpool', 'Lowri Sibblethwick', 'Mina Treacleby'],
] as const;
const sergeants = [
  'Nia Corbelstrand',
  'Owen Flitterbourne',
  'Priya Haggleworth',
  'Rhys Jumblethorpe',
] as const;
const stations = ['Nettlecombe', 'Oldbarrow Cross', 'Pennywick', 'Quarrelby'] as const;
const inspector = 'PI3001';
const constablesPerSergeant = 5;

/** The people of the demo, whom the HTTP contract names: staff, and officers with those above them. Run again, it changes nothing. */
export async function seedPeople(db: Database | Transaction): Promise<void> {
  await db
    .insert(staff)
    .values(
      staffNames.map(([id, name, role, team]) => ({ id, name, role, team, email: `${id}@hub.example` })),
    )
    .onConflictDoNothing();
  await db
    .insert(officers)
    .values([
      officer(inspector, 'Sian Wobblecroft', 'inspector', 0, null),
      ...sergeants.map((name, index) => officer(`PS${2001 + index}`, name, 'sergeant', index, inspector)),
      ...constables.map((name, index) => {
        const station = Math.floor(index / constablesPerSergeant);
        return officer(`PC${1001 + index}`, name, 'constable', station, `PS${2001 + station}`);
      }),
    ])
    .onConflictDoNothing();
}

function officer(collar: string, name: string, rank: Rank, station: number, supervisor: string | null) {
  const email = `${collar}@police.example`;
  return { collar, name, rank, email, station: `${stations[station]} police station`, supervisor };
}
