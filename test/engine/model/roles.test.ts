/** Roles: what contains what, other spellings, and what of the roles asked for is granted. */
import { describe, expect, it } from 'vitest';
import { grantedOf, isKnownRole, knownRoles, mayDo, type Permission, rolesFor } from '../../../engine/model/roles.ts';

describe('roles', () => {
  it.each<[string, Permission, boolean]>([
    ['order_viewer', 'ReadOrders', true],
    ['order_viewer', 'CaptureOrder', false],
    ['order_integrator', 'CaptureOrder', true],
    ['order_integrator', 'ReadOrders', true],
    ['order_integrator', 'CreateOutboundRequest', false],
    ['service_order_manager', 'ApproveOrder', true],
    ['service_order_agent', 'ApproveOrder', false],
    ['order_approver', 'ReadOrders', false],
    ['order_admin', 'CreateOutboundRequest', true],
    ['order_admin', 'ReportFulfillment', false],
    ['manager', 'Configure', true],
    ['manager', 'ReadOrders', false],
    ['fulfillment_agent', 'CreateOutboundRequest', true],
    ['order-fulfillment_agent', 'CreateOutboundRequest', true],
    [' sn_ind_tmt_orm.order_fulfillment_manager ', 'ApproveOrder', true],
    ['constructor', 'ReadOrders', false],
    ['__proto__', 'ReadOrders', false],
    ['', 'ReadOrders', false],
  ])('%j may %s: %s', (role, permission, expected) => {
    expect(mayDo(permission, [role])).toBe(expected);
  });

  it('are not asked where nobody is asked, and none is not all', () => {
    expect([mayDo('Configure', undefined), mayDo('Configure', [])]).toEqual([true, false]);
  });

  it('are granted of those asked for when they are held, by themselves or within others', () => {
    const asked = ['order_viewer', 'sn_ind_tmt_orm.order_approver', 'admin', 'fulfillment_agent', 'toString'];
    expect(grantedOf(asked, ['order_fulfilment_manager'])).toEqual(asked.slice(0, 2).concat('fulfillment_agent'));
    expect(grantedOf(asked, [])).toEqual([]);
  });

  it('are known when they mean something', () => {
    expect(knownRoles).toEqual(knownRoles.toSorted());
    expect(
      Object.values(rolesFor)
        .flat()
        .filter((role) => !isKnownRole(role)),
    ).toEqual([]);
    expect(['sn_appss.admin', 'service_order_manage', 'boss', 'constructor'].map(isKnownRole)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
