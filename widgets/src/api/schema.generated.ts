// Generated from backend/openapi.json by scripts/api-types.mjs.

export interface paths {
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers */
        get: operations["getLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process can serve requests */
        get: operations["getReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/bootstrap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check that the installation is complete
         * @description Asks every store and the control tables. Doing it again changes nothing.
         */
        post: operations["bootstrap"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/orgs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Onboard an organisation
         * @description Creates an organisation, its dataset, its data key and its first API key, which is shown once. Whoever has the address owner_email is invited to own it; nobody is a member before. After a failure the same request goes on where the last one stopped; when all is done it answers 409, and another key is issued under /v1/admin/orgs/{slug}/api-keys.
         */
        post: operations["createOrg"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/orgs/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Offboard an organisation
         * @description What DELETE /v1/org does for its owner; it also completes what an owner has begun. Of an organisation that is gone it answers with the certificate that is kept.
         */
        delete: operations["deleteAnyOrg"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/orgs/{slug}/certificate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was deleted of an organisation that is gone */
        get: operations["getCertificate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/orgs/{slug}/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Issue an API key
         * @description Issues another API key of an organisation that is set up, for example when the answer that showed the first one was lost. The key is shown once; keys that were issued before stay in force.
         */
        post: operations["issueApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orgs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create an organisation
         * @description The caller becomes its owner. Creates its dataset, its data key and its first API key, which is shown once. After a failure the same request goes on where the last one stopped; once all is done it answers 409. One person owns at most 20 organisations, and asks for at most 5 within an hour.
         */
        post: operations["createOwnOrg"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/org": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organisation */
        get: operations["getOrg"];
        put?: never;
        post?: never;
        /**
         * Delete the organisation
         * @description For its owners; the header CloudAct-Org names it. From the first step on nobody gets in any more: keys and tokens are revoked, what is paid for ends, the data is exported where that is asked for, and dataset, data keys and credentials are deleted. After a failure the same request goes on where the last one stopped. The slug is never given again. The answer is the certificate.
         */
        delete: operations["deleteOrg"];
        options?: never;
        head?: never;
        /**
         * Change the organisation
         * @description Its name, or the origins whose pages may show its widgets. What is left out stays.
         */
        patch: operations["updateOrg"];
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is signed in
         * @description The person and the organisations that the person belongs to, with the role in each.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        /**
         * Delete the own account
         * @description Deletes the person with all memberships. Refused with last_owner, which names the organisations, while one would be left without an owner: make somebody else an owner, or delete the organisation.
         */
        delete: operations["deleteMe"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation
         * @description Makes the person a member with the role of the invitation. It has to be addressed to the address that the person is signed in with. Accepting it again changes nothing.
         */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the members */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/members/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a membership
         * @description Only an owner removes an owner, and the last owner stays: last_owner. Widget tokens that the member minted are taken back.
         */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        /**
         * Change the role of a member
         * @description Only an owner makes an owner, or takes that role from somebody. The last owner keeps it: last_owner. Widget tokens that the member minted are taken back.
         */
        patch: operations["changeMember"];
        trace?: never;
    };
    "/v1/members/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Leave the organisation
         * @description Ends the own membership, whatever the role. The last owner stays: last_owner.
         */
        delete: operations["leave"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the invitations
         * @description Newest first, with those that were accepted, taken back, or expired.
         */
        get: operations["listInvitations"];
        put?: never;
        /**
         * Invite somebody
         * @description Sends a link to the address, good for seven days and for whoever is signed in with that address. The answer is the same whether or not the address has an account. An open invitation to the same address is taken back. Members and open invitations together count as seats of the plan. An organisation sends at most 20 invitations in an hour, and one to the same address in five minutes: rate_limited.
         */
        post: operations["invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take an invitation back
         * @description Its link leads nowhere from then on. Doing it again changes nothing.
         */
        delete: operations["revokeInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Cost by period and group
         * @description Answers one question about the cost of the caller’s organisation. Rows, groups and totals add up exactly. A widget token shows its slice alone, in its own terms: a mark-up and a display currency that it carries are applied to every cost, without rounding.
         */
        get: operations["getCosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mint a widget token
         * @description Called by your server, or by a signed-in person’s session, never with an API key in a page: a token of ten minutes that a page’s widgets read cost with.
         */
        post: operations["mintWidgetToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/widget-tokens/revocations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take widget tokens back
         * @description One token, all of a subject, or all of the organisation, as far as they are minted until now or in the next five seconds. They are refused at once; other instances of the API follow within 30 seconds. At most 1,000 revocations are in force at a time; beyond that take back all tokens. Doing it again changes nothing.
         */
        post: operations["revokeWidgetTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Public keys that widget tokens are verified with */
        get: operations["getJwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organisation’s API keys */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Issue an API key
         * @description The key is shown once. It can do no more than its issuer, and nothing that needs a person. A key that a key issues ends no later than that. An organisation has at most 100 keys in force.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace an API key
         * @description Issues a successor with the same name and scopes, shown once. The old key stays good for the overlap, so that whoever uses it can change over. Only a caller who has all scopes of the key may replace it, and only once: a key with a successor in force answers with conflict.
         */
        post: operations["rotateApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description From now on the key is refused, and so are the widget tokens that it minted; other instances of the API follow within 30 seconds, and at once where keys and tokens are made. Doing it again changes nothing. A key may revoke itself.
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connectors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What can be connected, and what it asks for */
        get: operations["listConnectors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organisation’s integrations */
        get: operations["listIntegrations"];
        put?: never;
        /**
         * Set up an integration
         * @description A draft, until a check has passed. Secrets are sealed as they come in: they can be replaced, and nobody can read them.
         */
        post: operations["createIntegration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An integration */
        get: operations["getIntegration"];
        put?: never;
        post?: never;
        /**
         * Delete an integration
         * @description Its secrets are deleted with it. What was loaded stays.
         */
        delete: operations["deleteIntegration"];
        options?: never;
        head?: never;
        /**
         * Change, pause or resume an integration
         * @description Values that are left out stay. Secrets are entered all together. With other values it is a draft until a check has passed.
         */
        patch: operations["changeIntegration"];
        trace?: never;
    };
    "/v1/integrations/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try an integration
         * @description Asks the provider for everything that fetching needs. When all is well the integration is active, else broken; one that is paused stays so. Takes up to 45 seconds.
         */
        post: operations["checkIntegration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what
         * @description Newest first: every change with its outcome, and every refusal of a credential of the organisation. An event that stays `attempted` was cut off in the middle. The next page starts `before` the last id of this one; the last page has no `next`.
         */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the plans
         * @description Without Stripe there is one, `self_hosted`, which has no limits and costs nothing.
         */
        get: operations["listPlans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organisation’s plan, and how much of it is used */
        get: operations["getBilling"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing/checkout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Buy a plan
         * @description Answers with a page of Stripe. What was bought counts once Stripe has told us, which may be moments after the person is back. billing_off: this installation sells nothing.
         */
        post: operations["openCheckout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing/portal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change or cancel the plan, see invoices, change how to pay
         * @description Answers with a page of Stripe. conflict: nothing was ever bought.
         */
        post: operations["openBillingPortal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/stripe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * For Stripe: take in an event
         * @description Verified by `Stripe-Signature` over the raw body, at most five minutes old. 204 once the event has been worked off, or has nothing to do with an organisation here; after any other answer Stripe sends it again. billing_off: this installation sells nothing.
         */
        post: operations["receiveStripeEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description RFC 9457 problem details. */
        Problem: {
            /** @description URI of the kind of problem: urn:cloudact:problem:<code>. */
            type: string;
            title: string;
            status: number;
            /** @description What is wrong, where, and what to do. Not sent for 5xx. */
            detail?: string;
            /** @description urn:uuid:<request id>; the log knows the request by it. */
            instance: string;
            /** @description Stable code of the kind of problem. */
            code: string;
            errors?: {
                /** @description JSON Pointer into the body, or #/query/<parameter>. */
                pointer: string;
                message: string;
            }[];
        };
        /** @description What it cost: rows, groups and totals add up exactly. */
        CostAnswer: {
            /** @description The question as it was understood. */
            query: {
                /** @enum {unknown} */
                metric: "BilledCost" | "EffectiveCost" | "ListCost" | "ContractedCost";
                /** @enum {unknown} */
                granularity: "day" | "week" | "month" | "quarter" | "year" | "total";
                /** @enum {unknown} */
                date: "ChargePeriodStart" | "BillingPeriodStart";
                /**
                 * Format: date
                 * @description First day.
                 * @example 2026-10-01
                 */
                from: string;
                /**
                 * Format: date
                 * @description Day after the last one.
                 * @example 2026-10-01
                 */
                to: string;
                group_by: string[];
                filter: string[];
                top: number | null;
            };
            /** @description Keyed hash of the question, and of the filters and terms of the credential, hex. */
            query_hash: string;
            /** @description Grows with every load. */
            data_version: number;
            /** @description By period, then currency, then size of the group over the whole range. Periods without charges are left out. */
            rows: {
                /**
                 * Format: date
                 * @description First day of the period, not before query.from.
                 * @example 2026-10-01
                 */
                period_start: string;
                /**
                 * Format: date
                 * @description Day after the last one of the period, not after query.to.
                 * @example 2026-10-01
                 */
                period_end: string;
                /** @description Values in the order of query.group_by; null: the rows have no value there. */
                group: (string | null)[];
                /** @description True for all groups beyond the top ones, taken together. */
                other: boolean;
                /**
                 * @description BillingCurrency, ISO 4217; with a widget token that has a display currency, that one where it has a rate.
                 * @example USD
                 */
                currency: string;
                /**
                 * @description Cost of the group in the period.
                 * @example 1234.560000000001
                 */
                cost: string;
            }[];
            /** @description By currency, largest first, other last. Groups of which nothing is priced are not among them. */
            groups: {
                /** @description Values in the order of query.group_by; null: the rows have no value there. */
                group: (string | null)[];
                /** @description True for all groups beyond the top ones, taken together. */
                other: boolean;
                /**
                 * @description BillingCurrency, ISO 4217; with a widget token that has a display currency, that one where it has a rate.
                 * @example USD
                 */
                currency: string;
                /**
                 * @description Cost over the whole range.
                 * @example 1234.560000000001
                 */
                cost: string;
                /** @description True where usage waits for its price: the group cost at least this. */
                unpriced: boolean;
            }[];
            /** @description One for each currency; currencies are only added up where a widget token has rates for them. Where unpriced has entries, each is the least that it can be. */
            totals: {
                /**
                 * @description BillingCurrency, ISO 4217; with a widget token that has a display currency, that one where it has a rate.
                 * @example USD
                 */
                currency: string;
                /**
                 * @description Cost over the whole range.
                 * @example 1234.560000000001
                 */
                cost: string;
            }[];
            /** @description Usage in the range, under the same filters, whose price is not known; most rows first. No cost holds it. It has no currency, so it belongs to the totals of all, whatever filter names one. */
            unpriced: {
                /** @description ServiceName. */
                service: string | null;
                /** @description The model, as the provider names it. */
                model: string | null;
                /** @description SkuMeter: what was metered. */
                meter: string | null;
                /** @description ConsumedUnit. */
                unit: string | null;
                /** @description What has no known price: model, meter, tier, context_window, geography, speed or day; others may come. */
                reason: string | null;
                /**
                 * @description ConsumedQuantity over the whole range, in unit.
                 * @example 1234.560000000001
                 */
                quantity: string;
                /** @description How many rows of usage wait. */
                rows: number;
            }[];
            /** @description Where that usage lies, by period and group: the cost there is at least what rows tell, and not known where there is no row. */
            unpriced_periods: {
                /**
                 * Format: date
                 * @description First day of the period, not before query.from.
                 * @example 2026-10-01
                 */
                period_start: string;
                /**
                 * Format: date
                 * @description Day after the last one of the period, not after query.to.
                 * @example 2026-10-01
                 */
                period_end: string;
                /** @description Values in the order of query.group_by; null: the rows have no value there. */
                group: (string | null)[];
                /** @description True for groups beyond the top ones, taken together. */
                other: boolean;
            }[];
            /** @description Freshness and completeness of the billing periods in the range. */
            periods: {
                /**
                 * Format: date
                 * @description First day of the billing period.
                 * @example 2026-10-01
                 */
                billing_period: string;
                integration_id: string;
                /** Format: date-time */
                last_loaded_at: string;
                charges_through: string | null;
                /** @description The source says that the billing period is final. */
                complete: boolean;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ok";
                    };
                };
            };
        };
    };
    getReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "ok";
                    };
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    bootstrap: {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, for example a UUID. Sent again within 24 hours, the request is not done again, and is answered as it was. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Stores answer and the control tables are in place.
                         * @enum {string}
                         */
                        state: "ready";
                        /** @description Organisations that have at least one API key. */
                        organisations: number;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createOrg: {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, for example a UUID. Sent again within 24 hours, the request is not done again, and is answered as it was. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description 3 to 40 lower-case letters, digits or underscores, starting with a letter. Cannot be changed.
                     * @example acme_inc
                     */
                    slug: string;
                    /**
                     * @description One line, without control characters and without an address (://).
                     * @example Acme Inc.
                     */
                    name: string;
                    /** @description Id of a plan. Default: the plan that organisations start with. */
                    plan?: string;
                    /**
                     * Format: email
                     * @description Who is invited by mail to own the organisation. Without it nobody is a member.
                     * @example ann@example.com
                     */
                    owner_email?: string;
                };
            };
        };
        responses: {
            /** @description The organisation is there. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        org: {
                            slug: string;
                            name: string;
                            /** @description Id of its plan. */
                            plan: string;
                            /** Format: date-time */
                            created_at: string;
                            /**
                             * @description Name of the dataset that holds the cost data.
                             * @example acme_inc_prod
                             */
                            dataset: string;
                        };
                        api_key: {
                            id: string;
                            name: string;
                            /** @description The key itself. It is shown here and never again. */
                            key: string;
                            scopes: ("costs:read" | "costs:export" | "budgets:read" | "budgets:write" | "subscriptions:read" | "subscriptions:write" | "hierarchy:read" | "hierarchy:write" | "integrations:read" | "integrations:write" | "runs:read" | "runs:write" | "keys:read" | "keys:write" | "widgets:mint" | "members:read" | "members:write" | "billing:read" | "billing:write" | "audit:read" | "org:read" | "org:write")[];
                            /** Format: date-time */
                            created_at: string;
                        };
                    };
                    "application/x-ndjson": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAnyOrg: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Slug of the organisation.
                 * @example acme_inc
                 */
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The slug of the organisation, once more. */
                    confirm: string;
                    /** @description Whether its tables and metadata are written to the operator’s directory of exports first. */
                    export: boolean;
                };
            };
        };
        responses: {
            /** @description The organisation is gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Slug of the organisation. It is retired and never given again. */
                        org: string;
                        /**
                         * Format: date-time
                         * @description When all was done.
                         */
                        issued_at: string;
                        steps: {
                            /**
                             * Format: date-time
                             * @description From when on nobody got in.
                             */
                            begun_at: string;
                            /**
                             * Format: date-time
                             * @description API keys and widget tokens.
                             */
                            keys_revoked_at: string;
                            /**
                             * Format: date-time
                             * @description What was paid for.
                             */
                            billing_ended_at: string;
                            /** @description Null: no export was asked for. */
                            exported_at: string | null;
                            /**
                             * Format: date-time
                             * @description Cost data, with everything that was derived from it.
                             */
                            dataset_dropped_at: string;
                            /**
                             * Format: date-time
                             * @description Data keys and credentials. Sealed copies of these in backups stay sealed for ever.
                             */
                            data_keys_destroyed_at: string;
                        };
                        /** @description As counted when each of the steps began. */
                        deleted: {
                            /** @description Memberships; the people keep their accounts. */
                            members: number;
                            /** @description Rows of the cost table. */
                            charges: number;
                            /** @description In force, expired and revoked ones. */
                            api_keys: number;
                            /** @description Pairs of the vault. */
                            data_keys: number;
                            /** @description Sealed fields of integrations. */
                            credentials: number;
                            /** @description Records of loads. */
                            pipeline_runs: number;
                        };
                        /** @description Null: no export was asked for. */
                        export: {
                            /** @description Under the operator’s directory of exports. */
                            folder: string;
                            /** @description SHA-256 of manifest.json, which has that of every file. Hexadecimal. */
                            manifest_sha256: string;
                            /** @description Files that the manifest lists. */
                            files: number;
                            /** @description Of these files together. */
                            bytes: number;
                        } | null;
                    };
                    "application/x-ndjson": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Slug of the organisation.
                 * @example acme_inc
                 */
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Certificate of deletion. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Slug of the organisation. It is retired and never given again. */
                        org: string;
                        /**
                         * Format: date-time
                         * @description When all was done.
                         */
                        issued_at: string;
                        steps: {
                            /**
                             * Format: date-time
                             * @description From when on nobody got in.
                             */
                            begun_at: string;
                            /**
                             * Format: date-time
                             * @description API keys and widget tokens.
                             */
                            keys_revoked_at: string;
                            /**
                             * Format: date-time
                             * @description What was paid for.
                             */
                            billing_ended_at: string;
                            /** @description Null: no export was asked for. */
                            exported_at: string | null;
                            /**
                             * Format: date-time
                             * @description Cost data, with everything that was derived from it.
                             */
                            dataset_dropped_at: string;
                            /**
                             * Format: date-time
                             * @description Data keys and credentials. Sealed copies of these in backups stay sealed for ever.
                             */
                            data_keys_destroyed_at: string;
                        };
                        /** @description As counted when each of the steps began. */
                        deleted: {
                            /** @description Memberships; the people keep their accounts. */
                            members: number;
                            /** @description Rows of the cost table. */
                            charges: number;
                            /** @description In force, expired and revoked ones. */
                            api_keys: number;
                            /** @description Pairs of the vault. */
                            data_keys: number;
                            /** @description Sealed fields of integrations. */
                            credentials: number;
                            /** @description Records of loads. */
                            pipeline_runs: number;
                        };
                        /** @description Null: no export was asked for. */
                        export: {
                            /** @description Under the operator’s directory of exports. */
                            folder: string;
                            /** @description SHA-256 of manifest.json, which has that of every file. Hexadecimal. */
                            manifest_sha256: string;
                            /** @description Files that the manifest lists. */
                            files: number;
                            /** @description Of these files together. */
                            bytes: number;
                        } | null;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    issueApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, for example a UUID. Sent again within 24 hours, the request is not done again, and is answered as it was. */
                "idempotency-key"?: string;
            };
            path: {
                /**
                 * @description Slug of the organisation.
                 * @example acme_inc
                 */
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example Portal */
                    name: string;
                    /**
                     * @description What the key may be used for. There is no default.
                     * @example [
                     *       "costs:read",
                     *       "widgets:mint"
                     *     ]
                     */
                    scopes: ("costs:read" | "costs:export" | "budgets:read" | "budgets:write" | "subscriptions:read" | "subscriptions:write" | "hierarchy:read" | "hierarchy:write" | "integrations:read" | "integrations:write" | "runs:read" | "runs:write" | "keys:read" | "keys:write" | "widgets:mint" | "members:read" | "billing:read" | "audit:read" | "org:read")[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        api_key: {
                            id: string;
                            name: string;
                            /** @description The key itself. It is shown here and never again. */
                            key: string;
                            scopes: ("costs:read" | "costs:export" | "budgets:read" | "budgets:write" | "subscriptions:read" | "subscriptions:write" | "hierarchy:read" | "hierarchy:write" | "integrations:read" | "integrations:write" | "runs:read" | "runs:write" | "keys:read" | "keys:write" | "widgets:mint" | "members:read" | "members:write" | "billing:read" | "billing:write" | "audit:read" | "org:read" | "org:write")[];
                            /** Format: date-time */
                            created_at: string;
                        };
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createOwnOrg: {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, for example a UUID. Sent again within 24 hours, the request is not done again, and is answered as it was. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description 3 to 40 lower-case letters, digits or underscores, starting with a letter. Cannot be changed.
                     * @example acme_inc
                     */
                    slug: string;
                    /**
                     * @description One line, without control characters and without an address (://).
                     * @example Acme Inc.
                     */
                    name: string;
                    /** @description Id of a plan. Default: the plan that organisations start with. */
                    plan?: string;
                };
            };
        };
        responses: {
            /** @description The organisation is there. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        org: {
                            slug: string;
                            name: string;
                            /** @description Id of its plan. */
                            plan: string;
                            /** Format: date-time */
                            created_at: string;
                            /**
                             * @description Name of the dataset that holds the cost data.
                             * @example acme_inc_prod
                             */
                            dataset: string;
                        };
                        api_key: {
                            id: string;
                            name: string;
                            /** @description The key itself. It is shown here and never again. */
                            key: string;
                            scopes: ("costs:read" | "costs:export" | "budgets:read" | "budgets:write" | "subscriptions:read" | "subscriptions:write" | "hierarchy:read" | "hierarchy:write" | "integrations:read" | "integrations:write" | "runs:read" | "runs:write" | "keys:read" | "keys:write" | "widgets:mint" | "members:read" | "members:write" | "billing:read" | "billing:write" | "audit:read" | "org:read" | "org:write")[];
                            /** Format: date-time */
                            created_at: string;
                        };
                    };
                    "application/x-ndjson": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrg: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        slug: string;
                        name: string;
                        /** @enum {unknown} */
                        state: "onboarding" | "active" | "leaving";
                        /** @description Id of its plan. */
                        plan: string;
                        /**
                         * @description Origins whose pages may show its widgets.
                         * @example [
                         *       "https://portal.example.com"
                         *     ]
                         */
                        allowed_origins: string[];
                        /** Format: date-time */
                        created_at: string;
                        /** @description Of the caller; null for an API key. */
                        role: ("owner" | "admin" | "analyst" | "viewer") | null;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteOrg: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The slug of the organisation, once more. */
                    confirm: string;
                    /** @description Whether its tables and metadata are written to the operator’s directory of exports first. */
                    export: boolean;
                };
            };
        };
        responses: {
            /** @description The organisation is gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Slug of the organisation. It is retired and never given again. */
                        org: string;
                        /**
                         * Format: date-time
                         * @description When all was done.
                         */
                        issued_at: string;
                        steps: {
                            /**
                             * Format: date-time
                             * @description From when on nobody got in.
                             */
                            begun_at: string;
                            /**
                             * Format: date-time
                             * @description API keys and widget tokens.
                             */
                            keys_revoked_at: string;
                            /**
                             * Format: date-time
                             * @description What was paid for.
                             */
                            billing_ended_at: string;
                            /** @description Null: no export was asked for. */
                            exported_at: string | null;
                            /**
                             * Format: date-time
                             * @description Cost data, with everything that was derived from it.
                             */
                            dataset_dropped_at: string;
                            /**
                             * Format: date-time
                             * @description Data keys and credentials. Sealed copies of these in backups stay sealed for ever.
                             */
                            data_keys_destroyed_at: string;
                        };
                        /** @description As counted when each of the steps began. */
                        deleted: {
                            /** @description Memberships; the people keep their accounts. */
                            members: number;
                            /** @description Rows of the cost table. */
                            charges: number;
                            /** @description In force, expired and revoked ones. */
                            api_keys: number;
                            /** @description Pairs of the vault. */
                            data_keys: number;
                            /** @description Sealed fields of integrations. */
                            credentials: number;
                            /** @description Records of loads. */
                            pipeline_runs: number;
                        };
                        /** @description Null: no export was asked for. */
                        export: {
                            /** @description Under the operator’s directory of exports. */
                            folder: string;
                            /** @description SHA-256 of manifest.json, which has that of every file. Hexadecimal. */
                            manifest_sha256: string;
                            /** @description Files that the manifest lists. */
                            files: number;
                            /** @description Of these files together. */
                            bytes: number;
                        } | null;
                    };
                    "application/x-ndjson": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateOrg: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description One line, without control characters and without an address (://).
                     * @example Acme Inc.
                     */
                    name?: string;
                    /**
                     * @description `https://host[:port]`, or `http` for localhost. Replaces those that were allowed.
                     * @example [
                     *       "https://portal.example.com"
                     *     ]
                     */
                    allowed_origins?: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        slug: string;
                        name: string;
                        /** @enum {unknown} */
                        state: "onboarding" | "active" | "leaving";
                        /** @description Id of its plan. */
                        plan: string;
                        /**
                         * @description Origins whose pages may show its widgets.
                         * @example [
                         *       "https://portal.example.com"
                         *     ]
                         */
                        allowed_origins: string[];
                        /** Format: date-time */
                        created_at: string;
                        /** @description Of the caller; null for an API key. */
                        role: ("owner" | "admin" | "analyst" | "viewer") | null;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Id of the person. */
                        id: string;
                        email: string;
                        organisations: {
                            /**
                             * @description For the header CloudAct-Org.
                             * @example acme_inc
                             */
                            slug: string;
                            name: string;
                            /**
                             * @description What the person may do: viewer < analyst < admin < owner.
                             * @enum {unknown}
                             */
                            role: "owner" | "admin" | "analyst" | "viewer";
                            /**
                             * @description onboarding: not all of it is set up yet. leaving: it is being deleted.
                             * @enum {unknown}
                             */
                            state: "onboarding" | "active" | "leaving";
                        }[];
                    };
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The own e-mail address, so that nobody does this by mistake. */
                    confirm: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, for example a UUID. Sent again within 24 hours, the request is not done again, and is answered as it was. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description What stands after #token= in the link of the invitation. */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The organisation that the person belongs to now. */
                        slug: string;
                        /**
                         * @description What the person may do: viewer < analyst < admin < owner.
                         * @enum {unknown}
                         */
                        role: "owner" | "admin" | "analyst" | "viewer";
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMembers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        members: {
                            user_id: string;
                            /** @description As it was when the person joined. */
                            email: string | null;
                            /**
                             * @description What the person may do: viewer < analyst < admin < owner.
                             * @enum {unknown}
                             */
                            role: "owner" | "admin" | "analyst" | "viewer";
                            /** Format: date-time */
                            since: string;
                        }[];
                    };
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description What the person may do: viewer < analyst < admin < owner.
                     * @enum {unknown}
                     */
                    role: "owner" | "admin" | "analyst" | "viewer";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user_id: string;
                        /** @description As it was when the person joined. */
                        email: string | null;
                        /**
                         * @description What the person may do: viewer < analyst < admin < owner.
                         * @enum {unknown}
                         */
                        role: "owner" | "admin" | "analyst" | "viewer";
                        /** Format: date-time */
                        since: string;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leave: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The slug of the organisation that is left. */
                    confirm: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listInvitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        invitations: {
                            id: string;
                            email: string;
                            /**
                             * @description What the person may do: viewer < analyst < admin < owner.
                             * @enum {unknown}
                             */
                            role: "owner" | "admin" | "analyst" | "viewer";
                            /** @enum {unknown} */
                            state: "open" | "accepted" | "expired" | "revoked";
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            expires_at: string;
                        }[];
                    };
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invite: {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, for example a UUID. Sent again within 24 hours, the request is not done again, and is answered as it was. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @example ann@example.com
                     */
                    email: string;
                    /**
                     * @description What the person may do: viewer < analyst < admin < owner.
                     * @enum {unknown}
                     */
                    role: "owner" | "admin" | "analyst" | "viewer";
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        email: string;
                        /**
                         * @description What the person may do: viewer < analyst < admin < owner.
                         * @enum {unknown}
                         */
                        role: "owner" | "admin" | "analyst" | "viewer";
                        /** @enum {unknown} */
                        state: "open" | "accepted" | "expired" | "revoked";
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        expires_at: string;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payment Required */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCosts: {
        parameters: {
            query: {
                /** @description FOCUS cost column that is summed. */
                metric?: "BilledCost" | "EffectiveCost" | "ListCost" | "ContractedCost";
                /** @description Weeks start on Monday. */
                granularity?: "day" | "week" | "month" | "quarter" | "year" | "total";
                /** @description FOCUS column that from, to and the periods refer to. ChargePeriodStart: when the charge was incurred. BillingPeriodStart: which month’s bill holds it, so that totals tie to the invoice; then from and to are first days of months, and granularity is month, quarter, year or total. */
                date?: "ChargePeriodStart" | "BillingPeriodStart";
                /**
                 * @description First day, UTC.
                 * @example 2026-10-01
                 */
                from: string;
                /**
                 * @description Day after the last one.
                 * @example 2026-10-01
                 */
                to: string;
                /**
                 * @description FOCUS 1.3 dimension, x_IntegrationId, or tag:KEY with : and % in KEY percent-encoded.
                 * @example [
                 *       "ServiceName",
                 *       "tag:team"
                 *     ]
                 */
                group_by?: string[];
                /**
                 * @description <dimension>:<value> or tag:KEY:VALUE. The same dimension twice: either value. An empty value: no value.
                 * @example [
                 *       "SubAccountId:123",
                 *       "tag:team:search"
                 *     ]
                 */
                filter?: string[];
                /** @description Keeps this many of the largest groups of each currency over the whole range. */
                top?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. Its weak ETag changes when the data, the question, or the filters and terms of the credential do. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CostAnswer"];
                };
            };
            /** @description The caller already has the answer. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mintWidgetToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description What the bearer may do: no more than the caller may, and with filters nothing but costs:read, for they narrow nothing else.
                     * @default [
                     *       "costs:read"
                     *     ]
                     */
                    scopes?: ("costs:read" | "budgets:read" | "integrations:read" | "integrations:write" | "runs:read" | "runs:write")[];
                    /**
                     * @description Filters of the cost question that narrow every answer to the token: <dimension>:<value> or tag:KEY:VALUE, each with a value. The page cannot take them off, but it can read them. For a node of the hierarchy give the filters that it stands for.
                     * @default []
                     * @example [
                     *       "SubAccountId:123"
                     *     ]
                     */
                    filters?: string[];
                    /**
                     * @description Tags of the elements that may use the token; none: all. The elements hold themselves to it. It is no limit of the API, which cannot know what asks: what the bearer may read is up to scopes and filters.
                     * @default []
                     * @example [
                     *       "cloudact-cost-trend"
                     *     ]
                     */
                    widgets?: string[];
                    /**
                     * @description Origins of the pages that may use the token; none: all whose pages may call the API. Browsers keep to it; who has the token outside of one can name any origin.
                     * @default []
                     * @example [
                     *       "https://portal.example.com"
                     *     ]
                     */
                    origins?: string[];
                    /**
                     * @description Factor on every cost in the answers, above 0 and up to 100: 1.15 for 15 % more. It is applied without rounding. Neither an answer nor the token tells it.
                     * @example 1.15
                     */
                    mark_up?: string;
                    /** @description Currency that costs are shown in. Rates hold for all days, and are applied without rounding. */
                    display_currency?: {
                        /**
                         * @description ISO 4217.
                         * @example EUR
                         */
                        currency: string;
                        /**
                         * @description What one unit of a bill’s currency is in the currency, above 0, by ISO 4217 code. Costs in a currency without a rate stay in it.
                         * @example {
                         *       "USD": "0.92"
                         *     }
                         */
                        rates: {
                            [key: string]: string;
                        };
                    };
                    /** @description Who the token is for, in your own terms: all tokens of one can be taken back. Default: org:<slug>. */
                    subject?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description JSON Web Token for the Authorization header of the widgets. */
                        token: string;
                        /** @description Its jti: what it is taken back by. */
                        token_id: string;
                        /** Format: date-time */
                        expires_at: string;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeWidgetTokens: {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, for example a UUID. Sent again within 24 hours, the request is not done again, and is answered as it was. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description One token. */
                    token_id?: string;
                    /** @description All tokens of a subject. */
                    subject?: string;
                    /**
                     * @description All tokens of the organisation.
                     * @enum {boolean}
                     */
                    all?: true;
                };
            };
        };
        responses: {
            /** @description The tokens are refused. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getJwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys: {
                            kty: string;
                            crv: string;
                            x: string;
                            y: string;
                            kid: string;
                            alg: string;
                            use: string;
                        }[];
                    };
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Oldest first, with those that are revoked or expired. */
                        api_keys: {
                            /** @example key_0b7e2c1a-8f5e-4a3a-9a55-0c2f4a1d9b11 */
                            id: string;
                            name: string;
                            /**
                             * @description First characters of the key, to recognise it by.
                             * @example ca_live_3fKd
                             */
                            prefix: string;
                            last4: string;
                            scopes: ("costs:read" | "costs:export" | "budgets:read" | "budgets:write" | "subscriptions:read" | "subscriptions:write" | "hierarchy:read" | "hierarchy:write" | "integrations:read" | "integrations:write" | "runs:read" | "runs:write" | "keys:read" | "keys:write" | "widgets:mint" | "members:read" | "members:write" | "billing:read" | "billing:write" | "audit:read" | "org:read" | "org:write")[];
                            /**
                             * Format: date-time
                             * @description When it was issued.
                             */
                            created_at: string;
                            /** @description From when on it is refused; null: never. */
                            expires_at: string | null;
                            /** @description When it was revoked; null: not. */
                            revoked_at: string | null;
                            /** @description When it was last used, up to a minute late; null: never. */
                            last_used_at: string | null;
                            /** @description The key that this one succeeds. */
                            rotated_from: string | null;
                        }[];
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, for example a UUID. Sent again within 24 hours, the request is not done again, and is answered as it was. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example Portal */
                    name: string;
                    /**
                     * @description What the key may be used for: no more than the caller may. There is no default.
                     * @example [
                     *       "costs:read",
                     *       "widgets:mint"
                     *     ]
                     */
                    scopes: ("costs:read" | "costs:export" | "budgets:read" | "budgets:write" | "subscriptions:read" | "subscriptions:write" | "hierarchy:read" | "hierarchy:write" | "integrations:read" | "integrations:write" | "runs:read" | "runs:write" | "keys:read" | "keys:write" | "widgets:mint" | "members:read" | "billing:read" | "audit:read" | "org:read")[];
                    /**
                     * Format: date-time
                     * @description From when on the key is refused. Default: never, or when the issuing key ends.
                     */
                    expires_at?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        api_key: {
                            /** @example key_0b7e2c1a-8f5e-4a3a-9a55-0c2f4a1d9b11 */
                            id: string;
                            name: string;
                            /**
                             * @description First characters of the key, to recognise it by.
                             * @example ca_live_3fKd
                             */
                            prefix: string;
                            last4: string;
                            scopes: ("costs:read" | "costs:export" | "budgets:read" | "budgets:write" | "subscriptions:read" | "subscriptions:write" | "hierarchy:read" | "hierarchy:write" | "integrations:read" | "integrations:write" | "runs:read" | "runs:write" | "keys:read" | "keys:write" | "widgets:mint" | "members:read" | "members:write" | "billing:read" | "billing:write" | "audit:read" | "org:read" | "org:write")[];
                            /**
                             * Format: date-time
                             * @description When it was issued.
                             */
                            created_at: string;
                            /** @description From when on it is refused; null: never. */
                            expires_at: string | null;
                            /** @description When it was revoked; null: not. */
                            revoked_at: string | null;
                            /** @description When it was last used, up to a minute late; null: never. */
                            last_used_at: string | null;
                            /** @description The key that this one succeeds. */
                            rotated_from: string | null;
                            /** @description The key itself. It is shown here and never again. */
                            key: string;
                        };
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, for example a UUID. Sent again within 24 hours, the request is not done again, and is answered as it was. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the key, as GET /v1/api-keys tells it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description How long the key that is replaced stays good beside its successor, unless it expires sooner.
                     * @default 86400
                     */
                    overlap_seconds?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        api_key: {
                            /** @example key_0b7e2c1a-8f5e-4a3a-9a55-0c2f4a1d9b11 */
                            id: string;
                            name: string;
                            /**
                             * @description First characters of the key, to recognise it by.
                             * @example ca_live_3fKd
                             */
                            prefix: string;
                            last4: string;
                            scopes: ("costs:read" | "costs:export" | "budgets:read" | "budgets:write" | "subscriptions:read" | "subscriptions:write" | "hierarchy:read" | "hierarchy:write" | "integrations:read" | "integrations:write" | "runs:read" | "runs:write" | "keys:read" | "keys:write" | "widgets:mint" | "members:read" | "members:write" | "billing:read" | "billing:write" | "audit:read" | "org:read" | "org:write")[];
                            /**
                             * Format: date-time
                             * @description When it was issued.
                             */
                            created_at: string;
                            /** @description From when on it is refused; null: never. */
                            expires_at: string | null;
                            /** @description When it was revoked; null: not. */
                            revoked_at: string | null;
                            /** @description When it was last used, up to a minute late; null: never. */
                            last_used_at: string | null;
                            /** @description The key that this one succeeds. */
                            rotated_from: string | null;
                            /** @description The key itself. It is shown here and never again. */
                            key: string;
                        };
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the key, as GET /v1/api-keys tells it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key is revoked. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConnectors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        connectors: {
                            id: string;
                            title: string;
                            fields: {
                                name: string;
                                /** @description For people. */
                                label: string;
                                /** @description Where to find the value, in one sentence. */
                                help: string;
                                /** @enum {unknown} */
                                kind: "text" | "secret" | "choice";
                                required: boolean;
                                /** @description Regular expression that the whole value matches. */
                                pattern?: string;
                                /** @description Ends the sentence "<label> must be …". */
                                expected?: string;
                                example?: string;
                                choices?: {
                                    value: string;
                                    label: string;
                                }[];
                                /** @description The field has a place only when another one has one of these values. */
                                when?: {
                                    field: string;
                                    values: string[];
                                };
                                /** @description Made by us and shown for copying; never sent. */
                                generated?: boolean;
                                /** @description Of a field that is made by us. */
                                value?: string;
                                /** @description Secrets go to the server that it names: when it changes, they are sent again. */
                                decidesHost?: boolean;
                            }[];
                        }[];
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listIntegrations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Oldest first. */
                        integrations: {
                            /** @example aws-main */
                            id: string;
                            /** @example aws-s3 */
                            connector: string;
                            name: string;
                            /** @description What was filled in and is no secret, by the names of the connector’s fields. */
                            settings: {
                                [key: string]: string;
                            };
                            /**
                             * @description draft until a check has passed; broken when the last one did not.
                             * @enum {unknown}
                             */
                            state: "draft" | "active" | "paused" | "broken";
                            /** @description What the last check found to be wrong. */
                            problem: string | null;
                            /** @description When it was last checked; null: not with these values. */
                            checked_at: string | null;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createIntegration: {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, for example a UUID. Sent again within 24 hours, the request is not done again, and is answered as it was. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Stands in every row that is loaded, as x_IntegrationId. Default: made from the connector.
                     * @example aws-main
                     */
                    id?: string;
                    /** @example aws-s3 */
                    connector: string;
                    /** @example AWS, main payer */
                    name: string;
                    /** @description By the names of the connector’s fields, as GET /v1/connectors tells them. Secrets are sealed at once and never shown again. */
                    values: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        integration: {
                            /** @example aws-main */
                            id: string;
                            /** @example aws-s3 */
                            connector: string;
                            name: string;
                            /** @description What was filled in and is no secret, by the names of the connector’s fields. */
                            settings: {
                                [key: string]: string;
                            };
                            /**
                             * @description draft until a check has passed; broken when the last one did not.
                             * @enum {unknown}
                             */
                            state: "draft" | "active" | "paused" | "broken";
                            /** @description What the last check found to be wrong. */
                            problem: string | null;
                            /** @description When it was last checked; null: not with these values. */
                            checked_at: string | null;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                            /** @description Which secrets are filled in. What is in them is never shown. */
                            secrets: {
                                [key: string]: {
                                    configured: boolean;
                                    /** @description When it was filled in; null: not. */
                                    sealed_at: string | null;
                                };
                            };
                        };
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payment Required */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIntegration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the integration, as GET /v1/integrations tells it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        integration: {
                            /** @example aws-main */
                            id: string;
                            /** @example aws-s3 */
                            connector: string;
                            name: string;
                            /** @description What was filled in and is no secret, by the names of the connector’s fields. */
                            settings: {
                                [key: string]: string;
                            };
                            /**
                             * @description draft until a check has passed; broken when the last one did not.
                             * @enum {unknown}
                             */
                            state: "draft" | "active" | "paused" | "broken";
                            /** @description What the last check found to be wrong. */
                            problem: string | null;
                            /** @description When it was last checked; null: not with these values. */
                            checked_at: string | null;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                            /** @description Which secrets are filled in. What is in them is never shown. */
                            secrets: {
                                [key: string]: {
                                    configured: boolean;
                                    /** @description When it was filled in; null: not. */
                                    sealed_at: string | null;
                                };
                            };
                        };
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteIntegration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the integration, as GET /v1/integrations tells it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The integration is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeIntegration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the integration, as GET /v1/integrations tells it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example AWS, main payer */
                    name?: string;
                    /** @description By the names of the connector’s fields, as GET /v1/connectors tells them. Secrets are sealed at once and never shown again. */
                    values?: {
                        [key: string]: string;
                    };
                    /** @enum {unknown} */
                    state?: "active" | "paused";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        integration: {
                            /** @example aws-main */
                            id: string;
                            /** @example aws-s3 */
                            connector: string;
                            name: string;
                            /** @description What was filled in and is no secret, by the names of the connector’s fields. */
                            settings: {
                                [key: string]: string;
                            };
                            /**
                             * @description draft until a check has passed; broken when the last one did not.
                             * @enum {unknown}
                             */
                            state: "draft" | "active" | "paused" | "broken";
                            /** @description What the last check found to be wrong. */
                            problem: string | null;
                            /** @description When it was last checked; null: not with these values. */
                            checked_at: string | null;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                            /** @description Which secrets are filled in. What is in them is never shown. */
                            secrets: {
                                [key: string]: {
                                    configured: boolean;
                                    /** @description When it was filled in; null: not. */
                                    sealed_at: string | null;
                                };
                            };
                        };
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkIntegration: {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, for example a UUID. Sent again within 24 hours, the request is not done again, and is answered as it was. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the integration, as GET /v1/integrations tells it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        integration: {
                            /** @example aws-main */
                            id: string;
                            /** @example aws-s3 */
                            connector: string;
                            name: string;
                            /** @description What was filled in and is no secret, by the names of the connector’s fields. */
                            settings: {
                                [key: string]: string;
                            };
                            /**
                             * @description draft until a check has passed; broken when the last one did not.
                             * @enum {unknown}
                             */
                            state: "draft" | "active" | "paused" | "broken";
                            /** @description What the last check found to be wrong. */
                            problem: string | null;
                            /** @description When it was last checked; null: not with these values. */
                            checked_at: string | null;
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                        };
                        /** @description In the order in which they were tried; the first that fails is the last. */
                        findings: {
                            /**
                             * @description Stable name of what was tried.
                             * @example list_objects
                             */
                            step: string;
                            ok: boolean;
                            /** @description What was found, or what is missing and what to do. */
                            detail: string;
                        }[];
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAuditEvents: {
        parameters: {
            query: {
                limit: number;
                /** @description Id of an event: only older ones are listed. */
                before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events: {
                            /** Format: uuid */
                            id: string;
                            /**
                             * Format: date-time
                             * @description UTC.
                             */
                            at: string;
                            actor: {
                                /** @description `member`, `api_key`, `widget`, `user`, `root` (the operator), `service`, or `unknown`. */
                                kind: string;
                                /** @description Id of the person or key; the subject of a widget token. */
                                id: string | null;
                            };
                            /**
                             * @example api_key.revoke
                             * @example access.refuse
                             */
                            action: string;
                            /** @description What it was done to. */
                            target: string | null;
                            /** @enum {string} */
                            outcome: "attempted" | "succeeded" | "refused" | "failed";
                            /** @description HTTP status of the answer. */
                            status: number | null;
                            /** @description Code of the problem, where it was refused or failed. */
                            code: string | null;
                            request_id: string;
                            /** @description Network address that the request came from. */
                            address: string | null;
                            /** @description As the client called itself. */
                            user_agent: string | null;
                        }[];
                        /** @description Give it as `before` for the next page. */
                        next: string | null;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPlans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        plans: {
                            /** @example team */
                            id: string;
                            name: string;
                            /** @description For a month; null: costs nothing, or is agreed upon. */
                            price: {
                                /** @description Decimal text. */
                                amount: string;
                                /** @description ISO 4217. */
                                currency: string;
                            } | null;
                            /** @description Can it be bought at POST /v1/billing/checkout? */
                            is_for_sale: boolean;
                            /** @description For an organisation that has not had a plan on sale before. */
                            trial_days: number;
                            limits: {
                                /** @description Integrations; null: no limit. */
                                integrations: number | null;
                                /** @description Members and open invitations together; null: no limit. */
                                seats: number | null;
                                /** @description Months that cost data is kept; null: no limit. */
                                retention_months: number | null;
                            };
                        }[];
                    };
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBilling: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description False: this installation sells nothing, and nothing has limits. */
                        is_on: boolean;
                        /**
                         * @description The plan whose limits hold at this moment.
                         * @example team
                         */
                        plan: string;
                        /** @description The plan that was chosen. Another than `plan` when it is not paid for and the grace is over. */
                        booked_plan: string;
                        /** @enum {unknown} */
                        status: "self_hosted" | "free" | "trialing" | "active" | "past_due" | "cancelled";
                        limits: {
                            integrations: {
                                /** @description How many there may be; null: no limit. */
                                most: number | null;
                                used: number;
                            };
                            seats: {
                                /** @description How many there may be; null: no limit. */
                                most: number | null;
                                /** @description Members and open invitations together. */
                                used: number;
                            };
                            /** @description Months that cost data is kept; null: no limit. */
                            retention_months: number | null;
                        };
                        /** @description Null: no trial is under way. */
                        trial_ends_at: string | null;
                        /** @description After a failed payment: until when the plan still holds. */
                        grace_ends_at: string | null;
                        /** @description Until when is paid for. */
                        current_period_ends_at: string | null;
                        cancels_at_period_end: boolean;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openCheckout: {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, for example a UUID. Sent again within 24 hours, the request is not done again, and is answered as it was. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Id of a plan that is for sale. */
                    plan: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uri
                         * @description Page of Stripe to send the person to. It leads back to the plan page.
                         */
                        url: string;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openBillingPortal: {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own for this request, for example a UUID. Sent again within 24 hours, the request is not done again, and is answered as it was. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: uri
                         * @description Page of Stripe to send the person to. It leads back to the plan page.
                         */
                        url: string;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    receiveStripeEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
