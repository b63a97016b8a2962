/**
 * Which results raise which trigger, as police know them: by the public rules of Bichard 7, which moves court results
 * to the Police National Computer (Ministry of Justice, MIT), and the standing data that describes its triggers.
 */
export type TriggerByResult = {
  trigger: string;
  results: readonly number[];
  /** Raised once for a defendant at a hearing, not for each offence. */
  once?: true;
  /** Only where an offence of the defendant is recordable on the Police National Computer. */
  recordable?: true;
};

export const triggersByResult: readonly TriggerByResult[] = [
  {
    trigger: 'TRPR0001',
    results: [3007, 3028, 3030, 3050, 3051, 3070, 3071, 3072, 3073, 3074, 3094, 3095, 3096],
  },
  {
    trigger: 'TRPR0005',
    results: [4012, 4016, 4028, 4032, 4049, 4050, 4051, 4053, 4054, 4056, 4057, 4058, 4541, 4560, 4564, 4588],
    once: true,
  },
  {
    trigger: 'TRPR0006',
    results: [
      1002, 1003, 1004, 1007, 1008, 1024, 1055, 1056, 1058, 1073, 1074, 1075, 1077, 1080, 1081, 1088, 1091,
      1092, 1093, 1110, 1111, 1121, 1126, 1133, 1507, 3053, 3132,
    ],
    once: true,
  },
  {
    trigger: 'TRPR0007',
    results: [2065],
    once: true,
  },
  {
    trigger: 'TRPR0012',
    results: [2509],
    once: true,
  },
  {
    trigger: 'TRPR0016',
    results: [3055, 3056, 3134, 3135, 3136, 3137, 3138],
    recordable: true,
  },
  {
    trigger: 'TRPR0017',
    results: [2007],
    recordable: true,
  },
  {
    trigger: 'TRPR0019',
    results: [4017, 4046, 4055, 4561],
    once: true,
  },
  {
    trigger: 'TRPR0021',
    results: [3002, 3022, 3023, 3025, 3035, 3115],
  },
  {
    trigger: 'TRPR0022',
    results: [4022, 4067, 4068],
    once: true,
  },
  {
    trigger: 'TRPR0026',
    results: [3075, 3076],
  },
  {
    trigger: 'TRPS0002',
    results: [3107],
    once: true,
  },
  {
    trigger: 'TRPS0008',
    results: [3105],
  },
];

/** Orders (TRPR0003); a youth rehabilitation order counts with a prohibited activity, curfew or residence requirement. */
export const orders: readonly number[] = [
  1100, 1177, 1178, 3034, 3041, 3047, 3068, 3078, 3080, 3082, 3100, 3106, 3115, 3121, 3122, 3123, 3124, 3125,
  3133, 3284, 3285, 3288, 3324, 3326, 4590,
];
export const youthRehabilitationOrders: readonly number[] = [1141, 1142, 1143];
export const youthRequirements: readonly number[] = [3104, 3105, 3107];

export const sexualOrders: readonly number[] = [
  1179, 1181, 3052, 3081, 3085, 3086, 3087, 3088, 3089, 3090, 3091, 3281, 3282,
];
export const breachOrders: readonly number[] = [1029, 1030, 1031, 1032, 3501];
export const noBreach: readonly number[] = [1000, 1040];

/** Convicted of one of these: TRPR0004. */
export const sexualOffences: readonly string[] = [
  'CD98 001 055-056',
  'CE79 161 180',
  'CJ09 001',
  'CJ88 115',
  'CL77 015',
  'IC60 005-008',
  'PK78 001-008',
  'SA00 001-002',
  'SX03 001-111 123-137 156-179 181-201 208-209 224-234',
  'SX56 001 005-006 010 013-015 021-031 047-050',
];

/** Sentenced for one of these: TRPR0020. */
export const breachOffences: readonly string[] = [
  'CD98 001 019-021 058',
  'CJ03 506-507 510-511 522-523',
  'CJ08 507 512 519 521 526',
  'CJ91 001-002 028-029 031 039',
  'CS97 001',
  'FB89 004',
  'LP80 001',
  'MC80 002 508 601',
  'PC00 003-010 501-502 504-505 515 525 535 545 555 565 575 585 595 605 615 625 635 645 655 665 700 702',
  'PC73 003',
  'PU86 051 089 118',
  'SC07 001',
  'SE20 501-502 511-512 516-518 521 525 532 537-538 540 542 546-547 552',
  'SO59 501',
  'ST19 001',
  'SX03 202 220-223',
];

/** Civil proceedings: TRPR0029. */
export const civilProceedings: readonly string[] = [
  'AS14 504 509 511',
  'CD98 501-503 517 519 525',
  'CJ08 503-505',
  'CS10 501-502',
  'FB89 501 506',
  'MC80 530',
  'MS15 501-504',
  'PC00 503 506',
  'PC09 504-505 510',
  'PH97 503',
  'SE20 503 505-506 513 529 541 545',
  'ST19 501',
];

/** Civil applications, which count where they are granted: TRPR0029. */
export const civilApplications: readonly string[] = [
  'AS14 501-503 505-508 510 512-513',
  'AW06 502',
  'CC81 501',
  'CD98 510 516 518 527-528',
  'CJ03 509 513 519-520',
  'CJ08 506 508 522',
  'FB89 502-503',
  'MC80 515',
  'PC09 501-503 506-509 511',
  'PH97 501-502',
  'PL84 503',
  'RO88 504-505',
  'ST19 502-507',
  'SX03 505-532 540-549',
  'TR08 500-503',
  'VC06 501-505',
  'YJ99 501 503',
];

/** Whether a list of codes, written as first four characters and numbers or ranges, has an offence. */
export function hasOffence(list: readonly string[], code: string): boolean {
  const number = Number(code.slice(4, 7));
  const line = list.find((one) => one.startsWith(`${code.slice(0, 4)} `));
  return (
    line !== undefined &&
    line
      .slice(5)
      .split(' ')
      .some((part) => {
        const [from, to] = part.split('-').map(Number);
        return from !== undefined && number >= from && number <= (to ?? from);
      })
  );
}
