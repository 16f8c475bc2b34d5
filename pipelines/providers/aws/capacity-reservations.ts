import { COMMITMENT_USED, kindIn } from './line-items.ts';

/** Lines that may use, or fail to use, machines that are held ready: of these alone a capacity reservation is told. */
const MAY_USE = kindIn('usage', ...COMMITMENT_USED);

/** The column of its own that newer exports have, else the resource of the line where that is the reservation. */
export const capacityReservationIdSql = `CASE WHEN ${MAY_USE} THEN COALESCE(capacity_reservation,
    CASE WHEN regexp_matches(delivered_resource, '(^|/)cr-[0-9a-f]+$') THEN delivered_resource END) END`;

/** `UnusedBox` and `UnusedDed` are the usage types of what was held ready and not used. */
export const capacityReservationStatusSql = `CASE WHEN ${capacityReservationIdSql} IS NULL THEN NULL
    WHEN lower(capacity_status) = 'unused' OR (capacity_status IS NULL AND regexp_matches(COALESCE(usage_type, ''), '(^|-)Unused(Box|Ded)'))
    THEN 'Unused' ELSE 'Used' END`;
