/** The instruments that many rules cite, by their full names, and from when to when they are in force. */
export const crimPR2020 = 'Criminal Procedure Rules 2020 (SI 2020/759)';
export const crimPR2025 = 'Criminal Procedure Rules 2025 (SI 2025/909)';

/** The Rules of 2020 came into force on 5 October 2020; those of 2025 replaced them on 6 October 2025. */
export const sinceCrimPR2025 = { from: '2025-10-06' };
/** The last day of the Rules of 2020. */
export const untilCrimPR2025 = '2025-10-05';
export const underCrimPR2020 = { from: '2020-10-05', to: untilCrimPR2025 };

/**
 * For a period of the Rules of 2025 whose number in those of 2020 was not read: no changed period is known, so clocks
 * that started under the Rules of 2020 are counted by it too.
 */
export const sinceCrimPR2020 = { from: '2020-10-05' };
