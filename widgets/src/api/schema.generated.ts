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
         * @description Creates the organisation, its dataset and its first API key, which is shown once. After a failure the same request goes on where the last one stopped; when all is done it answers 409, and another key is issued under /v1/admin/orgs/{slug}/api-keys.
         */
        post: operations["createOrg"];
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
    "/v1/costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Cost by period and group
         * @description Answers one question about the cost of the credential’s organisation. Rows, groups and totals add up exactly.
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
         * @description Called by your server, never by a page: a token of ten minutes that a page’s widgets read cost with.
         */
        post: operations["mintWidgetToken"];
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
            /** @description SHA-256 of the question and of the filters of the credential, hex. */
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
                 * @description BillingCurrency, ISO 4217.
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
                 * @description BillingCurrency, ISO 4217.
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
            /** @description One for each currency; currencies are never added up. Where unpriced has entries, each is the least that it can be. */
            totals: {
                /**
                 * @description BillingCurrency, ISO 4217.
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
    createOrg: {
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
                     * @description 3 to 40 lower-case letters, digits or underscores, starting with a letter. Cannot be changed.
                     * @example acme_inc
                     */
                    slug: string;
                    /** @example Acme Inc. */
                    name: string;
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
                        org: {
                            slug: string;
                            name: string;
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
                            scopes: ("costs:read" | "widgets:mint" | "runs:read" | "runs:write" | "keys:write")[];
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
    issueApiKey: {
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
                    /** @example Portal */
                    name: string;
                    /**
                     * @description What the key may be used for. There is no default.
                     * @example [
                     *       "costs:read",
                     *       "widgets:mint"
                     *     ]
                     */
                    scopes: ("costs:read" | "widgets:mint" | "runs:read" | "runs:write" | "keys:write")[];
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
                            scopes: ("costs:read" | "widgets:mint" | "runs:read" | "runs:write" | "keys:write")[];
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
            /** @description The answer. Its weak ETag changes when the data, the question or the credential’s filters do. */
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
                     * @description The API key must have them too.
                     * @default [
                     *       "costs:read"
                     *     ]
                     */
                    scopes?: "costs:read"[];
                    /**
                     * @description Filters of the cost question that narrow every answer to the token: <dimension>:<value> or tag:KEY:VALUE. The page cannot take them off.
                     * @default []
                     * @example [
                     *       "SubAccountId:123"
                     *     ]
                     */
                    filters?: string[];
                    /** @description Who the token is for, in your own terms. Default: org:<slug>. */
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
}
