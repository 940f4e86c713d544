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
  TMF652: toldOfParts('ResourceOrder'),
  TMF697: toldOfParts('WorkOrder'),
} as const;

function toldOfParts<Resource extends string>(resource: Resource) {
  return [
    `${resource}CreateEvent`,
    `${resource}StateChangeEvent`,
    `${resource}AttributeValueChangeEvent`,
    `${resource}DeleteEvent`,
  ] as const;
}
