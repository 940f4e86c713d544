/** The overlay of the native dialect of the ServiceNow product inventory. */
import { commonFormats, commonStatuses } from '../common.ts';
import type { Overlay, Transitions } from '../profile.ts';

/** By the moments of an order: approved, its domain orders closed, closed itself, or canceled. */
const product: Transitions = {
  initial: ['installation_pending', 'activation_pending'],
  terminal: ['inactive'],
  moves: {
    installation_pending: ['active', 'inactive'],
    activation_pending: ['active', 'inactive'],
    active: ['change_pending', 'suspended', 'inactive'],
    change_pending: ['active', 'inactive'],
    suspended: ['active', 'change_pending', 'inactive'],
  },
};

export const serviceNowInventoryOverlay: Overlay = {
  api: 'ServiceNowInventory',
  source: 'the published pages of its product inventory REST interface, as far as it is read',
  ownership: {},
  transitions: { Product: product },
  definitions: {},
  requirements: [
    {
      name: 'mandatory-in-response Product',
      because: 'what a customer has is found by its id, told by its name, and there or not by its status',
      definition: 'Product',
      schema: { required: ['id', 'href', 'name', 'status'] },
    },
  ],
  relaxations: [
    {
      name: 'statuses-of-other-releases',
      because: 'statuses are snake case of labels, which releases change; the legacy sold product is closed',
      definition: 'ProductStatus',
      patch: { enum: null },
    },
  ],
  formats: commonFormats,
  statuses: commonStatuses,
};
