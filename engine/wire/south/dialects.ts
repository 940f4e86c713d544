/** Every dialect of systems that take orders, by its name. */
import type { OrderDialectName } from '../../model/target.ts';
import type { Dialect } from './dialect.ts';
import { flowOne } from './flowone.ts';
import { serviceNow } from './servicenow.ts';
import { tmf641v4 } from './tmf641-v4.ts';
import { tmf652v4 } from './tmf652-v4.ts';
import { tmf697v4 } from './tmf697-v4.ts';

export const dialects: { readonly [name in OrderDialectName]: Dialect } = {
  'tmf641-v4.1': tmf641v4,
  servicenow: serviceNow,
  flowone: flowOne,
  'tmf652-v4.0': tmf652v4,
  'tmf697-v4.0': tmf697v4,
};
