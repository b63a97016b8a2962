/**
 * The case over which a story lays its own: one defendant on bail, charged with an either-way theft, nothing listed,
 * nobody to tell. Body of `POST /api/cases` without the URN.
 */
export const ordinaryCase: Record<string, unknown> = {
  kind: 'crime',
  initiation: 'charge',
  anticipatedPlea: 'not-guilty',
  receivedAt: '2026-06-01T09:00:00+01:00',
  officer: 'PC1001',
  defendants: [
    {
      name: 'Sam Example',
      remand: 'unconditional-bail',
      offences: [
        { code: 'TH68006', class: 'either-way', committedOn: '2026-05-01', chargedOn: '2026-05-29' },
      ],
    },
  ],
  hearings: [],
  victims: [],
  witnesses: [],
};
