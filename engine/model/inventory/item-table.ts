/** The life of one thing a customer has: a product, a service or a resource. */
import { previousState, type StateTable } from '../state-table.ts';

export const inventoryStatuses = [
  'installation_pending',
  'change_pending',
  'activation_pending',
  'active',
  'suspended',
  'inactive',
] as const;

export type InventoryStatus = (typeof inventoryStatuses)[number];

export const inventoryEvents = [
  'fulfill',
  'requestChange',
  'requestDisconnect',
  'requestMove',
  'cease',
  'suspend',
  'resume',
  'restore',
  'withdraw',
  'lapse',
] as const;

export type InventoryEvent = (typeof inventoryEvents)[number];

/**
 * `fulfill`: the domain order about it is closed. `cease`: the order that disconnects it, or moves it elsewhere, is
 * completed. `restore` and `withdraw`: the order is canceled before its point of no return; what was there stays as it
 * was, and what was to come does not come, or is taken back where it was there already. `lapse`: nothing lasting was ordered, and the order is completed.
 */
export const inventoryItemTable: StateTable<InventoryStatus, InventoryEvent> = {
  thing: 'inventory item',
  source: 'order management, inventory statuses, in the reading of docs/decisions/0019',
  states: inventoryStatuses,
  events: inventoryEvents,
  initial: ['installation_pending', 'activation_pending'],
  terminal: ['inactive'],
  moves: [
    { from: ['installation_pending', 'activation_pending', 'change_pending'], on: 'fulfill', to: 'active' },
    { from: ['active'], on: 'requestChange', to: 'change_pending' },
    { from: ['active', 'suspended'], on: 'requestDisconnect', to: 'change_pending' },
    { from: ['active'], on: 'requestMove', to: 'change_pending' },
    { from: ['change_pending'], on: 'cease', to: 'inactive' },
    { from: ['active'], on: 'suspend', to: 'suspended' },
    { from: ['suspended'], on: 'resume', to: 'active' },
    { from: ['change_pending'], on: 'restore', to: previousState },
    { from: ['installation_pending', 'activation_pending', 'active'], on: 'withdraw', to: 'inactive' },
    { from: ['active'], on: 'lapse', to: 'inactive' },
  ],
};
