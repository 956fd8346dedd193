import type { FormatId, JsonValue } from '@sluice/core';
import type { PayloadPath } from '../payload-path/payload-path.js';

/** Formats that a rule is for. */
export interface ProtocolTerm {
  readonly formats: readonly FormatId[];
  /** Only where the account is of this provider; absent = of any. */
  readonly provider?: string;
}

export interface PayloadModelTerm {
  /** A glob over the vendor's model id and over the name that the client sent. */
  readonly name: string;
  /** What the vendor speaks; absent = anything. */
  readonly protocol?: ProtocolTerm;
  /** What the client speaks; absent = anything. */
  readonly fromProtocol?: ProtocolTerm;
}

export interface PayloadValueTerm {
  readonly path: PayloadPath;
  readonly value: JsonValue;
}

/** When a rule applies: one of the models and all of the rest. */
export interface PayloadTerms {
  readonly models: readonly PayloadModelTerm[];
  /** Globs over the client's headers, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly match: readonly PayloadValueTerm[];
  readonly notMatch: readonly PayloadValueTerm[];
  readonly exist: readonly PayloadPath[];
  readonly notExist: readonly PayloadPath[];
}

export interface PayloadWrite {
  readonly path: PayloadPath;
  /** The value as it is sent. */
  readonly json: string;
}

export interface PayloadWriteRule extends PayloadTerms {
  readonly params: readonly PayloadWrite[];
}

export interface PayloadFilterRule extends PayloadTerms {
  readonly params: readonly PayloadPath[];
}

/** What is changed about bodies on their way to a vendor; the three lists are applied in this order. */
export interface PayloadRules {
  readonly default: readonly PayloadWriteRule[];
  readonly override: readonly PayloadWriteRule[];
  readonly filter: readonly PayloadFilterRule[];
}

/** Words that vendors do not read. */
export interface MaskingSettings {
  /** Of every account; those of one stand at its declaration. */
  readonly words: readonly string[];
  /** What placeholders are made with. Absent = one that is made anew with every start. */
  readonly key?: string;
}

/** What is changed about headers on their way to a vendor, for some accounts and models. All names are lower case. */
export interface HeaderRule {
  /** Globs over provider ids; absent = every provider. */
  readonly providers?: readonly string[];
  /** Globs over the vendor's model id and the name that the client sent; absent = every model. */
  readonly models?: readonly string[];
  /** Of the client, to travel as well. */
  readonly allow: readonly string[];
  /** Of the client or of earlier rules, not to travel. */
  readonly remove: readonly string[];
  readonly set: Readonly<Record<string, string>>;
  /** Headers for the vendor, by the client's header that their value comes from. */
  readonly copy: Readonly<Record<string, string>>;
}
