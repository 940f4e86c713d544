/** The moments of an order's life at which tasks of the order itself may be raised. */

export const orderStages = ['submitted', 'postApproval', 'postFulfillment'] as const;

export type OrderStage = (typeof orderStages)[number];
