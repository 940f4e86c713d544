/** Why the product inventory does not show something, or is not changed. */
import type { RefusalKind } from './kind.ts';

export const inventoryRefusals = {
  productUnknown: {
    httpStatus: 404,
    tmfCode: '60',
    reason: 'Resource not found',
    text: 'The product inventory has no product {product}',
    remedy: 'List the inventory to see which ids exist.',
  },
  productMatchesNot: {
    httpStatus: 404,
    tmfCode: '60',
    reason: 'Resource not found',
    text: 'Nothing in the product inventory matches {criteria}',
    remedy: 'Leave a filter out, or wait until an order is approved: that puts its products in.',
  },
  productQueryInvalid: {
    httpStatus: 400,
    tmfCode: '28',
    reason: 'Invalid query-string parameter value',
    text: '{name}={value} is not {expected}',
    remedy: 'Give {expected}, or leave it out.',
  },
  productFilterUnknown: {
    httpStatus: 400,
    tmfCode: '28',
    reason: 'Invalid query-string parameter',
    text: 'The product inventory cannot be filtered by {name}',
    remedy: 'Use any of: {known}.',
  },
  inventoryTreeUnknown: {
    httpStatus: 404,
    tmfCode: '60',
    reason: 'Resource not found',
    text: 'The inventory has no tree {tree}',
    remedy: 'Install the item at its top first.',
  },
  inventoryTreeOther: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the state of the resource',
    text: 'Item {item} belongs to inventory tree {other}, not to {tree}',
    remedy: 'Change one tree at a time.',
  },
  inventoryItemUnknown: {
    httpStatus: 404,
    tmfCode: '60',
    reason: 'Resource not found',
    text: 'Inventory tree {tree} has no item {item}',
    remedy: 'Name an item of that tree.',
  },
  inventoryItemKnown: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the state of the resource',
    text: 'Inventory tree {tree} has an item {item} already',
    remedy: 'Give every item an id of its own.',
  },
  inventoryParentUnknown: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the state of the resource',
    text: 'Item {item} cannot stand in inventory tree {tree} with {parent} above it',
    remedy: 'Let the item of that id alone be without a parent, and name parents before their children.',
  },
  inventoryMoveImpossible: {
    httpStatus: 409,
    tmfCode: '62',
    reason: 'Conflict with the state of the resource',
    text: 'Inventory item {item} is {status}: {event} is not possible',
    remedy: 'Possible from {status}: {possible}.',
  },
} as const satisfies { readonly [code: string]: RefusalKind };
