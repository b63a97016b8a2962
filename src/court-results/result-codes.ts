/**
 * What result codes of the courts say of a case, by the descriptions of the standing data. A code that stands in no
 * list here changes nothing in the case by itself; it is kept, and its triggers are raised.
 */
const codes = (...list: number[]): ReadonlySet<string> => new Set(list.map(String));

/** Remands in custody, to local authority accommodation and to youth detention, however they come about. */
export const custodyResults = codes(
  ...[4012, 4016, 4017, 4020, 4021, 4028, 4029, 4030, 4032, 4033, 4034, 4046, 4049, 4050, 4051, 4053, 4054],
  ...[4055, 4056, 4057, 4058, 4531, 4533, 4534, 4535, 4536, 4537, 4538, 4539, 4540, 4541, 4549, 4550, 4551],
  ...[4560, 4561, 4562, 4563, 4564, 4570, 4571, 4588],
);
export const conditionalBailResults = codes(4011, 4015, 4027, 4031, 4529, 4530, 4548, 4559, 4587);
export const unconditionalBailResults = codes(4013, 4014, 4035, 4047, 4542, 4543, 4552, 4558, 4589);
/** Conditions varied, imposed anew or cancelled while bail goes on. */
export const bailChangedResults = codes(4572, 4574, 4596, 4597);
/** The qualifier of a result by which bail conditions are cancelled. */
export const bailConditionsCancelled = 'LI';

/** Sent, committed or transferred to the Crown Court for trial: committal for sentence alone is not among them. */
export const sentForTrial = codes(4057, 4504, 4558, 4559, 4560, 4561, 4562, 4563, 4564, 4565, 4567, 4593);
export const committedForSentence = codes(4001, 4014, 4015, 4016, 4017, 4020, 4021, 4025, 4053, 4054);
export const remittedForTrial = codes(4587, 4588, 4589);
/** Tried summarily: what matters of it is an either-way charge. */
export const summaryTrial = codes(4511, 4512, 4513, 4514, 4519, 4520, 4522, 4523, 4524, 4525, 4526);

export const convictedResults = codes(4578, 4579);
export const acquittedResults = codes(2004, 2005, 2006, 2050, 2064, 2075, 2091, 2095);
/** Ended with no finding: withdrawn, discontinued, stayed, replaced by another charge. */
export const endedResults = codes(
  ...[2023, 2051, 2053, 2054, 2060, 2061, 2063, 2072, 2073, 2074, 2076, 2082, 2094, 2097, 2098, 2103],
);
export const diedResults = codes(1001, 2065, 2503);
export const deferredResults = codes(4005, 4060);
export const appealResults = codes(3044);
export const warrantResults = codes(4575, 4576, 4577);
/** The hearing of the message was taken out of the list of its day and put on another. */
export const rescheduledResults = codes(4553, 4554, 4555, 4556, 4557);

/** Sentences by which somebody is held. */
export const custodialSentences = codes(
  ...[1002, 1003, 1004, 1007, 1008, 1022, 1024, 1055, 1056, 1073, 1080, 1081, 1088, 1110, 1111, 1112, 1114],
  ...[1121, 1126, 1133, 1161, 1162, 1507, 3053, 4064, 4065],
);

/** Final in the standing data, and no sentence: uncoded words, orders that change another order, appeals. */
const noSentence = codes(
  ...[1000, 1028, 1029, 1030, 1031, 1032, 1040, 1046, 1049, 1050, 1087, 1109, 1113, 1117, 1118],
  ...[3018, 3030, 3045, 3049, 3093, 3112, 3118, 3513],
);

/** Whether a result that is final in the standing data sentences for an offence of which somebody is convicted. */
export function isSentence(code: string, type: string | null): boolean {
  return type === 'final' && /^[13]\d{3}$/.test(code) && !noSentence.has(code);
}

/** Pleas as a message writes them: guilty and admits; not guilty and denies. The others are no plea. */
export const pleas: Partial<Record<string, 'guilty' | 'not-guilty'>> = {
  '1': 'guilty',
  '2': 'not-guilty',
  '6': 'guilty',
  '7': 'guilty',
  '8': 'not-guilty',
};
