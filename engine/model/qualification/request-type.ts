/** The request type by which inventory systems are chosen, and what it is given. */

export const qualificationRequestType = 'Order Qualification Request';

export const qualificationInputs = { line: 'top order line item', payload: 'payload' } as const;
