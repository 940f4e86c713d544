/** What lists of orders are asked by: attributes as those see them who list, and which orders a list is to have. */
import type { Instant } from '../words.ts';

/** Instants are compared as such and come before texts, which are compared as texts; what is not there comes last. */
export type ListedValue = Instant | string;

/** By attribute; what an order has not is not there. */
export type Listed = { readonly [attribute: string]: ListedValue };

/** Something of an order that is listed by itself. */
export interface ListedPart {
  readonly id: string;
  /** With what else it is listed. */
  readonly list: string;
  readonly listed: Listed;
}

/** What a step has changed of that. */
export interface ListedParts {
  readonly put: readonly ListedPart[];
  /** Ids. */
  readonly removed: readonly string[];
}

export type ListCriterion = OneOf | Span;

export interface OneOf {
  readonly attribute: string;
  readonly oneOf: readonly ListedValue[];
}

/** Of instants: a text is never in it. */
export interface Span {
  readonly attribute: string;
  readonly from?: Bound;
  readonly to?: Bound;
}

export interface Bound {
  readonly at: Instant;
  readonly isIncluded: boolean;
}

/** Those that are equal stay in the order of their capture, up and down; those without a value come last, up and down. */
export interface ListOrder {
  readonly attribute: string;
  readonly isDown: boolean;
}

export function meets(listed: Listed, criterion: ListCriterion): boolean {
  const value = listed[criterion.attribute];
  if ('oneOf' in criterion) return value !== undefined && criterion.oneOf.includes(value);
  if (typeof value !== 'number') return false;
  const { from, to } = criterion;
  const isBefore = from !== undefined && (from.isIncluded ? value < from.at : value <= from.at);
  const isAfter = to !== undefined && (to.isIncluded ? value > to.at : value >= to.at);
  return !isBefore && !isAfter;
}

/** Below zero, zero, above zero: upwards, with nothing last. */
export function compareValues(one: ListedValue | undefined, other: ListedValue | undefined): number {
  if (one === other) return 0;
  if (one === undefined || other === undefined) return one === undefined ? 1 : -1;
  if (typeof one !== typeof other) return typeof one === 'number' ? -1 : 1;
  return one < other ? -1 : 1;
}

/** By the first attribute that differs. */
export function compareListed(one: Listed, other: Listed, orders: readonly ListOrder[]): number {
  for (const { attribute, isDown } of orders) {
    const first = one[attribute];
    const second = other[attribute];
    const up = compareValues(first, second);
    if (up !== 0) return isDown && first !== undefined && second !== undefined ? -up : up;
  }
  return 0;
}
