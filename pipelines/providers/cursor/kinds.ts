/**
 * What an event costs, by the kind that Cursor names it, as SQL over a row whose cents are decimals. `chargedCents` is
 * what is charged: the cost of the model (`totalCents` of its tokens) and Cursor's own fee. Included usage has a value too, which the subscription pays for.
 */
const isIncluded = `COALESCE(starts_with(lower(kind), 'included'), false)`;
/** `Errored, Not Charged`, `Aborted, Not Charged`, `Free`. */
const isFree = `COALESCE(regexp_matches(lower(kind), 'not charged|^errored|^aborted|^free'), false)`;
/** The models are paid to their provider, with the user's own key: Cursor charges its fee at most. */
const isOwnKey = `COALESCE(regexp_matches(lower(kind), 'user api key|byok'), false)`;
const isNotChargeable = `COALESCE(lower(is_chargeable) = 'false', false)`;

const value = `COALESCE(total_cents + COALESCE(cursor_token_fee, 0), charged_cents)`;
const chargedValue = `COALESCE(charged_cents, total_cents + COALESCE(cursor_token_fee, 0))`;
const ownKeyFee = `COALESCE(charged_cents, cursor_token_fee, 0)`;

/** On the invoice, beyond the subscription; null where Cursor does not say. */
export const billedCents = `CASE WHEN ${isIncluded} OR ${isFree} OR ${isNotChargeable} THEN 0
    WHEN ${isOwnKey} THEN ${ownKeyFee} ELSE ${chargedValue} END`;

/** Without what the subscription includes; null where Cursor does not say. */
export const listCents = `CASE WHEN ${isFree} THEN 0 WHEN ${isOwnKey} THEN ${ownKeyFee} ELSE ${value} END`;
