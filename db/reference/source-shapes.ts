/** The parts that are read of the JSON files in @moj-bichard7-developers/bichard7-next-data. */

export interface Offence {
  cjsCode: string;
  offenceTitle: string;
  offenceCategory: string;
  recordableOnPnc?: boolean;
}

export interface OrganisationUnit {
  topLevelCode: string;
  topLevelName: string;
  secondLevelCode: string;
  secondLevelName: string;
  thirdLevelCode: string;
  thirdLevelName: string;
  thirdLevelPsaCode: string;
  bottomLevelCode: string;
}

export interface Force {
  code: string;
  name: string;
}

export interface ResultCode {
  cjsCode: string;
  description: string;
  type: string;
}

export interface Trigger {
  code: string;
  shortDescription: string;
  description: string;
  /** HTML */
  cjsResultCode?: string;
  pncScreenToUpdate?: string;
}

export interface ExceptionText {
  shortDescription: string;
  description: string;
  cause: string;
  correctingThisError: string;
  avoidingThisError: string;
}

export interface Exception extends ExceptionText {
  code: string;
  details?: ExceptionText[];
}

export interface Code {
  cjsCode: string;
  description: string;
  spiCode?: string;
  pncCode?: string;
}
