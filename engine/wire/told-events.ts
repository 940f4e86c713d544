/** The kinds of event that subscribers are told, by API: what their listeners have to expect. */

export const toldEvents = {
  TMF622: ['ProductOrderCreateEvent', 'ProductOrderStateChangeEvent', 'ProductOrderAttributeValueChangeEvent'],
  TMF641: ['ServiceOrderCreateEvent', 'ServiceOrderStateChangeEvent', 'ServiceOrderJeopardyEvent'],
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
