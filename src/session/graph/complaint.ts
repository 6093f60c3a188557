/** What can be wrong with an expression, as data; the sentences are made where they are shown. */
import type { Statement } from '../../math/graph/tree.ts';

/** `place`: where in the text, counting characters from 0. */
export type Complaint = { readonly place: number } & (
  | { readonly kind: 'expected'; readonly what: 'value' | 'operator' | 'parenthesis' }
  | { readonly kind: 'unknown-sign'; readonly sign: string }
  | { readonly kind: 'unknown-function'; readonly name: string }
  | { readonly kind: 'operands'; readonly name: string; readonly count: number; readonly fewest: number }
  | { readonly kind: 'too-long'; readonly length: number; readonly most: number }
  | { readonly kind: 'too-many'; readonly count: number; readonly most: number }
  | { readonly kind: 'name-needed' }
  | { readonly kind: 'defined-twice' | 'used-before' | 'unused' | 'function-name'; readonly name: string }
);

export type ParseText = (text: string) => Parsed;

export type Parsed =
  | { readonly statements: readonly Statement[]; readonly complaint?: never }
  | { readonly complaint: Complaint; readonly statements?: never };
