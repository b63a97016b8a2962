let serial = 70_000;

/** A case in which somebody is in custody, so that a limit is watched, and an officer owes material. */
export function caseBody(day: string, urn = `21AB${(serial += 1)}26`) {
  return {
    urn,
    kind: 'crime',
    initiation: 'charge',
    anticipatedPlea: 'not-guilty',
    // In London, and gone by at whatever time of that day the test runs.
    receivedAt: `${day}T00:00:00`,
    officer: 'PC1001',
    defendants: [
      {
        name: 'Barnaby Wigglethrope',
        remand: 'custody',
        remandedOn: day,
        offences: [{ code: 'TH68006', committedOn: day, chargedOn: day }],
      },
    ],
    hearings: [],
    victims: [],
    witnesses: [],
  };
}
