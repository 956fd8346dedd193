/** A value that a query compares with. */
export type PathScalar = string | number | boolean | null;

/** A member by its name; of an array, where the name is a whole number, the element at that place. */
export interface MemberSegment {
  readonly kind: 'member';
  readonly name: string;
  /** Negative = from the end; absent = the name is no place. */
  readonly index?: number;
}

/** Every element of an array. */
export interface EverySegment {
  readonly kind: 'every';
}

/** The elements of an array whose member has a value, or has another one. */
export interface QuerySegment {
  readonly kind: 'query';
  readonly members: readonly MemberSegment[];
  readonly isEqual: boolean;
  readonly value: PathScalar;
  /** False = the first such element only. */
  readonly isEvery: boolean;
}

export type PathSegment = MemberSegment | EverySegment | QuerySegment;

/** A place in a JSON body, or several. Never empty. */
export interface PayloadPath {
  /** As it was written. */
  readonly text: string;
  readonly segments: readonly PathSegment[];
}
