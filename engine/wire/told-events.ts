/** The kinds of event that subscribers are told, by API: what their listeners have to expect. */

export const toldEvents = {
  TMF622: ['ProductOrderCreateEvent', 'ProductOrderStateChangeEvent'],
  TMF641: ['ServiceOrderCreateEvent', 'ServiceOrderStateChangeEvent'],
  TMF645: [
    'CheckServiceQualificationCreateEvent',
    'CheckServiceQualificationAttributeValueChangeEvent',
    'CheckServiceQualificationStateChangeEvent',
    'CheckServiceQualificationDeleteEvent',
    'QueryServiceQualificationCreateEvent',
    'QueryServiceQualificationStateChangeEvent',
    'QueryServiceQualificationDeleteEvent',
  ],
} as const;
