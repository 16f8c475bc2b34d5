/**
 * Who usage was for, as a gateway or a tracing tool saw it: it splits what the provider billed and never adds to it.
 * Grain: one row per day × provider × model × key × meter × set of tags.
 */
export { usageAttributionColumns as attributionColumns } from '@cloudact/core/warehouse';
