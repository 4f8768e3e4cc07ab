// Generated from the OpenAPI document by `npm run generate:client`; do not edit.

export interface paths {
    "/api/register/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create an account and log in
         * @description A username has 3 to 150 ASCII letters, digits and `. + - _`; a password 8 to 1,024 characters, and must not be common. `password1` is another name for `password`; `password2` must equal it. If every account must have a second factor, the account is created without a session: the problem `factor_setup_required` has a `challenge` for `/api/login/totp/`.
         */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/login/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in
         * @description By `username`, by `email`, or by an email in `username`. An account with a second factor gets no session yet: the problem `second_factor_required` has a `challenge` for `/api/login/factor/`, and `factor_setup_required` one for `/api/login/totp/`.
         */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/login/factor/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a login with a second factor
         * @description With the `challenge` of the problem `second_factor_required`, and one of `code` (of an authenticator app), `recovery_code` and `passkey` (the response to `/api/login/passkey/options/`). A code works once. After a wrong one, the challenge can be used again, for 10 minutes.
         */
        post: operations["completeLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/login/totp/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set up an authenticator app to complete a login
         * @description With the `challenge` of the problem `factor_setup_required`.
         */
        post: operations["setUpTotpAtLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/login/totp/confirm/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm an authenticator app and complete the login
         * @description The recovery codes are never shown again. Each works once in place of a code of the app.
         */
        post: operations["confirmTotpAtLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/login/passkey/setup/options/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to add a passkey to complete a login
         * @description With the `challenge` of the problem `factor_setup_required`.
         */
        post: operations["setUpPasskeyAtLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/login/passkey/setup/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a passkey and complete the login
         * @description The recovery codes are never shown again. Each works once in place of the passkey.
         */
        post: operations["addPasskeyAtLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/login/passkey/options/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a login by passkey
         * @description Without a `challenge`, for any passkey of this site; with the one of the problem `second_factor_required`, for the passkeys of that account.
         */
        post: operations["requestPasskeyLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/login/passkey/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in by passkey
         * @description Without a name or password. The passkey must verify its user, and then counts as both factors.
         */
        post: operations["loginByPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/factors/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the second factors */
        get: operations["readFactors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/totp/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set up an authenticator app
         * @description It is no factor before `/api/me/totp/confirm/`. Requires a proof of identity of the last 10 minutes.
         */
        post: operations["setUpTotp"];
        /**
         * Remove the authenticator app
         * @description With the last factor, the recovery codes are deleted. Requires a proof of identity of the last 10 minutes.
         */
        delete: operations["removeTotp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/totp/confirm/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm an authenticator app
         * @description From now on a login requires a second factor. The recovery codes replace earlier ones and are never shown again; each works once in place of a code of the app. A mail about it is sent to the account.
         */
        post: operations["confirmTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/recovery-codes/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the recovery codes
         * @description Earlier ones no longer work. Requires a proof of identity of the last 10 minutes.
         */
        post: operations["replaceRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/passkey/options/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to add a passkey
         * @description Requires a proof of identity of the last 10 minutes.
         */
        post: operations["setUpPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/passkeys/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a passkey
         * @description From now on a login requires a second factor. With the first factor, the response has recovery codes, which are never shown again. A mail about it is sent to the account.
         */
        post: operations["addPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/passkeys/{id}/": {
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
         * Remove a passkey
         * @description With the last factor, the recovery codes are deleted. Requires a proof of identity of the last 10 minutes.
         */
        delete: operations["removePasskey"];
        options?: never;
        head?: never;
        /** Rename a passkey */
        patch: operations["renamePasskey"];
        trace?: never;
    };
    "/api/me/proof/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove your identity again
         * @description By one of `password`, `code`, `recovery_code` and `passkey` (the response to `/api/me/proof/options/`). For 10 minutes this session can then change the email, password, API keys and second factors, and erase the account. A login counts as such a proof, one by a provider only if it states an `auth_time` of the last 2 minutes; `/api/me/proof/provider/` is a proof by a provider.
         */
        post: operations["proveIdentity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/proof/options/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a proof of identity by passkey */
        post: operations["requestPasskeyProof"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the account */
        get: operations["readMe"];
        put?: never;
        post?: never;
        /**
         * Erase the account
         * @description `current_password` may be left out within 10 minutes of a login or of `/api/me/proof/`. Its name, email and texts are erased everywhere. Its ledger entries remain, with its id only.
         */
        delete: operations["eraseMe"];
        options?: never;
        head?: never;
        /**
         * Change the username or email
         * @description A new email requires `current_password`, or a login or `/api/me/proof/` of the last 10 minutes. It is `pending_email` until it is confirmed; until then the old one remains in force, and receives a link that cancels the change. `null` removes the email at once. The email in force cancels a pending one.
         */
        patch: operations["changeMe"];
        trace?: never;
    };
    "/api/me/export/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export all data of the account */
        get: operations["exportMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/password/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the password
         * @description `current_password` may be left out within 10 minutes of a login or of `/api/me/proof/`. Ends every other session and, unless `keep_keys` is true, deletes every API key. A mail about it is sent to the account.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/password/forgot/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Request a mail to reset the password
         * @description The response does not depend on whether there is such an account.
         */
        post: operations["forgotPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/password/reset/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a new password
         * @description Confirms the email that the token was sent to, ends every session, deletes every API key and cancels a pending change of the email.
         */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/email/verification/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send the confirmation mail again */
        post: operations["requestVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/email/verify/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm an email
         * @description A new email of an account takes effect.
         */
        post: operations["verifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/email/cancel/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a change of the email
         * @description By the token that was sent to the former address. It is valid until the change is confirmed, and for 7 days after. If the change was confirmed, the former email is restored and every session ends.
         */
        post: operations["cancelEmailChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session/refresh/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a refresh token for a new pair
         * @description The old pair stops working. If a refresh token is used again more than 10 seconds later, its session ends.
         */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logout/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End this session
         * @description A page of this server whose session was opened by a provider also gets the address at which to sign out there.
         */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the sessions of the account */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /**
         * End all sessions but this one
         * @description With `keys=true` the API keys are deleted as well.
         */
        delete: operations["endOtherSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a session */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the API keys */
        get: operations["listKeys"];
        put?: never;
        /**
         * Create an API key
         * @description It can be used wherever an access token can, except to change the account or its credentials. With `models` it may use only these. Requires `current_password`, or a login or `/api/me/proof/` of the last 10 minutes. A mail about it is sent to the account.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys/{id}/": {
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
         * Remove an API key
         * @description Requires a login or `/api/me/proof/` of the last 10 minutes.
         */
        delete: operations["removeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/caps/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the caps on the account
         * @description Those that administrators have set, the own ones, and the defaults that apply, each with what is spent and left in its current window. All of them apply: the smallest limit wins.
         */
        get: operations["listMyCaps"];
        put?: never;
        /**
         * Set a cap on the account, a key or a model
         * @description Limits what is spent in a window, whatever the balance. What was spent in it before counts. An own cap with the same scope and window gets the new limit (200). It cannot be above an administrator's for the same window.
         */
        post: operations["setMyCap"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/caps/{id}/": {
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
         * Remove an own cap
         * @description An administrator's cap cannot be removed by the account: 403 `admin_required`.
         */
        delete: operations["removeMyCap"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/notifications/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the notifications of the account
         * @description `low_balance`: the tokens below which the balance is low; null for `default_low_balance`, which is null if the operator has set none.
         */
        get: operations["readNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the notifications of the account */
        patch: operations["changeNotifications"];
        trace?: never;
    };
    "/api/tokens/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the balance */
        get: operations["readBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tokens/entries/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the ledger entries of the account */
        get: operations["listEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tokens/lots/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the lots of the account
         * @description Where the tokens come from, and when they end. The lot with the lowest `priority` is spent first, then the one that expires first, then the oldest. What is held for replies under way is still part of `left`. The id of a lot is the id of the entry that added it; what an account had before its first other lot is one lot, `opening`.
         */
        get: operations["listLots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tokens/statement/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the statement of a month
         * @description The sums of the ledger entries of one month by kind, action and model. `opening` plus every `amount` is `closing`; both include what is held. `conversations` are the charges of chats by conversation and model, the dearest first, at most 100: without a conversation `conversation_id` is null, and of an erased one `title`. A month, by default the current one, begins and ends by the time zone of the server (`TIME_ZONE`). For each lot that had tokens in the month, `opening` plus `received` minus `gave` (spent or removed) minus `expired` is `closing`.
         */
        get: operations["readStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/vouchers/redeem/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Redeem a voucher
         * @description Adds its credits to the balance, as a lot of their own. The code can be typed in small letters, with or without hyphens and spaces. Each account can redeem a voucher once. Wrong codes are limited; right ones are not counted.
         */
        post: operations["redeemVoucher"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how to sign in
         * @description Whether passwords are accepted, and the providers by which people can sign in.
         */
        get: operations["readSignInOptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in/{provider}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to sign in by a provider
         * @description Sets a cookie, which is required to finish, and returns the address of the provider to open. It is good for 10 minutes.
         */
        post: operations["startProviderSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sign-in/{provider}/finish/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish to sign in by a provider
         * @description Takes the query with which the provider sent the browser back, once and only in the browser that began. The first sign-in of a person creates their account. `account_exists`: another account has the email; sign in to it, and add the identity on its account page. An account with a second factor gets no session yet: the problem `second_factor_required` has a `challenge` for `/api/login/factor/`, and `factor_setup_required` one for `/api/login/totp/`.
         */
        post: operations["finishProviderSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/identities/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the identities by which the account signs in */
        get: operations["listIdentities"];
        put?: never;
        /**
         * Begin to add an identity
         * @description Sets a cookie and returns the address of the provider to open, as a sign-in does. Requires a login or `/api/me/proof/` of the last 10 minutes.
         */
        post: operations["startLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/identity/finish/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add an identity to the account
         * @description Takes the query with which the provider sent the browser back, once and only in the browser that began. The account that began must still be signed in. A mail about it is sent to the account.
         */
        post: operations["finishLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/identities/{id}/": {
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
         * Remove an identity from the account
         * @description The only way to sign in cannot be removed. Requires a login or `/api/me/proof/` of the last 10 minutes.
         */
        delete: operations["removeIdentity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/proof/provider/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a proof of identity by a provider
         * @description Sets a cookie, which is required to finish, and returns the address of the provider to open. The provider is asked to sign the person in again, although they are signed in there.
         */
        post: operations["startProviderProof"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/proof/provider/finish/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish a proof of identity by a provider
         * @description Takes the query with which the provider sent the browser back, once and only in the browser that began. `wrong_identity`: the identity is not one of the account, or the provider states no `auth_time` of the last 2 minutes.
         */
        post: operations["finishProviderProof"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the messages and their replies */
        get: operations["listExchanges"];
        put?: never;
        /**
         * Send a message
         * @description Without `conversation_id` a new conversation begins; with one, the AI sees the earlier messages. `model`, `system_prompt` and `temperature` apply to this message, and a new conversation keeps them for the next ones; without them, those of the conversation apply. A message follows the newest one of its conversation; with `after_id`, the `id` of an earlier message, it follows that one, and with `replaces_id` it follows what that one follows, which stays beside it: the AI then sees only the messages on the way to it. `attachments` are images and files for models with these `capabilities`: `data` in Base64 with its `media_type`, or an https `url`, which the provider fetches. They belong to the conversation, and are erased with it. With `"fit_budget": true`, a reply that the balance does not cover is limited to what it covers, at least 16 tokens of output; without it, or below that, the response is 402 with `affordable_output_tokens`. With `"stream": true`, or with `Accept: text/event-stream`, the response is a stream of events.
         */
        post: operations["sendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/{id}/stream/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a reply
         * @description The events of a streamed message, from its beginning: what has come of the reply at once, the rest as it comes. A reply that another server receives comes as a whole once it is complete. Following does not change a reply, and costs nothing.
         */
        get: operations["followReply"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/{id}/stop/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a reply
         * @description Ends a reply that is in progress, on whichever server. It is charged as if its client had disconnected: what came is kept. The response is the exchange as it is then; its status is still `pending` if another server has not stopped it within 3 seconds. A reply that has ended does not change.
         */
        post: operations["stopReply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/{id}/attachments/{position}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download an attachment
         * @description The bytes of an image or a file of a message, with its own media type. `position` counts from 0, in the order of the `attachments` of the message. One that was sent as a `url` is not stored here: 404.
         */
        get: operations["downloadAttachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the available models with their prices
         * @description For an API key that is limited to some models, only those. `max_message_chars` is the longest message of `/api/chat/` in characters (code points).
         */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the conversations
         * @description The last used one first. `q` finds those with a text of at most 200 characters in the title, a message or a reply; `snippet` is the text around it in the newest one, null if only the title has it. Upper and lower case of ASCII letters are the same. `pinned` finds those that are, or are not.
         */
        get: operations["listConversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a conversation */
        get: operations["readConversation"];
        put?: never;
        post?: never;
        /**
         * Erase the texts of a conversation
         * @description The ledger does not change.
         */
        delete: operations["eraseConversation"];
        options?: never;
        head?: never;
        /**
         * Change a conversation
         * @description Changes the fields that are present. `model`, `system_prompt` and `temperature` apply to its further messages whose requests do not name others; null removes one. The AI reads the system prompt after that of the model, and it counts as input.
         */
        patch: operations["changeConversation"];
        trace?: never;
    };
    "/api/ui-chat/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message from `useChat`
         * @description Takes what `useChat` of the AI SDK sends, and responds with the AI SDK's UI message stream. The AI sees the messages of the request, which the page keeps: they belong to no conversation. The `id` of the chat, `trigger` and `messageId` are ignored. The id of the reply is that of its chat at `/api/chat/`; its metadata has what it cost. Parts for the page only (`step-start`, `source-…`, `data-…`) are not sent to the AI.
         */
        post: operations["sendUiMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/packages/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the packages that can be bought
         * @description An empty list if nothing is for sale. `price` is in the smallest unit of the currency, such as cents.
         */
        get: operations["listPackages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the orders of the account */
        get: operations["listOrders"];
        put?: never;
        /**
         * Order a package
         * @description Send the person to `checkout_url` to pay. The tokens arrive when the payment provider says that they are paid, whatever the browser does. The checkout ends after an hour.
         */
        post: operations["createOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orders/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an order */
        get: operations["readOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/payments/webhook/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive an event of the payment provider
         * @description For the payment provider, which signs the body. An event that cannot be applied yet gets 409, so that the provider repeats it; `rejected` was applied to nothing and is shown to administrators.
         */
        post: operations["receivePaymentEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a chat
         * @description As in OpenAI's API. Parameters that are not supported are rejected by name, never ignored silently.
         */
        post: operations["createCompletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the models
         * @description For an API key that is limited to some models, only those. With the header `anthropic-version`, in pages in the format of the Anthropic API (`limit`, `after_id`, `before_id`).
         */
        get: operations["listCompletionModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a model */
        get: operations["readCompletionModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/responses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a response
         * @description As in OpenAI's Responses API, without stored state: the input contains the whole conversation, as items or as references to items of earlier replies. Parameters that are not supported are rejected by name, never ignored silently.
         */
        post: operations["createResponse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a message
         * @description As in Anthropic's API, with the header `anthropic-version`, and `x-api-key` or a bearer. What is not supported is rejected by name, never ignored silently; `anthropic-beta` has no effect.
         */
        post: operations["createMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/count_tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count the tokens of a message
         * @description The estimate by which a reply is charged if its provider reports no usage. It costs nothing.
         */
        post: operations["countMessageTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/first/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create the first administrator
         * @description Requires the secret of the link that the server prints at start while there is no administrator. Counts as a registration.
         */
        post: operations["createFirstAdmin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the accounts
         * @description `from` and `to` limit the time at which an account was created. `last_seen_at` is when it was last active: its last use of a session or key (to the minute), message or sign-in.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Create an account
         * @description It starts with `tokens`, by default with the starting balance of every new account. If there is an email, it is sent a confirmation mail.
         */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an account */
        get: operations["readUser"];
        put?: never;
        post?: never;
        /** Erase an account */
        delete: operations["eraseUser"];
        options?: never;
        head?: never;
        /**
         * Change an account
         * @description Changes its role, status, username or email. A new email is `pending_email` until it is confirmed.
         */
        patch: operations["changeUser"];
        trace?: never;
    };
    "/api/admin/users/{id}/password/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set the password of an account
         * @description Ends every session of the account and, unless `keep_keys` is true, removes its API keys. Administrators who set their own password keep the current session.
         */
        post: operations["setUserPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/factors/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the second factors of an account */
        get: operations["readUserFactors"];
        put?: never;
        post?: never;
        /**
         * Remove every second factor of an account
         * @description For a person who has lost one. Ends every session of the account, and sends it a mail. Requires a proof of identity of the last 10 minutes.
         */
        delete: operations["resetUserFactors"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/sessions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the sessions of an account */
        get: operations["listUserSessions"];
        put?: never;
        post?: never;
        /**
         * End every session of an account
         * @description With `keys=true` its API keys are removed as well.
         */
        delete: operations["endUserSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/sessions/{session_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a session of an account */
        delete: operations["endUserSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/identities/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the identities by which an account signs in */
        get: operations["listUserIdentities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/identities/{identity_id}/": {
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
         * Remove an identity of an account
         * @description Also the last one. Open sessions stay; end them separately.
         */
        delete: operations["removeUserIdentity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/keys/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the API keys of an account */
        get: operations["listUserKeys"];
        put?: never;
        post?: never;
        /** Remove every API key of an account */
        delete: operations["removeUserKeys"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/keys/{key_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove an API key of an account */
        delete: operations["removeUserKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/service-keys/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the service keys */
        get: operations["listServiceKeys"];
        put?: never;
        /**
         * Create a service key
         * @description For a program that meters accounts (scope `metering`), changes balances (`grants`) or reads what administrators read (`read`). It belongs to the installation, not to an account, and works until it expires or is removed. A mail about it is sent to the administrator who creates it.
         */
        post: operations["createServiceKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/service-keys/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a service key */
        delete: operations["removeServiceKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/caps/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the caps on an account */
        get: operations["listUserCaps"];
        put?: never;
        /**
         * Set a cap on an account, one of its keys or a model
         * @description Its owner cannot remove it, and cannot set an own one above it. Own caps that are above it stay, and both apply. On the whole account it replaces the default for the same window. An administrator's cap with the same scope and window gets the new limit (200).
         */
        post: operations["setUserCap"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/caps/{cap_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a cap of an account */
        delete: operations["removeUserCap"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/tokens/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add or remove tokens
         * @description Creates one entry in the ledger. A balance never goes below zero. If the account has a debt, what an administrator adds pays it first, by an entry `debt`; what a service key adds does not. Tokens that are added are a lot of their own: from `expires_at` on they cannot be spent, and the lot with the lowest `priority` is spent first (20 by default). Tokens that are removed are taken from the lot `lot_id` first, then in the order in which they are spent.
         */
        post: operations["adjustBalance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/spend/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Charge an account at once
         * @description For an action of a known price. Creates one entry in the ledger. A balance never goes below zero.
         */
        post: operations["spendTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/holds/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hold tokens of an account
         * @description For an action whose price is known afterwards. Settle or release the hold; otherwise all of it returns to the balance after `ttl_seconds`.
         */
        post: operations["createHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/holds/{id}/settle/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Charge a hold
         * @description Ends the hold; what was not charged returns to the balance. An amount above the hold takes the rest from the balance as far as that goes; what is still missing is `uncollected`.
         */
        post: operations["settleHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/holds/{id}/renew/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move the deadline of a hold
         * @description The hold then ends `ttl_seconds` from now. A repetition does the same again.
         */
        post: operations["renewHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/holds/{id}/release/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a hold back
         * @description Ends the hold without a charge: all of it returns to the balance.
         */
        post: operations["releaseHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/lots/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the lots of an account
         * @description As the owner sees them. No allowance is given by this.
         */
        get: operations["listUserLots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/conversations/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the conversations of an account
         * @description The last used one first.
         */
        get: operations["listUserConversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/conversations/{conversation_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a conversation of an account */
        get: operations["readUserConversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/statement/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the statement of an account for a month
         * @description The sums of the ledger entries of one month by kind, action and model. `opening` plus every `amount` is `closing`; both include what is held. `conversations` are the charges of chats by conversation and model, the dearest first, at most 100: without a conversation `conversation_id` is null, and of an erased one `title`. A month, by default the current one, begins and ends by the time zone of the server (`TIME_ZONE`). For each lot that had tokens in the month, `opening` plus `received` minus `gave` (spent or removed) minus `expired` is `closing`. Of an erased account too, whose entries remain.
         */
        get: operations["readUserStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/allowance/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the allowance of an account
         * @description The one that was set for the account, or the default. Without one, `amount` is 0.
         */
        get: operations["readUserAllowance"];
        /**
         * Set the allowance of an account
         * @description Replaces the default for this account, from its next use on; an amount of 0 gives it none. It is given once in each period, by the first use, and what is left of it expires with the period. What was given stays: another amount for the same kind of period begins with the next one.
         */
        put: operations["setUserAllowance"];
        post?: never;
        /** Let the default allowance apply to an account */
        delete: operations["removeUserAllowance"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/webhooks/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the webhook endpoints */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Create a webhook endpoint
         * @description The URL gets a POST for each event of these types, signed as Standard Webhooks specify. `secret` verifies the signature, and is never shown again.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/webhooks/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a webhook endpoint */
        delete: operations["removeWebhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook endpoint
         * @description With `enabled: false`, what happens is kept for 7 days. With `enabled: true`, everything that was not delivered is sent at once.
         */
        patch: operations["changeWebhook"];
        trace?: never;
    };
    "/api/admin/webhooks/{id}/test/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test to a webhook endpoint
         * @description Sends an event of the type `webhook.test` at once, without an account, and returns the response.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/webhooks/{id}/deliveries/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the deliveries of a webhook endpoint */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/webhooks/{id}/deliveries/{delivery_id}/replay/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a delivery again
         * @description With the same `webhook-id`, and with all attempts.
         */
        post: operations["replayWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/vouchers/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the batches of vouchers
         * @description Without their codes, which are shown only when a batch is created.
         */
        get: operations["listVouchers"];
        put?: never;
        /**
         * Create a batch of vouchers
         * @description Each code gives `credits` to `max_redemptions` accounts, once to each of them, until `expires_at` or until the batch is ended. The credits can be spent for as long as `credits_expire_after` says, such as `90d`, from the redemption on. The `name` of the batch is the reason in the ledger of the account. The codes are in this response and never shown again; with `Accept: text/csv` or `?format=csv` it is a CSV file of them.
         */
        post: operations["createVouchers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/vouchers/{id}/": {
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
         * End a batch of vouchers
         * @description None of its codes can be redeemed any more. What was redeemed stays.
         */
        delete: operations["endVouchers"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/orders/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the orders of all accounts
         * @description In the CSV, `price` and `refunded` are in the currency; in JSON, in its smallest unit. `username` is null if the account is erased.
         */
        get: operations["listAllOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/orders/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an order of any account */
        get: operations["readAccountOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/orders/{id}/refund/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refund an order
         * @description Asks the payment provider to pay back `amount`, in the smallest unit of the currency; by default all that is left. The tokens go back in proportion when the provider says that the money does; what was spent becomes a debt of the account.
         */
        post: operations["refundOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/payments/problems/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the payment events that were applied to nothing
         * @description Facts whose amount or currency is not that of the order, second payments of an order, and events with an invalid signature, which are counted by day. They changed nothing: refund such a payment at the provider.
         */
        get: operations["listPaymentProblems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/chats/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the exchanges of all accounts
         * @description `erased`: the texts were erased, by the account or with it. `tokens_held` is what was held when the reply began. A reply that cost more took `tokens_beyond_hold` from the balance, which is part of `tokens_charged`; `tokens_uncollected` was used but not charged, because nothing covered it.
         */
        get: operations["listAllExchanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/chats/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an exchange */
        get: operations["readExchange"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/entries/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the ledger entries of all accounts
         * @description A charge that was more than its hold says how much of it was taken from the balance (`tokens_beyond_hold`), and what was used but not charged because nothing covered it (`tokens_uncollected`).
         */
        get: operations["listAllEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/audit/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the audit events */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/audit/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an audit event
         * @description `details` are what it changed (`before` and `after`, null for none), by how many tokens (`amount`, signed) and the `reason` that was given; null if there is no more to say, or the account was erased.
         */
        get: operations["readAuditEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/stats/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read statistics by day and model
         * @description The range has at most 366 days; by default it is the last 30. `tokens_charged` is for chats, `tokens_metered` for other actions (`by_action`). `tokens_uncollected` was used but not charged, because neither the hold nor the balance nor the caps covered it. `tokens_granted` counts grants, opening grants, purchases, vouchers and allowances. `active_accounts` sent a message or were charged for another action. `latency_by_model` is of complete replies: half of them took at most `median_ms`, 95 of 100 at most `slow_ms`. `revenue` is of the paid orders that were made on that day, in the smallest unit of the currency. `top_accounts` are the ten that were charged most. With `user`, an id, username or email, the counts are of one account, and the last three are empty.
         */
        get: operations["readStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/models/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the models with their health
         * @description From the chats of all servers; no provider is asked. `replies` and `failures` are of the last hour: a chat is a failure of each model of the chain that was asked and failed, also if a fallback replied. Requests that a provider rejected do not count. `last_success_at` looks back 30 days.
         */
        get: operations["listModelsWithHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/invariants/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check the invariants of the ledger */
        get: operations["auditLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/demo-checkout/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a test checkout
         * @description For the page of the test checkout, with `PAYMENTS=demo`. `actions` is what the caller can do now.
         */
        get: operations["readDemoCheckout"];
        put?: never;
        /**
         * Pay or decline at a test checkout
         * @description With `PAYMENTS=demo`, does what a payment provider would state. All but `pay` and `decline` is for administrators.
         */
        post: operations["actAtDemoCheckout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check whether the process is running */
        get: operations["isLive"];
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
        /** Check whether the server and its database can serve requests */
        get: operations["isReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the metrics of the server, for Prometheus
         * @description For programs on the same machine, and for requests with `Authorization: Bearer …` and the value of `METRICS_TOKEN`. A request that a proxy forwards counts as one from another machine.
         */
        get: operations["readMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metering-vectors.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the metering vectors
         * @description Usage as providers really report it, the same usage by class, and what it costs by several price lists: test data for any program that meters. `usage` is a list if a stream reports more than once.
         */
        get: operations["readMeteringVectors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["readDocument"];
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
        AccountAllowance: {
            amount: number;
            every: ("day" | "week" | "month") | null;
            renews_at: string | null;
            is_default: boolean;
        };
        AccountChange: {
            username?: string;
            email?: string | null;
            /** @enum {string} */
            role?: "user" | "admin";
            /** @enum {string} */
            status?: "active" | "disabled";
        };
        AccountExport: {
            account: components["schemas"]["User"];
            held: number;
            sessions: components["schemas"]["Session"][];
            keys: components["schemas"]["Key"][];
            email_changes: {
                /** Format: uuid */
                id: string;
                former_email: string | null;
                email: string | null;
                /** Format: date-time */
                requested_at: string;
                took_effect_at: string | null;
                cancellable_until: string | null;
            }[];
            identities: components["schemas"]["Identity"][];
            factors: {
                totp: {
                    /** Format: date-time */
                    created_at: string;
                } | null;
                passkeys: components["schemas"]["Passkey"][];
                recovery_codes_left: number;
            };
            orders: components["schemas"]["Order"][];
            lots: components["schemas"]["Lot"][];
            entries: components["schemas"]["Entry"][];
            vouchers: {
                /** Format: uuid */
                id: string;
                /** Format: uuid */
                batch_id: string;
                credits: number;
                /** Format: date-time */
                created_at: string;
            }[];
            conversations: components["schemas"]["Conversation"][];
            chats: {
                /** Format: uuid */
                id: string;
                conversation_id: string | null;
                after_id: string | null;
                message: string;
                response: string | null;
                attachments?: {
                    /** @enum {string} */
                    type: "image" | "file";
                    name: string | null;
                    media_type: string | null;
                    size: number | null;
                    url: string | null;
                    data: string | null;
                }[];
                tool_calls?: {
                    id: string;
                    /** @constant */
                    type: "function";
                    function: {
                        name: string;
                        arguments: string;
                    };
                    extra_content?: {
                        google: {
                            thought_signature: string;
                        };
                    };
                }[];
                incomplete: boolean;
                erased: boolean;
                /** @enum {string} */
                status: "pending" | "completed" | "failed" | "cancelled" | "imported";
                tokens_charged: number;
                model: string;
                /** Format: date-time */
                created_at: string;
            }[];
            audit: components["schemas"]["AuditEvent"][];
        };
        AccountOrder: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            status: "open" | "paid" | "expired" | "partially_refunded" | "refunded" | "disputed" | "dispute_lost";
            checkout_url: string | null;
            /** Format: date-time */
            expires_at: string;
            package: components["schemas"]["Package"];
            refunded: number;
            paid_at: string | null;
            lot_id: string | null;
            bonus_lot_id: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            user_id: string;
            provider: string;
            payment_id: string | null;
        };
        AddedPasskey: {
            /** Format: uuid */
            id: string;
            name: string;
            /** Format: date-time */
            created_at: string;
            last_used_at: string | null;
            backed_up: boolean;
            recovery_codes: string[] | null;
        };
        Adjustment: {
            amount: number;
            reason: string;
            expires_at?: string | null;
            priority?: number | null;
            lot_id?: string | null;
        };
        Allowance: {
            amount: number;
            /** @enum {string} */
            every: "day" | "week" | "month";
            /** Format: date-time */
            renews_at: string;
        } | null;
        AllowanceChange: {
            amount: number;
            /** @enum {string} */
            every: "day" | "week" | "month";
        };
        AnthropicContent: {
            /** @constant */
            type: "text";
            text: string;
        } | {
            /** @constant */
            type: "thinking";
            thinking: string;
            signature: string;
        } | {
            /** @constant */
            type: "redacted_thinking";
            data: string;
        } | {
            /** @constant */
            type: "tool_use";
            id: string;
            name: string;
            input: Record<string, never>;
            caller: {
                /** @constant */
                type: "direct";
            };
        };
        AnthropicCount: {
            input_tokens: number;
        };
        AnthropicCountRequest: {
            model: string;
            messages: components["schemas"]["AnthropicMessages"];
            system?: (string | {
                /** @constant */
                type: "text";
                text: string;
                cache_control?: {
                    /** @constant */
                    type: "ephemeral";
                    ttl?: ("5m" | "1h") | null;
                    scope?: string | null;
                } | null;
                citations?: unknown[] | null;
            }[]) | null;
            tools?: components["schemas"]["AnthropicTools"] | null;
            tool_choice?: ({
                /** @constant */
                type: "auto";
                disable_parallel_tool_use?: boolean | null;
            } | {
                /** @constant */
                type: "any";
                disable_parallel_tool_use?: boolean | null;
            } | {
                /** @constant */
                type: "tool";
                name: string;
                disable_parallel_tool_use?: boolean | null;
            } | {
                /** @constant */
                type: "none";
            }) | null;
            thinking?: ({
                /** @constant */
                type: "enabled";
                budget_tokens: number;
                display?: "summarized" | null;
            } | {
                /** @constant */
                type: "adaptive";
                display?: "summarized" | null;
            } | {
                /** @constant */
                type: "disabled";
            }) | null;
            output_config?: {
                effort?: ("low" | "medium" | "high" | "xhigh" | "max") | null;
                format?: {
                    /** @constant */
                    type: "json_schema";
                    schema: Record<string, never>;
                } | null;
            } | null;
            output_format?: {
                /** @constant */
                type: "json_schema";
                schema: Record<string, never>;
            } | null;
            cache_control?: {
                /** @constant */
                type: "ephemeral";
                ttl?: ("5m" | "1h") | null;
                scope?: string | null;
            } | null;
        };
        AnthropicError: {
            /** @constant */
            type: "error";
            error: {
                type: string;
                message: string;
                code: string;
                details: {
                    error_code: string;
                    unsupported?: string[];
                };
                remaining_tokens?: number;
                required_tokens?: number;
                debt?: number;
                cap?: components["schemas"]["Cap"];
                affordable_output_tokens?: number;
            };
            request_id: string;
        };
        AnthropicMessage: {
            id: string;
            /** @constant */
            type: "message";
            /** @constant */
            role: "assistant";
            model: string;
            container: null;
            content: components["schemas"]["AnthropicContent"][];
            /** @enum {string} */
            stop_reason: "end_turn" | "max_tokens" | "stop_sequence" | "tool_use" | "refusal";
            stop_sequence: string | null;
            usage: components["schemas"]["AnthropicUsage"];
        };
        AnthropicMessageRequest: {
            model: string;
            messages: components["schemas"]["AnthropicMessages"];
            system?: (string | {
                /** @constant */
                type: "text";
                text: string;
                cache_control?: {
                    /** @constant */
                    type: "ephemeral";
                    ttl?: ("5m" | "1h") | null;
                    scope?: string | null;
                } | null;
                citations?: unknown[] | null;
            }[]) | null;
            tools?: components["schemas"]["AnthropicTools"] | null;
            tool_choice?: ({
                /** @constant */
                type: "auto";
                disable_parallel_tool_use?: boolean | null;
            } | {
                /** @constant */
                type: "any";
                disable_parallel_tool_use?: boolean | null;
            } | {
                /** @constant */
                type: "tool";
                name: string;
                disable_parallel_tool_use?: boolean | null;
            } | {
                /** @constant */
                type: "none";
            }) | null;
            thinking?: ({
                /** @constant */
                type: "enabled";
                budget_tokens: number;
                display?: "summarized" | null;
            } | {
                /** @constant */
                type: "adaptive";
                display?: "summarized" | null;
            } | {
                /** @constant */
                type: "disabled";
            }) | null;
            output_config?: {
                effort?: ("low" | "medium" | "high" | "xhigh" | "max") | null;
                format?: {
                    /** @constant */
                    type: "json_schema";
                    schema: Record<string, never>;
                } | null;
            } | null;
            output_format?: {
                /** @constant */
                type: "json_schema";
                schema: Record<string, never>;
            } | null;
            cache_control?: {
                /** @constant */
                type: "ephemeral";
                ttl?: ("5m" | "1h") | null;
                scope?: string | null;
            } | null;
            max_tokens: number;
            stream?: boolean | null;
            temperature?: number | null;
            top_p?: number | null;
            top_k?: number | null;
            stop_sequences?: string[] | null;
            fit_budget?: boolean | null;
        };
        AnthropicMessages: ({
            /** @constant */
            role: "user";
            content: string | ({
                /** @constant */
                type: "text";
                text: string;
                cache_control?: {
                    /** @constant */
                    type: "ephemeral";
                    ttl?: ("5m" | "1h") | null;
                    scope?: string | null;
                } | null;
                citations?: unknown[] | null;
            } | {
                /** @constant */
                type: "image";
                source: {
                    /** @constant */
                    type: "base64";
                    /** @enum {string} */
                    media_type: "image/jpeg" | "image/png" | "image/gif" | "image/webp";
                    data: string;
                } | {
                    /** @constant */
                    type: "url";
                    url: string;
                };
                cache_control?: {
                    /** @constant */
                    type: "ephemeral";
                    ttl?: ("5m" | "1h") | null;
                    scope?: string | null;
                } | null;
            } | {
                /** @constant */
                type: "document";
                source: {
                    /** @constant */
                    type: "base64";
                    /** @constant */
                    media_type: "application/pdf";
                    data: string;
                } | {
                    /** @constant */
                    type: "text";
                    /** @constant */
                    media_type: "text/plain";
                    data: string;
                } | {
                    /** @constant */
                    type: "url";
                    url: string;
                };
                title?: string | null;
                citations?: {
                    enabled?: false | null;
                } | null;
                cache_control?: {
                    /** @constant */
                    type: "ephemeral";
                    ttl?: ("5m" | "1h") | null;
                    scope?: string | null;
                } | null;
            } | {
                /** @constant */
                type: "tool_result";
                tool_use_id: string;
                content?: (string | ({
                    /** @constant */
                    type: "text";
                    text: string;
                    cache_control?: {
                        /** @constant */
                        type: "ephemeral";
                        ttl?: ("5m" | "1h") | null;
                        scope?: string | null;
                    } | null;
                    citations?: unknown[] | null;
                } | {
                    /** @constant */
                    type: "image";
                    source: {
                        /** @constant */
                        type: "base64";
                        /** @enum {string} */
                        media_type: "image/jpeg" | "image/png" | "image/gif" | "image/webp";
                        data: string;
                    } | {
                        /** @constant */
                        type: "url";
                        url: string;
                    };
                    cache_control?: {
                        /** @constant */
                        type: "ephemeral";
                        ttl?: ("5m" | "1h") | null;
                        scope?: string | null;
                    } | null;
                } | {
                    /** @constant */
                    type: "document";
                    source: {
                        /** @constant */
                        type: "base64";
                        /** @constant */
                        media_type: "application/pdf";
                        data: string;
                    } | {
                        /** @constant */
                        type: "text";
                        /** @constant */
                        media_type: "text/plain";
                        data: string;
                    } | {
                        /** @constant */
                        type: "url";
                        url: string;
                    };
                    title?: string | null;
                    citations?: {
                        enabled?: false | null;
                    } | null;
                    cache_control?: {
                        /** @constant */
                        type: "ephemeral";
                        ttl?: ("5m" | "1h") | null;
                        scope?: string | null;
                    } | null;
                })[]) | null;
                is_error?: boolean | null;
                cache_control?: {
                    /** @constant */
                    type: "ephemeral";
                    ttl?: ("5m" | "1h") | null;
                    scope?: string | null;
                } | null;
            })[];
        } | {
            /** @constant */
            role: "assistant";
            content: string | ({
                /** @constant */
                type: "text";
                text: string;
                cache_control?: {
                    /** @constant */
                    type: "ephemeral";
                    ttl?: ("5m" | "1h") | null;
                    scope?: string | null;
                } | null;
                citations?: unknown[] | null;
            } | {
                /** @constant */
                type: "thinking";
                thinking: string;
                signature: string;
            } | {
                /** @constant */
                type: "redacted_thinking";
                data: string;
            } | {
                /** @constant */
                type: "tool_use";
                id: string;
                name: string;
                input: Record<string, never>;
                caller?: {
                    /** @constant */
                    type: "direct";
                } | null;
                cache_control?: {
                    /** @constant */
                    type: "ephemeral";
                    ttl?: ("5m" | "1h") | null;
                    scope?: string | null;
                } | null;
            })[];
        } | {
            /** @constant */
            role: "system";
            content: string | {
                /** @constant */
                type: "text";
                text: string;
                cache_control?: {
                    /** @constant */
                    type: "ephemeral";
                    ttl?: ("5m" | "1h") | null;
                    scope?: string | null;
                } | null;
                citations?: unknown[] | null;
            }[];
        })[];
        AnthropicModel: {
            /** @constant */
            type: "model";
            id: string;
            display_name: string;
            /** Format: date-time */
            created_at: string;
            max_input_tokens: number;
            max_tokens: number;
        };
        AnthropicModels: {
            data: components["schemas"]["AnthropicModel"][];
            has_more: boolean;
            first_id: string | null;
            last_id: string | null;
        };
        AnthropicTools: {
            type?: "custom" | null;
            name: string;
            description?: string | null;
            input_schema: Record<string, never>;
            strict?: boolean | null;
            cache_control?: {
                /** @constant */
                type: "ephemeral";
                ttl?: ("5m" | "1h") | null;
                scope?: string | null;
            } | null;
            eager_input_streaming?: boolean | null;
            defer_loading?: false | null;
            allowed_callers?: "direct"[] | null;
        }[];
        AnthropicUsage: {
            input_tokens: number;
            cache_creation_input_tokens: number;
            cache_read_input_tokens: number;
            output_tokens: number;
            output_tokens_details: {
                thinking_tokens: number;
            };
        };
        Attachment: {
            /** @enum {string} */
            type: "image" | "file";
            name: string | null;
            media_type: string | null;
            size: number | null;
            url: string | null;
        };
        AttachmentToSend: {
            /** @enum {string} */
            type: "image" | "file";
            name?: string | null;
            media_type?: string | null;
            data?: string | null;
            url?: string | null;
            detail?: ("auto" | "low" | "high") | null;
        };
        AuditDetails: {
            amount: number | null;
            reason: string | null;
            changes: {
                field: string;
                before: (string | number | boolean) | null;
                after: (string | number | boolean) | null;
            }[];
        };
        AuditEvent: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            action: "registered" | "account_created" | "imported" | "adopted" | "signed_in" | "sign_in_failed" | "signed_out" | "session_ended" | "other_sessions_ended" | "sessions_ended" | "refresh_token_reused" | "key_created" | "key_removed" | "keys_removed" | "username_changed" | "email_changed" | "email_change_requested" | "email_change_cancelled" | "email_restored" | "email_verified" | "verification_requested" | "password_changed" | "password_set" | "password_reset_requested" | "password_reset" | "account_exported" | "account_erased" | "account_disabled" | "account_enabled" | "administrator_created" | "administrator_appointed" | "administrator_dismissed" | "balance_adjusted" | "service_key_created" | "service_key_removed" | "cap_set" | "cap_removed" | "credits_spent" | "hold_created" | "hold_settled" | "hold_released" | "allowance_changed" | "webhook_created" | "webhook_changed" | "webhook_removed" | "webhook_tested" | "webhook_replayed" | "vouchers_created" | "vouchers_ended" | "voucher_redeemed" | "refund_requested" | "identity_linked" | "identity_removed" | "totp_added" | "totp_removed" | "passkey_added" | "passkey_renamed" | "passkey_removed" | "passkey_copy_refused" | "recovery_codes_created" | "recovery_code_used" | "second_factor_failed" | "factors_reset";
            actor_id: string | null;
            service_key_id: string | null;
            subject_id: string | null;
            details: components["schemas"]["AuditDetails"] | null;
            address: string | null;
            user_agent: string | null;
            /** Format: date-time */
            created_at: string;
        };
        Balance: {
            tokens: number;
            held: number;
            unit: components["schemas"]["Unit"];
        };
        Cap: {
            id: string | null;
            /** @enum {string} */
            scope: "account" | "key" | "model";
            key_id: string | null;
            model: string | null;
            /** @enum {string} */
            window: "hour" | "day" | "week" | "month" | "total";
            limit: number;
            /** @enum {string} */
            set_by: "administrator" | "account" | "default";
            spent: number;
            left: number;
            window_ends_at: string | null;
            created_at: string | null;
        };
        CapToSet: {
            /** @enum {string} */
            scope: "account" | "key" | "model";
            key_id?: string | null;
            model?: string | null;
            /** @enum {string} */
            window: "hour" | "day" | "week" | "month" | "total";
            limit: number;
        };
        Completion: {
            id: string;
            created: number;
            model: string;
            /** @constant */
            object: "chat.completion";
            choices: {
                index: number;
                message: {
                    /** @constant */
                    role: "assistant";
                    content: string | null;
                    refusal: null;
                    reasoning_content?: string;
                    tool_calls?: {
                        id: string;
                        /** @constant */
                        type: "function";
                        function: {
                            name: string;
                            arguments: string;
                        };
                        extra_content?: {
                            google: {
                                thought_signature: string;
                            };
                        };
                    }[];
                };
                logprobs: null;
                /** @enum {string} */
                finish_reason: "stop" | "length" | "content_filter" | "tool_calls";
            }[];
            usage: components["schemas"]["CompletionUsage"];
        };
        CompletionChunk: {
            id: string;
            created: number;
            model: string;
            /** @constant */
            object: "chat.completion.chunk";
            choices: {
                index: number;
                delta: {
                    /** @constant */
                    role?: "assistant";
                    content?: string;
                    refusal?: null;
                    reasoning_content?: string;
                    tool_calls?: ({
                        index: number;
                        id: string;
                        /** @constant */
                        type: "function";
                        function: {
                            name: string;
                            arguments: string;
                        };
                        extra_content?: {
                            google: {
                                thought_signature: string;
                            };
                        };
                    } | {
                        index: number;
                        function: {
                            arguments: string;
                        };
                    })[];
                };
                logprobs: null;
                finish_reason: ("stop" | "length" | "content_filter" | "tool_calls") | null;
            }[];
            usage?: components["schemas"]["CompletionUsage"] | null;
        };
        CompletionMessages: ({
            /** @enum {string} */
            role: "system" | "developer";
            content: string | {
                /** @constant */
                type: "text";
                text: string;
                prompt_cache_breakpoint?: unknown;
            }[];
            name?: string | null;
        } | {
            /** @constant */
            role: "user";
            content: string | ({
                /** @constant */
                type: "text";
                text: string;
                prompt_cache_breakpoint?: unknown;
            } | {
                /** @constant */
                type: "image_url";
                image_url: {
                    url: string;
                    detail?: ("auto" | "low" | "high") | null;
                };
                prompt_cache_breakpoint?: unknown;
            } | {
                /** @constant */
                type: "file";
                file: {
                    file_data: string;
                    filename?: string | null;
                };
                prompt_cache_breakpoint?: unknown;
            })[];
            name?: string | null;
        } | {
            /** @constant */
            role: "assistant";
            content?: (string | {
                /** @constant */
                type: "text";
                text: string;
                prompt_cache_breakpoint?: unknown;
            }[]) | null;
            reasoning_content?: string | null;
            tool_calls?: {
                id: string;
                /** @constant */
                type: "function";
                function: {
                    name: string;
                    arguments: string;
                    parsed_arguments?: unknown;
                };
                index?: number | null;
                extra_content?: {
                    google?: {
                        thought_signature?: string | null;
                    } | null;
                } | null;
            }[] | null;
            name?: string | null;
            annotations?: unknown[] | null;
            parsed?: unknown;
        } | {
            /** @constant */
            role: "tool";
            content: string | {
                /** @constant */
                type: "text";
                text: string;
                prompt_cache_breakpoint?: unknown;
            }[];
            tool_call_id: string;
            name?: string | null;
        })[];
        CompletionModel: {
            id: string;
            /** @constant */
            object: "model";
            created: number;
            owned_by: string;
            price: components["schemas"]["Price"];
        };
        CompletionRequest: {
            model: string;
            messages: components["schemas"]["CompletionMessages"];
            stream?: boolean | null;
            stream_options?: {
                include_usage?: boolean | null;
                include_obfuscation?: false | null;
            } | null;
            max_tokens?: number | null;
            max_completion_tokens?: number | null;
            temperature?: number | null;
            top_p?: number | null;
            presence_penalty?: number | null;
            frequency_penalty?: number | null;
            seed?: number | null;
            stop?: (string | string[]) | null;
            tools?: components["schemas"]["CompletionTools"] | null;
            tool_choice?: (("none" | "auto" | "required") | {
                /** @constant */
                type: "function";
                function: {
                    name: string;
                };
            }) | null;
            response_format?: ({
                /** @constant */
                type: "text";
            } | {
                /** @constant */
                type: "json_object";
            } | {
                /** @constant */
                type: "json_schema";
                json_schema: {
                    name: string;
                    description?: string | null;
                    schema: Record<string, never>;
                    strict?: boolean | null;
                };
            }) | null;
            reasoning_effort?: ("none" | "minimal" | "low" | "medium" | "high" | "xhigh" | "max") | null;
            verbosity?: ("low" | "medium" | "high") | null;
            parallel_tool_calls?: boolean | null;
            fit_budget?: boolean | null;
        };
        CompletionTools: {
            /** @constant */
            type: "function";
            function: {
                name: string;
                description?: string | null;
                parameters?: Record<string, never> | null;
                strict?: boolean | null;
            };
        }[];
        CompletionUsage: {
            prompt_tokens: number;
            completion_tokens: number;
            total_tokens: number;
            prompt_tokens_details: {
                cached_tokens: number;
                cache_write_tokens: number;
            };
            completion_tokens_details: {
                reasoning_tokens: number;
            };
        };
        Conversation: {
            /** Format: uuid */
            id: string;
            title: string;
            model: string | null;
            system_prompt: string | null;
            temperature: number | null;
            pinned: boolean;
            has_branches: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        ConversationChange: {
            title?: string;
            model?: string | null;
            system_prompt?: string | null;
            temperature?: number | null;
            pinned?: boolean;
        };
        CreatedKey: {
            /** Format: uuid */
            id: string;
            name: string;
            last_characters: string;
            /** Format: date-time */
            created_at: string;
            expires_at: string | null;
            last_used_at: string | null;
            models: string[] | null;
            key: string;
        };
        CreatedServiceKey: {
            /** Format: uuid */
            id: string;
            name: string;
            scopes: ("metering" | "grants" | "read")[];
            last_characters: string;
            created_by: string | null;
            /** Format: date-time */
            created_at: string;
            expires_at: string | null;
            last_used_at: string | null;
            key: string;
        };
        CreatedVouchers: {
            /** Format: uuid */
            id: string;
            name: string | null;
            count: number;
            credits: number;
            max_redemptions: number;
            redemptions: number;
            expires_at: string | null;
            credits_expire_after: string | null;
            created_by: string | null;
            /** Format: date-time */
            created_at: string;
            ended_at: string | null;
            codes: string[];
        };
        CreatedWebhook: {
            /** Format: uuid */
            id: string;
            url: string;
            types: ("balance.low" | "balance.exhausted" | "credits.granted" | "credits.expired" | "order.paid" | "order.refunded" | "order.disputed" | "cap.reached" | "account.created" | "account.erased")[];
            enabled: boolean;
            disabled_by: ("administrator" | "failures") | null;
            disabled_at: string | null;
            /** Format: date-time */
            created_at: string;
            secret: string;
        };
        Delta: {
            text: string;
        };
        DemoCheckout: {
            /** Format: uuid */
            order_id: string;
            package_name: string;
            price: number;
            currency: string;
            currency_decimals: number;
            refunded: number;
            /** @enum {string} */
            status: "open" | "paid" | "expired" | "partially_refunded" | "refunded" | "disputed" | "dispute_lost";
            /** Format: date-time */
            expires_at: string;
            actions: ("pay" | "decline" | "refund" | "dispute" | "win_dispute" | "lose_dispute")[];
        };
        Entry: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "grant" | "purchase" | "voucher" | "allowance" | "charge" | "adjustment" | "expiry" | "refund" | "debt";
            amount: number;
            balance_after: number;
            chat_id: string | null;
            hold_id: string | null;
            action: string | null;
            units: number | null;
            details: {
                [key: string]: unknown;
            } | null;
            reason: string | null;
            /** Format: date-time */
            created_at: string;
        };
        Exchange: {
            /** Format: uuid */
            id: string;
            conversation_id: string | null;
            after_id: string | null;
            message: string;
            response: string | null;
            attachments?: components["schemas"]["Attachment"][];
            tool_calls?: {
                id: string;
                /** @constant */
                type: "function";
                function: {
                    name: string;
                    arguments: string;
                };
                extra_content?: {
                    google: {
                        thought_signature: string;
                    };
                };
            }[];
            incomplete: boolean;
            erased: boolean;
            /** @enum {string} */
            status: "pending" | "completed" | "failed" | "cancelled" | "imported";
            tokens_charged: number;
            model: string;
            /** Format: date-time */
            created_at: string;
        };
        Factors: {
            totp: {
                /** Format: date-time */
                created_at: string;
            } | null;
            passkeys: components["schemas"]["Passkey"][];
            recovery_codes_left: number;
        };
        FoundConversation: {
            /** Format: uuid */
            id: string;
            title: string;
            model: string | null;
            system_prompt: string | null;
            temperature: number | null;
            pinned: boolean;
            has_branches: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            snippet?: string | null;
        };
        FoundUser: {
            /** Format: uuid */
            id: string;
            username: string;
            email: string | null;
            email_verified: boolean;
            pending_email: string | null;
            /** @enum {string} */
            role: "user" | "admin";
            /** @enum {string} */
            status: "active" | "disabled";
            tokens: number;
            held: number;
            /** Format: date-time */
            created_at: string;
            last_seen_at: string | null;
            last_signed_in_at: string | null;
            uncollected: number;
            debt: number;
        };
        Identity: {
            /** Format: uuid */
            id: string;
            provider: string | null;
            issuer: string;
            subject: string;
            label: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_used_at: string;
        };
        Key: {
            /** Format: uuid */
            id: string;
            name: string;
            last_characters: string;
            /** Format: date-time */
            created_at: string;
            expires_at: string | null;
            last_used_at: string | null;
            models: string[] | null;
        };
        LedgerAudit: {
            results: {
                /** @enum {string} */
                name: "balances_match_entries" | "no_negative_balance" | "holds_end_once" | "captures_within_holds" | "charges_match_replies" | "entries_append_only" | "idempotency_keys_unique" | "credits_conserved" | "lots_match_balances" | "lots_end_in_time" | "allowances_given_once" | "caps_match_exchanges" | "payments_credited_once" | "vouchers_redeemed_once";
                sentence: string;
                violations: number;
                passes: boolean;
            }[];
            sound: boolean;
            overdue_holds: number;
        };
        ListedUser: {
            /** Format: uuid */
            id: string;
            username: string;
            email: string | null;
            email_verified: boolean;
            pending_email: string | null;
            /** @enum {string} */
            role: "user" | "admin";
            /** @enum {string} */
            status: "active" | "disabled";
            tokens: number;
            held: number;
            /** Format: date-time */
            created_at: string;
            last_seen_at: string | null;
            last_signed_in_at: string | null;
        };
        Login: {
            username?: string | null;
            email?: string | null;
            password: string;
            cookie?: boolean | null;
        };
        Lot: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "opening" | "grant" | "purchase" | "voucher" | "allowance" | "adjustment";
            amount: number;
            left: number;
            priority: number;
            expires_at: string | null;
            /** Format: date-time */
            created_at: string;
        };
        Message: {
            message: string;
        };
        MessageToSend: {
            /** @description The text. It may be blank only if there are attachments; its longest length is a setting. */
            message: string;
            attachments?: components["schemas"]["AttachmentToSend"][] | null;
            conversation_id?: string | null;
            after_id?: string | null;
            replaces_id?: string | null;
            model?: string | null;
            system_prompt?: string | null;
            temperature?: number | null;
            stream?: boolean | null;
            fit_budget?: boolean | null;
        };
        MeteredHold: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            user_id: string;
            action: string;
            /** @enum {string} */
            status: "open" | "settled" | "released" | "expired";
            held: number;
            charged: number;
            uncollected: number;
            balance: number;
        };
        MeteringVector: {
            name: string;
            source: string;
            provider: string;
            usage: {
                [key: string]: unknown;
            } | {
                [key: string]: unknown;
            }[];
            normalised: {
                input_tokens: number;
                cached_input_tokens: number;
                cache_write_tokens: number;
                output_tokens: number;
                reasoning_tokens: number;
            };
            prices: {
                [key: string]: components["schemas"]["Price"];
            };
            charges: {
                [key: string]: number;
            };
        };
        Model: {
            name: string;
            default: boolean;
            price: components["schemas"]["Price"];
            context_tokens: number;
            max_output_tokens: number;
            max_message_chars: number;
            capabilities: ("images" | "files" | "json" | "tools" | "reasoning")[];
        };
        ModelWithHealth: {
            name: string;
            default: boolean;
            price: components["schemas"]["Price"];
            context_tokens: number;
            max_output_tokens: number;
            max_message_chars: number;
            capabilities: ("images" | "files" | "json" | "tools" | "reasoning")[];
            health: {
                last_success_at: string | null;
                replies: number;
                failures: number;
                error_rate: number | null;
            };
        };
        NamedAuditEvent: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            action: "registered" | "account_created" | "imported" | "adopted" | "signed_in" | "sign_in_failed" | "signed_out" | "session_ended" | "other_sessions_ended" | "sessions_ended" | "refresh_token_reused" | "key_created" | "key_removed" | "keys_removed" | "username_changed" | "email_changed" | "email_change_requested" | "email_change_cancelled" | "email_restored" | "email_verified" | "verification_requested" | "password_changed" | "password_set" | "password_reset_requested" | "password_reset" | "account_exported" | "account_erased" | "account_disabled" | "account_enabled" | "administrator_created" | "administrator_appointed" | "administrator_dismissed" | "balance_adjusted" | "service_key_created" | "service_key_removed" | "cap_set" | "cap_removed" | "credits_spent" | "hold_created" | "hold_settled" | "hold_released" | "allowance_changed" | "webhook_created" | "webhook_changed" | "webhook_removed" | "webhook_tested" | "webhook_replayed" | "vouchers_created" | "vouchers_ended" | "voucher_redeemed" | "refund_requested" | "identity_linked" | "identity_removed" | "totp_added" | "totp_removed" | "passkey_added" | "passkey_renamed" | "passkey_removed" | "passkey_copy_refused" | "recovery_codes_created" | "recovery_code_used" | "second_factor_failed" | "factors_reset";
            actor_id: string | null;
            service_key_id: string | null;
            subject_id: string | null;
            details: components["schemas"]["AuditDetails"] | null;
            address: string | null;
            user_agent: string | null;
            /** Format: date-time */
            created_at: string;
            actor_username: string | null;
            user_id: string | null;
            username: string | null;
        };
        NamedEntry: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "grant" | "purchase" | "voucher" | "allowance" | "charge" | "adjustment" | "expiry" | "refund" | "debt";
            amount: number;
            balance_after: number;
            chat_id: string | null;
            hold_id: string | null;
            action: string | null;
            units: number | null;
            details: {
                [key: string]: unknown;
            } | null;
            reason: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            user_id: string;
            username: string | null;
            tokens_beyond_hold: number | null;
            tokens_uncollected: number | null;
        };
        NamedExchange: {
            /** Format: uuid */
            id: string;
            conversation_id: string | null;
            after_id: string | null;
            message: string;
            response: string | null;
            attachments?: components["schemas"]["Attachment"][];
            tool_calls?: {
                id: string;
                /** @constant */
                type: "function";
                function: {
                    name: string;
                    arguments: string;
                };
                extra_content?: {
                    google: {
                        thought_signature: string;
                    };
                };
            }[];
            incomplete: boolean;
            erased: boolean;
            /** @enum {string} */
            status: "pending" | "completed" | "failed" | "cancelled" | "imported";
            tokens_charged: number;
            model: string;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            user_id: string;
            username: string | null;
            usage: {
                input_tokens: number;
                cached_input_tokens: number;
                cache_write_tokens: number;
                output_tokens: number;
                reasoning_tokens: number;
            } | null;
            tokens_held: number;
            tokens_beyond_hold: number;
            tokens_uncollected: number;
        };
        NamedOrder: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            status: "open" | "paid" | "expired" | "partially_refunded" | "refunded" | "disputed" | "dispute_lost";
            checkout_url: string | null;
            /** Format: date-time */
            expires_at: string;
            package: components["schemas"]["Package"];
            refunded: number;
            paid_at: string | null;
            lot_id: string | null;
            bonus_lot_id: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            user_id: string;
            provider: string;
            payment_id: string | null;
            username: string | null;
        };
        NewAccount: {
            message: string;
            token?: string;
            /** Format: date-time */
            expires_at: string;
            refresh_token?: string;
            /** Format: date-time */
            refresh_expires_at: string;
        };
        NewHold: {
            action: string;
            amount: number;
            /** @default 600 */
            ttl_seconds: number;
            details?: Record<string, never> | null;
        };
        NewKey: {
            name: string;
            expires_at?: string | null;
            models?: string[] | null;
            current_password?: string;
        };
        NewOrder: {
            package_id: string;
        };
        NewServiceKey: {
            name: string;
            scopes: ("metering" | "grants" | "read")[];
            expires_at?: string | null;
        };
        NewSpending: {
            action: string;
            amount: number;
            units?: number | null;
            details?: Record<string, never> | null;
        };
        NewVouchers: {
            count: number;
            credits: number;
            /** @default 1 */
            max_redemptions: number;
            expires_at?: string | null;
            credits_expire_after?: string | null;
            name?: string | null;
        };
        NewWebhook: {
            /** Format: uri */
            url: string;
            types: ("balance.low" | "balance.exhausted" | "credits.granted" | "credits.expired" | "order.paid" | "order.refunded" | "order.disputed" | "cap.reached" | "account.created" | "account.erased")[];
        };
        Notifications: {
            low_balance: number | null;
            default_low_balance: number | null;
            mail_balance_low: boolean;
            mail_order_paid: boolean;
        };
        NotificationsChange: {
            low_balance?: number | null;
            mail_balance_low?: boolean;
            mail_order_paid?: boolean;
        };
        OpenAiError: {
            error: {
                message: string;
                type: string;
                param: string | null;
                code: string;
                remaining_tokens?: number;
                required_tokens?: number;
                debt?: number;
                cap?: components["schemas"]["Cap"];
                affordable_output_tokens?: number;
                request_id?: string;
            };
        };
        OpenedSession: {
            token?: string;
            /** Format: date-time */
            expires_at: string;
            refresh_token?: string;
            /** Format: date-time */
            refresh_expires_at: string;
        };
        Order: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            status: "open" | "paid" | "expired" | "partially_refunded" | "refunded" | "disputed" | "dispute_lost";
            checkout_url: string | null;
            /** Format: date-time */
            expires_at: string;
            package: components["schemas"]["Package"];
            refunded: number;
            paid_at: string | null;
            lot_id: string | null;
            bonus_lot_id: string | null;
            /** Format: date-time */
            created_at: string;
        };
        OwnFactors: {
            totp: {
                /** Format: date-time */
                created_at: string;
            } | null;
            passkeys: components["schemas"]["Passkey"][];
            recovery_codes_left: number;
            required: boolean;
        };
        Package: {
            id: string;
            name: string;
            credits: number;
            bonus_credits: number;
            bonus_expires_after_seconds: number | null;
            price: number;
            currency: string;
            expires_after_seconds: number | null;
            limit_per_account: number | null;
        };
        Passkey: {
            /** Format: uuid */
            id: string;
            name: string;
            /** Format: date-time */
            created_at: string;
            last_used_at: string | null;
            backed_up: boolean;
        };
        PasskeyOptions: {
            [key: string]: unknown;
        };
        PaymentProblem: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            reason: "wrong_amount" | "wrong_currency" | "paid_twice" | "payment_not_applied" | "account_erased" | "balance_out_of_range" | "invalid_signature";
            order_id: string | null;
            user_id: string | null;
            fact: {
                /** @enum {string} */
                kind: "paid" | "refunded" | "disputed" | "dispute_won" | "dispute_lost" | "expired";
                id: string;
                payment_id: string | null;
                amount: number | null;
                currency: string | null;
                /** Format: date-time */
                occurred_at: string;
            } | null;
            count: number;
            /** Format: date-time */
            first_at: string;
            /** Format: date-time */
            last_at: string;
        };
        Price: {
            per_message: number;
        } | {
            per_request?: number;
            per_1m_input?: number;
            per_1m_cached_input?: number;
            per_1m_cache_write?: number;
            per_1m_output?: number;
            per_1m_reasoning?: number;
            per_1k_input?: number;
            per_1k_output?: number;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            code: string;
            errors?: {
                [key: string]: string[];
            };
            remaining_tokens?: number;
            required_tokens?: number;
            debt?: number;
            challenge?: string;
            /** Format: date-time */
            expires_at?: string;
            methods?: ("totp" | "passkey" | "recovery_code")[];
            cap?: components["schemas"]["Cap"];
            affordable_output_tokens?: number;
            request_id?: string;
        };
        ProfileChange: {
            username?: string;
            email?: string | null;
            current_password?: string;
        };
        Proof: {
            /** Format: date-time */
            proved_until: string;
        };
        RecoveryCodes: {
            recovery_codes: string[];
        };
        RedeemedVoucher: {
            /** Format: uuid */
            id: string;
            credits: number;
            expires_at: string | null;
            remaining_tokens: number;
            /** Format: date-time */
            created_at: string;
        };
        Refund: {
            amount?: number | null;
        };
        Registration: {
            username: string;
            password?: string | null;
            password1?: string | null;
            password2?: string | null;
            email?: string | null;
            cookie?: boolean | null;
        };
        Response: {
            id: string;
            /** @constant */
            object: "response";
            created_at: number;
            /** @enum {string} */
            status: "in_progress" | "completed" | "incomplete" | "failed";
            /** @constant */
            background: false;
            error: {
                code: string;
                message: string;
            } | null;
            incomplete_details: {
                /** @enum {string} */
                reason: "max_output_tokens" | "content_filter";
            } | null;
            instructions: string | null;
            max_output_tokens: number | null;
            metadata: {
                [key: string]: string;
            };
            model: string;
            output: components["schemas"]["ResponseOutputItem"][];
            parallel_tool_calls: boolean;
            previous_response_id: null;
            reasoning: {
                effort: string | null;
                summary: string | null;
            };
            /** @constant */
            service_tier: "default";
            /** @constant */
            store: false;
            temperature: number | null;
            text: {
                format: Record<string, never>;
                verbosity: string;
            };
            tool_choice: string | Record<string, never>;
            tools: Record<string, never>[];
            top_p: number | null;
            /** @constant */
            truncation: "disabled";
            usage: components["schemas"]["ResponseUsage"] | null;
        };
        ResponseInput: string | (({
            id?: string | null;
            status?: string | null;
            /** @constant */
            type?: "message";
            /** @enum {string} */
            role: "system" | "developer";
            content: string | {
                /** @constant */
                type: "input_text";
                text: string;
                prompt_cache_breakpoint?: unknown;
            }[];
        } | {
            id?: string | null;
            status?: string | null;
            /** @constant */
            type?: "message";
            /** @constant */
            role: "user";
            content: string | ({
                /** @constant */
                type: "input_text";
                text: string;
                prompt_cache_breakpoint?: unknown;
            } | {
                /** @constant */
                type: "input_image";
                image_url: string;
                detail?: ("auto" | "low" | "high") | null;
                prompt_cache_breakpoint?: unknown;
            } | {
                /** @constant */
                type: "input_file";
                file_data?: string | null;
                file_url?: string | null;
                filename?: string | null;
                prompt_cache_breakpoint?: unknown;
            })[];
        } | {
            id?: string | null;
            status?: string | null;
            /** @constant */
            type?: "message";
            /** @constant */
            role: "assistant";
            content: string | ({
                /** @constant */
                type: "output_text";
                text: string;
                annotations?: unknown[] | null;
                logprobs?: unknown[] | null;
                parsed?: unknown;
            } | {
                /** @constant */
                type: "input_text";
                text: string;
                prompt_cache_breakpoint?: unknown;
            })[];
        }) | {
            id?: string | null;
            status?: string | null;
            /** @constant */
            type: "function_call";
            call_id: string;
            name: string;
            arguments: string;
            parsed_arguments?: unknown;
        } | {
            id?: string | null;
            status?: string | null;
            /** @constant */
            type: "function_call_output";
            call_id: string;
            output: string | ({
                /** @constant */
                type: "input_text";
                text: string;
                prompt_cache_breakpoint?: unknown;
            } | {
                /** @constant */
                type: "input_image";
                image_url: string;
                detail?: ("auto" | "low" | "high") | null;
                prompt_cache_breakpoint?: unknown;
            } | {
                /** @constant */
                type: "input_file";
                file_data?: string | null;
                file_url?: string | null;
                filename?: string | null;
                prompt_cache_breakpoint?: unknown;
            })[];
        } | {
            id?: string | null;
            status?: string | null;
            /** @constant */
            type: "reasoning";
            summary: {
                /** @constant */
                type: "summary_text";
                text: string;
            }[];
            content?: {
                /** @constant */
                type: "reasoning_text";
                text: string;
            }[] | null;
            encrypted_content?: string | null;
        } | {
            /** @constant */
            type: "item_reference";
            id: string;
        })[];
        ResponseOutputItem: {
            id: string;
            /** @constant */
            type: "message";
            /** @constant */
            role: "assistant";
            /** @enum {string} */
            status: "in_progress" | "completed" | "incomplete";
            content: {
                /** @constant */
                type: "output_text";
                text: string;
                annotations: unknown[];
                logprobs: unknown[];
            }[];
        } | {
            id: string;
            /** @constant */
            type: "reasoning";
            summary: {
                /** @constant */
                type: "summary_text";
                text: string;
            }[];
            encrypted_content?: string;
        } | {
            id: string;
            /** @constant */
            type: "function_call";
            /** @enum {string} */
            status: "in_progress" | "completed" | "incomplete";
            call_id: string;
            name: string;
            arguments: string;
        };
        ResponseRequest: {
            model: string;
            input: components["schemas"]["ResponseInput"];
            instructions?: string | null;
            stream?: boolean | null;
            stream_options?: {
                include_obfuscation?: false | null;
            } | null;
            max_output_tokens?: number | null;
            temperature?: number | null;
            top_p?: number | null;
            tools?: components["schemas"]["ResponseTools"] | null;
            tool_choice?: (("none" | "auto" | "required") | {
                /** @constant */
                type: "function";
                name: string;
            }) | null;
            parallel_tool_calls?: boolean | null;
            text?: {
                format?: ({
                    /** @constant */
                    type: "text";
                } | {
                    /** @constant */
                    type: "json_object";
                } | {
                    /** @constant */
                    type: "json_schema";
                    name: string;
                    description?: string | null;
                    schema: Record<string, never>;
                    strict?: boolean | null;
                }) | null;
                verbosity?: ("low" | "medium" | "high") | null;
            } | null;
            reasoning?: {
                effort?: ("none" | "minimal" | "low" | "medium" | "high" | "xhigh" | "max") | null;
                summary?: ("auto" | "detailed") | null;
                generate_summary?: ("auto" | "detailed") | null;
            } | null;
            include?: "reasoning.encrypted_content"[] | null;
            metadata?: {
                [key: string]: string;
            } | null;
            fit_budget?: boolean | null;
        };
        ResponseTools: {
            /** @constant */
            type: "function";
            name: string;
            description?: string | null;
            parameters?: Record<string, never> | null;
            strict?: boolean | null;
        }[];
        ResponseUsage: {
            input_tokens: number;
            input_tokens_details: {
                cached_tokens: number;
                cache_write_tokens: number;
            };
            output_tokens: number;
            output_tokens_details: {
                reasoning_tokens: number;
            };
            total_tokens: number;
        };
        SentMessage: {
            /** Format: uuid */
            id: string;
            conversation_id: string | null;
            response: string;
            model: string;
            tokens_charged: number;
            remaining_tokens: number;
            usage: {
                input_tokens: number;
                cached_input_tokens: number;
                cache_write_tokens: number;
                output_tokens: number;
                reasoning_tokens: number;
            } | null;
            /** Format: date-time */
            created_at: string;
        };
        ServiceKey: {
            /** Format: uuid */
            id: string;
            name: string;
            scopes: ("metering" | "grants" | "read")[];
            last_characters: string;
            created_by: string | null;
            /** Format: date-time */
            created_at: string;
            expires_at: string | null;
            last_used_at: string | null;
        };
        Session: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_used_at: string;
            user_agent: string | null;
            current: boolean;
        };
        SessionWithRecoveryCodes: {
            token?: string;
            /** Format: date-time */
            expires_at: string;
            refresh_token?: string;
            /** Format: date-time */
            refresh_expires_at: string;
            recovery_codes: string[];
        };
        Settlement: {
            amount: number;
            units?: number | null;
            details?: Record<string, never> | null;
        };
        SignedOut: {
            provider_sign_out_url: string;
        };
        SignInOptions: {
            password: boolean;
            providers: {
                id: string;
                name: string;
                issuer: string;
            }[];
        };
        StartedSignIn: {
            url: string;
        };
        Statement: {
            month: string;
            unit: components["schemas"]["Unit"];
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            opening: number;
            lines: {
                /** @enum {string} */
                kind: "grant" | "purchase" | "voucher" | "allowance" | "charge" | "adjustment" | "expiry" | "refund" | "debt";
                action?: string;
                model?: string;
                amount: number;
                count: number;
            }[];
            closing: number;
            conversations: {
                conversation_id: string | null;
                title: string | null;
                model: string;
                amount: number;
                count: number;
            }[];
            lots: {
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                kind: "opening" | "grant" | "purchase" | "voucher" | "allowance" | "adjustment";
                amount: number;
                opening: number;
                received: number;
                gave: number;
                expired: number;
                closing: number;
                expires_at: string | null;
                /** Format: date-time */
                created_at: string;
            }[];
        };
        Statistics: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            totals: {
                accounts: number;
                active_accounts: number;
                chats: number;
                tokens_charged: number;
                tokens_uncollected: number;
                failures: number;
                cancelled: number;
                tokens_metered: number;
                tokens_granted: number;
                tokens_expired: number;
            };
            by_day: {
                /** Format: date */
                day: string;
                accounts: number;
                active_accounts: number;
                chats: number;
                tokens_charged: number;
                tokens_uncollected: number;
                failures: number;
                cancelled: number;
                tokens_metered: number;
                tokens_granted: number;
                tokens_expired: number;
            }[];
            by_model: {
                model: string;
                chats: number;
                tokens_charged: number;
                tokens_uncollected: number;
                failures: number;
                cancelled: number;
            }[];
            by_action: {
                action: string;
                charges: number;
                tokens_charged: number;
                tokens_uncollected: number;
            }[];
            by_day_and_model: {
                /** Format: date */
                day: string;
                model: string;
                chats: number;
                tokens_charged: number;
                tokens_uncollected: number;
                failures: number;
                cancelled: number;
            }[];
            latency_by_model: {
                model: string;
                replies: number;
                median_ms: number;
                slow_ms: number;
            }[];
            revenue: {
                /** Format: date */
                day: string;
                currency: string;
                orders: number;
                paid: number;
                refunded: number;
            }[];
            top_accounts: {
                /** Format: uuid */
                user_id: string;
                username: string | null;
                charges: number;
                tokens_charged: number;
            }[];
        };
        TotpSetup: {
            secret: string;
            uri: string;
        };
        UiChatRequest: {
            messages: components["schemas"]["UiMessages"];
            model?: string | null;
            /** @description Ignored. */
            id?: unknown;
            /** @description Ignored. */
            trigger?: unknown;
            /** @description Ignored. */
            messageId?: unknown;
        };
        UiMessageChunk: {
            /** @constant */
            type: "start";
            /** Format: uuid */
            messageId: string;
        } | {
            /** @enum {string} */
            type: "start-step" | "finish-step";
        } | {
            /** @enum {string} */
            type: "text-start" | "text-end" | "reasoning-start" | "reasoning-end";
            id: string;
        } | {
            /** @enum {string} */
            type: "text-delta" | "reasoning-delta";
            id: string;
            delta: string;
        } | {
            /** @constant */
            type: "finish";
            /** @enum {string} */
            finishReason: "stop" | "length" | "content-filter" | "tool-calls" | "other";
            messageMetadata: components["schemas"]["UiMessageMetadata"];
        } | {
            /** @constant */
            type: "error";
            errorText: string;
        };
        UiMessageMetadata: {
            model: string;
            tokens_charged: number;
            remaining_tokens: number;
            usage: {
                input_tokens: number;
                cached_input_tokens: number;
                cache_write_tokens: number;
                output_tokens: number;
                reasoning_tokens: number;
            } | null;
            /** Format: date-time */
            created_at: string;
        };
        UiMessages: ({
            /** @constant */
            role: "system";
            parts: {
                /** @constant */
                type: "text";
                text: string;
            }[];
        } | {
            /** @constant */
            role: "user";
            parts: ({
                /** @constant */
                type: "text";
                text: string;
            } | {
                /** @constant */
                type: "file";
                mediaType: string;
                url: string;
                filename?: string | null;
            } | {
                type: string;
            })[];
        } | {
            /** @constant */
            role: "assistant";
            parts: ({
                /** @constant */
                type: "text";
                text: string;
            } | {
                /** @constant */
                type: "reasoning";
                text: string;
            } | {
                type: string;
            })[];
        })[];
        Unit: {
            name: string;
            decimals: number;
        };
        User: {
            /** Format: uuid */
            id: string;
            username: string;
            email: string | null;
            email_verified: boolean;
            pending_email: string | null;
            /** @enum {string} */
            role: "user" | "admin";
            two_factors: boolean;
            has_password: boolean;
            tokens: number;
            debt: number;
            unit: components["schemas"]["Unit"];
            caps: components["schemas"]["Cap"][];
            allowance: components["schemas"]["Allowance"];
            /** Format: date-time */
            created_at: string;
        };
        VoucherCode: {
            code: string;
        };
        Vouchers: {
            /** Format: uuid */
            id: string;
            name: string | null;
            count: number;
            credits: number;
            max_redemptions: number;
            redemptions: number;
            expires_at: string | null;
            credits_expire_after: string | null;
            created_by: string | null;
            /** Format: date-time */
            created_at: string;
            ended_at: string | null;
        };
        Webhook: {
            /** Format: uuid */
            id: string;
            url: string;
            types: ("balance.low" | "balance.exhausted" | "credits.granted" | "credits.expired" | "order.paid" | "order.refunded" | "order.disputed" | "cap.reached" | "account.created" | "account.erased")[];
            enabled: boolean;
            disabled_by: ("administrator" | "failures") | null;
            disabled_at: string | null;
            /** Format: date-time */
            created_at: string;
        };
        WebhookChange: {
            /** Format: uri */
            url?: string;
            types?: ("balance.low" | "balance.exhausted" | "credits.granted" | "credits.expired" | "order.paid" | "order.refunded" | "order.disputed" | "cap.reached" | "account.created" | "account.erased")[];
            enabled?: boolean;
        };
        WebhookDelivery: {
            /** Format: uuid */
            id: string;
            event_id: string;
            /** @enum {string} */
            type: "balance.low" | "balance.exhausted" | "credits.granted" | "credits.expired" | "order.paid" | "order.refunded" | "order.disputed" | "cap.reached" | "account.created" | "account.erased";
            /** Format: uuid */
            account_id: string;
            sequence: number;
            /** @enum {string} */
            status: "queued" | "delivered" | "failed";
            attempts: number;
            next_attempt_at: string | null;
            last_attempt_at: string | null;
            response_status: number | null;
            error: string | null;
            /** Format: date-time */
            created_at: string;
        };
        WebhookTest: {
            delivered: boolean;
            status: number | null;
            error: string | null;
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
    register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Registration"];
            };
        };
        responses: {
            /** @description The account is created, with its starting tokens. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "User registered successfully.",
                     *       "token": "mca_…",
                     *       "expires_at": "2030-02-01T12:00:00.000Z",
                     *       "refresh_token": "mcr_…",
                     *       "refresh_expires_at": "2030-03-02T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["NewAccount"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `factor_setup_required` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "factor_setup_required";
                    };
                };
            };
            /** @description Forbidden: `password_sign_in_off` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "password_sign_in_off";
                    };
                };
            };
            /** @description Conflict: `username_taken`, `email_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "username_taken" | "email_taken";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Login"];
            };
        };
        responses: {
            /** @description A new session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "mca_…",
                     *       "expires_at": "2030-02-01T12:00:00.000Z",
                     *       "refresh_token": "mcr_…",
                     *       "refresh_expires_at": "2030-03-02T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["OpenedSession"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `invalid_credentials`, `second_factor_required`, `factor_setup_required` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "invalid_credentials" | "second_factor_required" | "factor_setup_required";
                    };
                };
            };
            /** @description Forbidden: `password_sign_in_off` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "password_sign_in_off";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    completeLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    challenge: string;
                    code?: string;
                    recovery_code?: string;
                    passkey?: {
                        id: string;
                        response: {
                            [key: string]: unknown;
                        };
                    };
                    cookie?: boolean | null;
                };
            };
        };
        responses: {
            /** @description A new session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "mca_…",
                     *       "expires_at": "2030-02-01T12:00:00.000Z",
                     *       "refresh_token": "mcr_…",
                     *       "refresh_expires_at": "2030-03-02T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["OpenedSession"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `challenge_expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "challenge_expired";
                    };
                };
            };
            /** @description Forbidden: `wrong_code`, `wrong_passkey` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "wrong_code" | "wrong_passkey";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable`, `two_factors_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable" | "two_factors_unavailable";
                    };
                };
            };
        };
    };
    setUpTotpAtLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    challenge: string;
                };
            };
        };
        responses: {
            /** @description The secret, for typing and as a URI for a QR code. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
                     *       "uri": "otpauth://totp/chat.example.org:jane_doe?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=chat.example.org"
                     *     }
                     */
                    "application/json": components["schemas"]["TotpSetup"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `challenge_expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "challenge_expired";
                    };
                };
            };
            /** @description Conflict: `totp_exists` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "totp_exists";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable`, `two_factors_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable" | "two_factors_unavailable";
                    };
                };
            };
        };
    };
    confirmTotpAtLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    challenge: string;
                    code: string;
                    cookie?: boolean | null;
                };
            };
        };
        responses: {
            /** @description A new session, and recovery codes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "mca_…",
                     *       "expires_at": "2030-02-01T12:00:00.000Z",
                     *       "refresh_token": "mcr_…",
                     *       "refresh_expires_at": "2030-03-02T12:00:00.000Z",
                     *       "recovery_codes": [
                     *         "0f9c2-51b7e-83da4-c6e10"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SessionWithRecoveryCodes"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `challenge_expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "challenge_expired";
                    };
                };
            };
            /** @description Forbidden: `wrong_code` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "wrong_code";
                    };
                };
            };
            /** @description Conflict: `totp_exists` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "totp_exists";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable`, `two_factors_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable" | "two_factors_unavailable";
                    };
                };
            };
        };
    };
    setUpPasskeyAtLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    challenge: string;
                };
            };
        };
        responses: {
            /** @description The options for `navigator.credentials.create()`, for 5 minutes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "challenge": "q83v…",
                     *       "rp": {
                     *         "id": "chat.example.org",
                     *         "name": "chat.example.org"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PasskeyOptions"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `challenge_expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "challenge_expired";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    addPasskeyAtLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    challenge: string;
                    name: string;
                    passkey: {
                        id: string;
                        response: {
                            [key: string]: unknown;
                        };
                    };
                    cookie?: boolean | null;
                };
            };
        };
        responses: {
            /** @description A new session, and recovery codes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "mca_…",
                     *       "expires_at": "2030-02-01T12:00:00.000Z",
                     *       "refresh_token": "mcr_…",
                     *       "refresh_expires_at": "2030-03-02T12:00:00.000Z",
                     *       "recovery_codes": [
                     *         "0f9c2-51b7e-83da4-c6e10"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SessionWithRecoveryCodes"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `challenge_expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "challenge_expired";
                    };
                };
            };
            /** @description Forbidden: `wrong_passkey` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "wrong_passkey";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    requestPasskeyLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    challenge?: string;
                };
            };
        };
        responses: {
            /** @description The options for `navigator.credentials.get()`, for 5 minutes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "challenge": "q83v…",
                     *       "rpId": "chat.example.org",
                     *       "userVerification": "required"
                     *     }
                     */
                    "application/json": components["schemas"]["PasskeyOptions"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `challenge_expired` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "challenge_expired";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    loginByPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    passkey: {
                        id: string;
                        response: {
                            [key: string]: unknown;
                        };
                    };
                    cookie?: boolean | null;
                };
            };
        };
        responses: {
            /** @description A new session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "mca_…",
                     *       "expires_at": "2030-02-01T12:00:00.000Z",
                     *       "refresh_token": "mcr_…",
                     *       "refresh_expires_at": "2030-03-02T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["OpenedSession"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `invalid_credentials` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "invalid_credentials";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    readFactors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The factors, without secrets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "totp": {
                     *         "created_at": "2030-01-31T12:00:00.000Z"
                     *       },
                     *       "passkeys": [
                     *         {
                     *           "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *           "name": "My phone",
                     *           "created_at": "2030-01-31T12:00:00.000Z",
                     *           "last_used_at": null,
                     *           "backed_up": true
                     *         }
                     *       ],
                     *       "recovery_codes_left": 10,
                     *       "required": false
                     *     }
                     */
                    "application/json": components["schemas"]["OwnFactors"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    setUpTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The secret, for typing and as a URI for a QR code. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
                     *       "uri": "otpauth://totp/chat.example.org:jane_doe?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=chat.example.org"
                     *     }
                     */
                    "application/json": components["schemas"]["TotpSetup"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required`, `proof_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required" | "proof_required";
                    };
                };
            };
            /** @description Conflict: `totp_exists` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "totp_exists";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable`, `two_factors_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable" | "two_factors_unavailable";
                    };
                };
            };
        };
    };
    removeTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The app is no factor any more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required`, `proof_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required" | "proof_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Conflict: `last_factor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "last_factor";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    confirmTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description Recovery codes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "recovery_codes": [
                     *         "0f9c2-51b7e-83da4-c6e10"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required`, `proof_required`, `wrong_code` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required" | "proof_required" | "wrong_code";
                    };
                };
            };
            /** @description Conflict: `totp_exists` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "totp_exists";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable`, `two_factors_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable" | "two_factors_unavailable";
                    };
                };
            };
        };
    };
    replaceRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ten recovery codes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "recovery_codes": [
                     *         "0f9c2-51b7e-83da4-c6e10"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required`, `proof_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required" | "proof_required";
                    };
                };
            };
            /** @description Conflict: `no_factor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "no_factor";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    setUpPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The options for `navigator.credentials.create()`, for 5 minutes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "challenge": "q83v…",
                     *       "rp": {
                     *         "id": "chat.example.org",
                     *         "name": "chat.example.org"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PasskeyOptions"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required`, `proof_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required" | "proof_required";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    addPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    passkey: {
                        id: string;
                        response: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description The passkey. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "name": "My phone",
                     *       "created_at": "2030-01-31T12:00:00.000Z",
                     *       "last_used_at": null,
                     *       "backed_up": true,
                     *       "recovery_codes": [
                     *         "0f9c2-51b7e-83da4-c6e10"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AddedPasskey"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required`, `proof_required`, `wrong_passkey` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required" | "proof_required" | "wrong_passkey";
                    };
                };
            };
            /** @description Conflict: `passkey_exists`, `too_many_passkeys` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "passkey_exists" | "too_many_passkeys";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    removePasskey: {
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
            /** @description The passkey no longer works. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required`, `proof_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required" | "proof_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Conflict: `last_factor` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "last_factor";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    renamePasskey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description The passkey. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "name": "My phone",
                     *       "created_at": "2030-01-31T12:00:00.000Z",
                     *       "last_used_at": null,
                     *       "backed_up": true
                     *     }
                     */
                    "application/json": components["schemas"]["Passkey"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    proveIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password?: string;
                    code?: string;
                    recovery_code?: string;
                    passkey?: {
                        id: string;
                        response: {
                            [key: string]: unknown;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Until when it counts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "proved_until": "2030-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Proof"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required`, `wrong_password`, `wrong_code`, `wrong_passkey` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required" | "wrong_password" | "wrong_code" | "wrong_passkey";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable`, `two_factors_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable" | "two_factors_unavailable";
                    };
                };
            };
        };
    };
    requestPasskeyProof: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The options for `navigator.credentials.get()`, for 5 minutes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "challenge": "q83v…",
                     *       "rpId": "chat.example.org",
                     *       "userVerification": "preferred"
                     *     }
                     */
                    "application/json": components["schemas"]["PasskeyOptions"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    readMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "username": "jane_doe",
                     *       "email": "jane@example.org",
                     *       "email_verified": true,
                     *       "pending_email": null,
                     *       "role": "user",
                     *       "two_factors": false,
                     *       "has_password": true,
                     *       "tokens": 3900,
                     *       "debt": 0,
                     *       "unit": {
                     *         "name": "tokens",
                     *         "decimals": 0
                     *       },
                     *       "caps": [],
                     *       "allowance": {
                     *         "amount": 4000,
                     *         "every": "month",
                     *         "renews_at": "2026-12-01T00:00:00.000Z"
                     *       },
                     *       "created_at": "2030-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    eraseMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current_password?: string;
                };
            };
        };
        responses: {
            /** @description The account is erased. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required`, `wrong_password`, `proof_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required" | "wrong_password" | "proof_required";
                    };
                };
            };
            /** @description Conflict: `last_admin` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "last_admin";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    changeMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileChange"];
            };
        };
        responses: {
            /** @description The changed account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "username": "jane_doe",
                     *       "email": "jane@example.org",
                     *       "email_verified": true,
                     *       "pending_email": null,
                     *       "role": "user",
                     *       "two_factors": false,
                     *       "has_password": true,
                     *       "tokens": 3900,
                     *       "debt": 0,
                     *       "unit": {
                     *         "name": "tokens",
                     *         "decimals": 0
                     *       },
                     *       "caps": [],
                     *       "allowance": {
                     *         "amount": 4000,
                     *         "every": "month",
                     *         "renews_at": "2026-12-01T00:00:00.000Z"
                     *       },
                     *       "created_at": "2030-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required`, `wrong_password`, `proof_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required" | "wrong_password" | "proof_required";
                    };
                };
            };
            /** @description Conflict: `username_taken`, `email_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "username_taken" | "email_taken";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    exportMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One document, to be saved as a file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountExport"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current_password?: string;
                    new_password: string;
                    /** @default false */
                    keep_keys?: boolean;
                };
            };
        };
        responses: {
            /** @description The password is changed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required`, `wrong_password`, `proof_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required" | "wrong_password" | "proof_required";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    forgotPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                };
            };
        };
        responses: {
            /** @description A mail may have been sent. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Forbidden: `password_sign_in_off` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "password_sign_in_off";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    new_password: string;
                };
            };
        };
        responses: {
            /** @description The password is set. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body`, `invalid_token` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body" | "invalid_token";
                    };
                };
            };
            /** @description Forbidden: `password_sign_in_off` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "password_sign_in_off";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    requestVerification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A mail may have been sent. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    verifyEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description The email is confirmed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body`, `invalid_token` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body" | "invalid_token";
                    };
                };
            };
            /** @description Conflict: `email_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "email_taken";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    cancelEmailChange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description The change is cancelled. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body`, `invalid_token` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body" | "invalid_token";
                    };
                };
            };
            /** @description Conflict: `email_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "email_taken";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    refresh_token?: string;
                    cookie?: boolean | null;
                };
            };
        };
        responses: {
            /** @description The new pair. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "mca_…",
                     *       "expires_at": "2030-02-01T12:00:00.000Z",
                     *       "refresh_token": "mcr_…",
                     *       "refresh_expires_at": "2030-03-02T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["OpenedSession"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended; the browser should open the address of the provider. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "provider_sign_out_url": "https://login.example.org/logout?client_id=metered-chat"
                     *     }
                     */
                    "application/json": components["schemas"]["SignedOut"];
                };
            };
            /** @description The session has ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All sessions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["Session"][];
                        next: null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    endOtherSessions: {
        parameters: {
            query?: {
                keys?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The other sessions have ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    endSession: {
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
            /** @description The session has ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["Key"][];
                        next: null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewKey"];
            };
        };
        responses: {
            /** @description The key, which is never shown again. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "name": "My program",
                     *       "last_characters": "x9Qw",
                     *       "created_at": "2030-01-31T12:00:00.000Z",
                     *       "expires_at": null,
                     *       "last_used_at": null,
                     *       "models": null,
                     *       "key": "mck_…"
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedKey"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required`, `proof_required`, `wrong_password` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required" | "proof_required" | "wrong_password";
                    };
                };
            };
            /** @description Conflict: `too_many_keys` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "too_many_keys";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    removeKey: {
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
            /** @description The key no longer works. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required`, `proof_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required" | "proof_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listMyCaps: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "results": [
                     *         {
                     *           "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *           "scope": "account",
                     *           "key_id": null,
                     *           "model": null,
                     *           "window": "day",
                     *           "limit": 500,
                     *           "set_by": "account",
                     *           "spent": 100,
                     *           "left": 400,
                     *           "window_ends_at": "2030-01-31T12:00:00.000Z",
                     *           "created_at": "2030-01-31T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        results: components["schemas"]["Cap"][];
                        next: null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    setMyCap: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CapToSet"];
            };
        };
        responses: {
            /** @description The cap had another limit before. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "scope": "account",
                     *       "key_id": null,
                     *       "model": null,
                     *       "window": "day",
                     *       "limit": 500,
                     *       "set_by": "account",
                     *       "spent": 100,
                     *       "left": 400,
                     *       "window_ends_at": "2030-01-31T12:00:00.000Z",
                     *       "created_at": "2030-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Cap"];
                };
            };
            /** @description The new cap. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "scope": "account",
                     *       "key_id": null,
                     *       "model": null,
                     *       "window": "day",
                     *       "limit": 500,
                     *       "set_by": "account",
                     *       "spent": 100,
                     *       "left": 400,
                     *       "window_ends_at": "2030-01-31T12:00:00.000Z",
                     *       "created_at": "2030-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Cap"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required";
                    };
                };
            };
            /** @description Conflict: `too_many_caps` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "too_many_caps";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    removeMyCap: {
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
            /** @description The cap no longer applies. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    readNotifications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The settings. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "low_balance": null,
                     *       "default_low_balance": 500,
                     *       "mail_balance_low": true,
                     *       "mail_order_paid": true
                     *     }
                     */
                    "application/json": components["schemas"]["Notifications"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    changeNotifications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NotificationsChange"];
            };
        };
        responses: {
            /** @description The changed settings. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "low_balance": null,
                     *       "default_low_balance": 500,
                     *       "mail_balance_low": true,
                     *       "mail_order_paid": true
                     *     }
                     */
                    "application/json": components["schemas"]["Notifications"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    readBalance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The available tokens, the tokens that are held for replies under way, and the unit in which to show them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "tokens": 3900,
                     *       "held": 0,
                     *       "unit": {
                     *         "name": "tokens",
                     *         "decimals": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Balance"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listEntries: {
        parameters: {
            query?: {
                /** @description The number of items on a page. */
                limit?: number;
                /** @description The `next` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["Entry"][];
                        next: string | null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listLots: {
        parameters: {
            query?: {
                /** @description The number of items on a page. */
                limit?: number;
                /** @description The `next` of an earlier page. */
                cursor?: string;
                left?: "true";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["Lot"][];
                        next: string | null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    readStatement: {
        parameters: {
            query?: {
                month?: string;
                /** @description The same as `Accept`, which it overrides, for links. */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The statement; with `Accept: text/csv` or `?format=csv`, its sums as CSV. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "month": "2030-01",
                     *       "unit": {
                     *         "name": "tokens",
                     *         "decimals": 0
                     *       },
                     *       "from": "2030-01-01T00:00:00.000Z",
                     *       "to": "2030-02-01T00:00:00.000Z",
                     *       "opening": 0,
                     *       "lines": [
                     *         {
                     *           "kind": "grant",
                     *           "amount": 4000,
                     *           "count": 1
                     *         },
                     *         {
                     *           "kind": "charge",
                     *           "action": "chat",
                     *           "model": "echo",
                     *           "amount": -300,
                     *           "count": 3
                     *         }
                     *       ],
                     *       "closing": 3700,
                     *       "conversations": [
                     *         {
                     *           "conversation_id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *           "title": "Hello, AI!",
                     *           "model": "echo",
                     *           "amount": -300,
                     *           "count": 3
                     *         }
                     *       ],
                     *       "lots": [
                     *         {
                     *           "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *           "kind": "opening",
                     *           "amount": 4000,
                     *           "opening": 0,
                     *           "received": 4000,
                     *           "gave": 300,
                     *           "expired": 0,
                     *           "closing": 3700,
                     *           "expires_at": null,
                     *           "created_at": "2030-01-31T12:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Statement"];
                    /** @example month,kind,action,model,count,amount */
                    "text/csv": string;
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    redeemVoucher: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VoucherCode"];
            };
        };
        responses: {
            /** @description What was added: `id` is that of the ledger entry and of the lot, `expires_at` when it ends. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "credits": 500,
                     *       "expires_at": null,
                     *       "remaining_tokens": 4400,
                     *       "created_at": "2030-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["RedeemedVoucher"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Not Found: `voucher_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "voucher_not_found";
                    };
                };
            };
            /** @description Conflict: `voucher_ended`, `voucher_expired`, `voucher_exhausted`, `voucher_already_redeemed`, `balance_out_of_range` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "voucher_ended" | "voucher_expired" | "voucher_exhausted" | "voucher_already_redeemed" | "balance_out_of_range";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    readSignInOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ways to sign in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "password": true,
                     *       "providers": [
                     *         {
                     *           "id": "oidc",
                     *           "name": "Example Login",
                     *           "issuer": "https://login.example.org"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SignInOptions"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    startProviderSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where to sign in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "url": "https://login.example.org/authorize?client_id=metered-chat&state=…"
                     *     }
                     */
                    "application/json": components["schemas"]["StartedSignIn"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable`, `identity_provider_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable" | "identity_provider_unavailable";
                    };
                };
            };
        };
    };
    finishProviderSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    parameters: {
                        state: string;
                    } & {
                        [key: string]: string;
                    };
                    cookie?: boolean | null;
                };
            };
        };
        responses: {
            /** @description A new session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "mca_…",
                     *       "expires_at": "2030-02-01T12:00:00.000Z",
                     *       "refresh_token": "mcr_…",
                     *       "refresh_expires_at": "2030-03-02T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["OpenedSession"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body`, `sign_in_expired`, `invalid_identity` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body" | "sign_in_expired" | "invalid_identity";
                    };
                };
            };
            /** @description Unauthorized: `invalid_credentials`, `second_factor_required`, `factor_setup_required` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "invalid_credentials" | "second_factor_required" | "factor_setup_required";
                    };
                };
            };
            /** @description Forbidden: `sign_in_refused` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "sign_in_refused";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Conflict: `account_exists` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "account_exists";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable`, `identity_provider_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable" | "identity_provider_unavailable";
                    };
                };
            };
        };
    };
    listIdentities: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All identities. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["Identity"][];
                        next: null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    startLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    provider: string;
                };
            };
        };
        responses: {
            /** @description Where to sign in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "url": "https://login.example.org/authorize?client_id=metered-chat&state=…"
                     *     }
                     */
                    "application/json": components["schemas"]["StartedSignIn"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required`, `proof_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required" | "proof_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable`, `identity_provider_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable" | "identity_provider_unavailable";
                    };
                };
            };
        };
    };
    finishLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    provider: string;
                    parameters: {
                        state: string;
                    } & {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description The identity is added. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body`, `sign_in_expired`, `invalid_identity` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body" | "sign_in_expired" | "invalid_identity";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required`, `sign_in_refused` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required" | "sign_in_refused";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Conflict: `identity_taken`, `too_many_identities` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "identity_taken" | "too_many_identities";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable`, `identity_provider_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable" | "identity_provider_unavailable";
                    };
                };
            };
        };
    };
    removeIdentity: {
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
            /** @description The identity no longer signs in to the account. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required`, `proof_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required" | "proof_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Conflict: `last_sign_in_method` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "last_sign_in_method";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    startProviderProof: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    provider: string;
                };
            };
        };
        responses: {
            /** @description Where to sign in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "url": "https://login.example.org/authorize?client_id=metered-chat&state=…"
                     *     }
                     */
                    "application/json": components["schemas"]["StartedSignIn"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable`, `identity_provider_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable" | "identity_provider_unavailable";
                    };
                };
            };
        };
    };
    finishProviderProof: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    provider: string;
                    parameters: {
                        state: string;
                    } & {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description Until when it counts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "proved_until": "2030-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Proof"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body`, `sign_in_expired`, `invalid_identity` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body" | "sign_in_expired" | "invalid_identity";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `session_required`, `sign_in_refused`, `wrong_identity` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "session_required" | "sign_in_refused" | "wrong_identity";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable`, `identity_provider_unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable" | "identity_provider_unavailable";
                    };
                };
            };
        };
    };
    listExchanges: {
        parameters: {
            query?: {
                /** @description The number of items on a page. */
                limit?: number;
                /** @description The `next` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["Exchange"][];
                        next: string | null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    sendMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key has no further effect, and gets the same response. 1 to 255 printable ASCII characters, kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageToSend"];
            };
        };
        responses: {
            /** @description The reply, whole or as a stream. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "conversation_id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "response": "Echo: Hello, AI!",
                     *       "model": "echo",
                     *       "tokens_charged": 100,
                     *       "remaining_tokens": 3900,
                     *       "usage": {
                     *         "input_tokens": 3,
                     *         "cached_input_tokens": 0,
                     *         "cache_write_tokens": 0,
                     *         "output_tokens": 4,
                     *         "reasoning_tokens": 0
                     *       },
                     *       "created_at": "2030-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SentMessage"];
                    /**
                     * @example event: delta
                     *     data: {"text":"Echo: Hello, AI!"}
                     *
                     *     event: done
                     *     data: {"id":"0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04","conversation_id":"0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04","response":"Echo: Hello, AI!","model":"echo","tokens_charged":100,"remaining_tokens":3900,"usage":{"input_tokens":3,"cached_input_tokens":0,"cache_write_tokens":0,"output_tokens":4,"reasoning_tokens":0},"created_at":"2030-01-31T12:00:00.000Z"}
                     */
                    "text/event-stream": string | components["schemas"]["Delta"] | components["schemas"]["SentMessage"] | components["schemas"]["Problem"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body`, `model_not_found`, `unsupported_parameter`, `context_length_exceeded`, `content_filtered` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body" | "model_not_found" | "unsupported_parameter" | "context_length_exceeded" | "content_filtered";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Payment Required: `insufficient_tokens`, `debt_outstanding`, `cap_reached` */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 402;
                        /** @enum {string} */
                        code?: "insufficient_tokens" | "debt_outstanding" | "cap_reached";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `email_not_verified`, `model_not_allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "email_not_verified" | "model_not_allowed";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Conflict: `idempotency_in_progress`, `reply_stopped` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "idempotency_in_progress" | "reply_stopped";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Unprocessable Content: `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 422;
                        /** @enum {string} */
                        code?: "idempotency_key_reused";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited`, `provider_busy` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited" | "provider_busy";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Bad Gateway: `provider_failed` */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 502;
                        /** @enum {string} */
                        code?: "provider_failed";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
            /** @description Gateway Timeout: `provider_timeout` */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 504;
                        /** @enum {string} */
                        code?: "provider_timeout";
                    };
                };
            };
        };
    };
    followReply: {
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
            /** @description The reply as a stream. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example event: delta
                     *     data: {"text":"Echo: Hello, AI!"}
                     *
                     *     event: done
                     *     data: {"id":"0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04","conversation_id":"0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04","response":"Echo: Hello, AI!","model":"echo","tokens_charged":100,"remaining_tokens":3900,"usage":{"input_tokens":3,"cached_input_tokens":0,"cache_write_tokens":0,"output_tokens":4,"reasoning_tokens":0},"created_at":"2030-01-31T12:00:00.000Z"}
                     */
                    "text/event-stream": string | components["schemas"]["Delta"] | components["schemas"]["SentMessage"] | components["schemas"]["Problem"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Conflict: `reply_stopped` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "reply_stopped";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `provider_busy` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "provider_busy";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Bad Gateway: `provider_failed` */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 502;
                        /** @enum {string} */
                        code?: "provider_failed";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
            /** @description Gateway Timeout: `provider_timeout` */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 504;
                        /** @enum {string} */
                        code?: "provider_timeout";
                    };
                };
            };
        };
    };
    stopReply: {
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
            /** @description The exchange. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exchange"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    downloadAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                position: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All models, and the unit in which to show their prices. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["Model"][];
                        next: null;
                        unit: components["schemas"]["Unit"];
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listConversations: {
        parameters: {
            query?: {
                /** @description The number of items on a page. */
                limit?: number;
                /** @description The `next` of an earlier page. */
                cursor?: string;
                q?: string;
                pinned?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["FoundConversation"][];
                        next: string | null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    readConversation: {
        parameters: {
            query?: {
                /** @description The number of items on a page. */
                limit?: number;
                /** @description The `next` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation with a page of its messages, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        title: string;
                        model: string | null;
                        system_prompt: string | null;
                        temperature: number | null;
                        pinned: boolean;
                        has_branches: boolean;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                        results: components["schemas"]["Exchange"][];
                        next: string | null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    eraseConversation: {
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
            /** @description The texts are erased. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    changeConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConversationChange"];
            };
        };
        responses: {
            /** @description The changed conversation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body`, `model_not_found` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body" | "model_not_found";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `model_not_allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "model_not_allowed";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    sendUiMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key has no further effect, and gets the same response. 1 to 255 printable ASCII characters, kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UiChatRequest"];
            };
        };
        responses: {
            /** @description The reply, as a stream. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example data: {"type":"text-delta","id":"0","delta":"Echo:"}
                     *
                     *     data: [DONE]
                     */
                    "text/event-stream": string | components["schemas"]["UiMessageChunk"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body`, `model_not_found`, `unsupported_parameter`, `context_length_exceeded`, `content_filtered` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body" | "model_not_found" | "unsupported_parameter" | "context_length_exceeded" | "content_filtered";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Payment Required: `insufficient_tokens`, `debt_outstanding`, `cap_reached` */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 402;
                        /** @enum {string} */
                        code?: "insufficient_tokens" | "debt_outstanding" | "cap_reached";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `email_not_verified`, `model_not_allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "email_not_verified" | "model_not_allowed";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Conflict: `idempotency_in_progress`, `reply_stopped` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "idempotency_in_progress" | "reply_stopped";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Unprocessable Content: `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 422;
                        /** @enum {string} */
                        code?: "idempotency_key_reused";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited`, `provider_busy` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited" | "provider_busy";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Bad Gateway: `provider_failed` */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 502;
                        /** @enum {string} */
                        code?: "provider_failed";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
            /** @description Gateway Timeout: `provider_timeout` */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 504;
                        /** @enum {string} */
                        code?: "provider_timeout";
                    };
                };
            };
        };
    };
    listPackages: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All packages, in the order of the operator. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "results": [
                     *         {
                     *           "id": "small",
                     *           "name": "Small",
                     *           "credits": 10000,
                     *           "bonus_credits": 500,
                     *           "bonus_expires_after_seconds": 2592000,
                     *           "price": 500,
                     *           "currency": "eur",
                     *           "expires_after_seconds": null,
                     *           "limit_per_account": null
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        results: components["schemas"]["Package"][];
                        next: null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listOrders: {
        parameters: {
            query?: {
                /** @description The number of items on a page. */
                limit?: number;
                /** @description The `next` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["Order"][];
                        next: string | null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    createOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key has no further effect, and gets the same response. 1 to 255 printable ASCII characters, kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOrder"];
            };
        };
        responses: {
            /** @description The order. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "status": "open",
                     *       "checkout_url": "https://checkout.example.com/pay/cs_1",
                     *       "expires_at": "2030-01-31T12:00:00.000Z",
                     *       "package": {
                     *         "id": "small",
                     *         "name": "Small",
                     *         "credits": 10000,
                     *         "bonus_credits": 500,
                     *         "bonus_expires_after_seconds": 2592000,
                     *         "price": 500,
                     *         "currency": "eur",
                     *         "expires_after_seconds": null,
                     *         "limit_per_account": null
                     *       },
                     *       "refunded": 0,
                     *       "paid_at": null,
                     *       "lot_id": null,
                     *       "bonus_lot_id": null,
                     *       "created_at": "2030-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Conflict: `idempotency_in_progress`, `package_limit_reached` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "idempotency_in_progress" | "package_limit_reached";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Unprocessable Content: `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 422;
                        /** @enum {string} */
                        code?: "idempotency_key_reused";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Bad Gateway: `payment_failed` */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 502;
                        /** @enum {string} */
                        code?: "payment_failed";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    readOrder: {
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
            /** @description The order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "status": "open",
                     *       "checkout_url": "https://checkout.example.com/pay/cs_1",
                     *       "expires_at": "2030-01-31T12:00:00.000Z",
                     *       "package": {
                     *         "id": "small",
                     *         "name": "Small",
                     *         "credits": 10000,
                     *         "bonus_credits": 500,
                     *         "bonus_expires_after_seconds": 2592000,
                     *         "price": 500,
                     *         "currency": "eur",
                     *         "expires_after_seconds": null,
                     *         "limit_per_account": null
                     *       },
                     *       "refunded": 0,
                     *       "paid_at": null,
                     *       "lot_id": null,
                     *       "bonus_lot_id": null,
                     *       "created_at": "2030-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    receivePaymentEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event was received. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "outcome": "applied"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        outcome: "applied" | "seen" | "rejected" | "ignored";
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_signature`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_signature" | "malformed_body";
                    };
                };
            };
            /** @description Conflict: `payment_pending` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "payment_pending";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    createCompletion: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key has no further effect, and gets the same response. 1 to 255 printable ASCII characters, kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompletionRequest"];
            };
        };
        responses: {
            /** @description The reply, whole or in chunks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Completion"];
                    /**
                     * @example data: {"object":"chat.completion.chunk", …}
                     *
                     *     data: [DONE]
                     */
                    "text/event-stream": string | (components["schemas"]["CompletionChunk"] | components["schemas"]["OpenAiError"]);
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body`, `unsupported_parameter`, `context_length_exceeded`, `content_filtered` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "malformed_url" | "invalid_input" | "malformed_body" | "unsupported_parameter" | "context_length_exceeded" | "content_filtered";
                        };
                    };
                };
            };
            /** @description Unauthorized: `invalid_api_key` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "invalid_api_key";
                        };
                    };
                };
            };
            /** @description Payment Required: `insufficient_tokens`, `debt_outstanding`, `cap_reached` */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "insufficient_tokens" | "debt_outstanding" | "cap_reached";
                        };
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `email_not_verified`, `model_not_allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "insufficient_scope" | "email_not_verified" | "model_not_allowed";
                        };
                    };
                };
            };
            /** @description Not Found: `model_not_found`, `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "model_not_found" | "not_found";
                        };
                    };
                };
            };
            /** @description Conflict: `idempotency_in_progress`, `reply_stopped` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "idempotency_in_progress" | "reply_stopped";
                        };
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "body_too_large";
                        };
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "unsupported_media_type";
                        };
                    };
                };
            };
            /** @description Unprocessable Content: `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "idempotency_key_reused";
                        };
                    };
                };
            };
            /** @description Too Many Requests: `rate_limit_exceeded`, `provider_busy` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "rate_limit_exceeded" | "provider_busy";
                        };
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "internal_error";
                        };
                    };
                };
            };
            /** @description Bad Gateway: `provider_failed` */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "provider_failed";
                        };
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "unavailable";
                        };
                    };
                };
            };
            /** @description Gateway Timeout: `provider_timeout` */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "provider_timeout";
                        };
                    };
                };
            };
        };
    };
    listCompletionModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All models. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "object": "list",
                     *       "data": [
                     *         {
                     *           "id": "echo",
                     *           "object": "model",
                     *           "created": 0,
                     *           "owned_by": "metered-chat",
                     *           "price": {
                     *             "per_message": 100
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        object: "list";
                        data: components["schemas"]["CompletionModel"][];
                    } | components["schemas"]["AnthropicModels"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": (components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "malformed_url" | "invalid_input";
                        };
                    }) | (components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "malformed_url" | "invalid_input";
                        };
                    });
                };
            };
            /** @description Unauthorized: `invalid_api_key`, `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": (components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "invalid_api_key";
                        };
                    }) | (components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "unauthenticated";
                        };
                    });
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": (components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "insufficient_scope";
                        };
                    }) | (components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "insufficient_scope";
                        };
                    });
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": (components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "body_too_large";
                        };
                    }) | (components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "body_too_large";
                        };
                    });
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": (components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "internal_error";
                        };
                    }) | (components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "internal_error";
                        };
                    });
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": (components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "unavailable";
                        };
                    }) | (components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "unavailable";
                        };
                    });
                };
            };
        };
    };
    readCompletionModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The model. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "echo",
                     *       "object": "model",
                     *       "created": 0,
                     *       "owned_by": "metered-chat",
                     *       "price": {
                     *         "per_message": 100
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CompletionModel"] | components["schemas"]["AnthropicModel"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": (components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "malformed_url";
                        };
                    }) | (components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "malformed_url";
                        };
                    });
                };
            };
            /** @description Unauthorized: `invalid_api_key`, `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": (components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "invalid_api_key";
                        };
                    }) | (components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "unauthenticated";
                        };
                    });
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": (components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "insufficient_scope";
                        };
                    }) | (components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "insufficient_scope";
                        };
                    });
                };
            };
            /** @description Not Found: `model_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": (components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "model_not_found";
                        };
                    }) | (components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "model_not_found";
                        };
                    });
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": (components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "body_too_large";
                        };
                    }) | (components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "body_too_large";
                        };
                    });
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": (components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "internal_error";
                        };
                    }) | (components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "internal_error";
                        };
                    });
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": (components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "unavailable";
                        };
                    }) | (components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "unavailable";
                        };
                    });
                };
            };
        };
    };
    createResponse: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key has no further effect, and gets the same response. 1 to 255 printable ASCII characters, kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResponseRequest"];
            };
        };
        responses: {
            /** @description The reply, whole or as events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Response"];
                    /**
                     * @example event: response.created
                     *     data: {"type":"response.created","sequence_number":0, …}
                     */
                    "text/event-stream": string | {
                        /** @constant */
                        type: "response.created";
                        sequence_number: number;
                        response: components["schemas"]["Response"];
                    } | {
                        /** @constant */
                        type: "response.in_progress";
                        sequence_number: number;
                        response: components["schemas"]["Response"];
                    } | {
                        /** @constant */
                        type: "response.output_item.added";
                        sequence_number: number;
                        output_index: number;
                        item: components["schemas"]["ResponseOutputItem"];
                    } | {
                        /** @constant */
                        type: "response.output_item.done";
                        sequence_number: number;
                        output_index: number;
                        item: components["schemas"]["ResponseOutputItem"];
                    } | {
                        /** @constant */
                        type: "response.content_part.added";
                        sequence_number: number;
                        item_id: string;
                        output_index: number;
                        content_index: number;
                        part: {
                            /** @constant */
                            type: "output_text";
                            text: string;
                            annotations: unknown[];
                            logprobs: unknown[];
                        };
                    } | {
                        /** @constant */
                        type: "response.content_part.done";
                        sequence_number: number;
                        item_id: string;
                        output_index: number;
                        content_index: number;
                        part: {
                            /** @constant */
                            type: "output_text";
                            text: string;
                            annotations: unknown[];
                            logprobs: unknown[];
                        };
                    } | {
                        /** @constant */
                        type: "response.output_text.delta";
                        sequence_number: number;
                        item_id: string;
                        output_index: number;
                        content_index: number;
                        delta: string;
                        logprobs: unknown[];
                    } | {
                        /** @constant */
                        type: "response.output_text.done";
                        sequence_number: number;
                        item_id: string;
                        output_index: number;
                        content_index: number;
                        text: string;
                        logprobs: unknown[];
                    } | {
                        /** @constant */
                        type: "response.reasoning_summary_part.added";
                        sequence_number: number;
                        item_id: string;
                        output_index: number;
                        summary_index: number;
                        part: {
                            /** @constant */
                            type: "summary_text";
                            text: string;
                        };
                    } | {
                        /** @constant */
                        type: "response.reasoning_summary_part.done";
                        sequence_number: number;
                        item_id: string;
                        output_index: number;
                        summary_index: number;
                        part: {
                            /** @constant */
                            type: "summary_text";
                            text: string;
                        };
                    } | {
                        /** @constant */
                        type: "response.reasoning_summary_text.delta";
                        sequence_number: number;
                        item_id: string;
                        output_index: number;
                        summary_index: number;
                        delta: string;
                    } | {
                        /** @constant */
                        type: "response.reasoning_summary_text.done";
                        sequence_number: number;
                        item_id: string;
                        output_index: number;
                        summary_index: number;
                        text: string;
                    } | {
                        /** @constant */
                        type: "response.function_call_arguments.delta";
                        sequence_number: number;
                        item_id: string;
                        output_index: number;
                        delta: string;
                    } | {
                        /** @constant */
                        type: "response.function_call_arguments.done";
                        sequence_number: number;
                        item_id: string;
                        output_index: number;
                        name: string;
                        arguments: string;
                    } | {
                        /** @constant */
                        type: "response.completed";
                        sequence_number: number;
                        response: components["schemas"]["Response"];
                    } | {
                        /** @constant */
                        type: "response.incomplete";
                        sequence_number: number;
                        response: components["schemas"]["Response"];
                    } | {
                        /** @constant */
                        type: "response.failed";
                        sequence_number: number;
                        response: components["schemas"]["Response"];
                    } | {
                        /** @constant */
                        type: "error";
                        sequence_number: number;
                        code: string;
                        message: string;
                        param: string | null;
                        error: {
                            message: string;
                            type: string;
                            param: string | null;
                            code: string;
                            remaining_tokens?: number;
                            required_tokens?: number;
                            debt?: number;
                            cap?: components["schemas"]["Cap"];
                            affordable_output_tokens?: number;
                            request_id?: string;
                        };
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body`, `unsupported_parameter`, `context_length_exceeded`, `content_filtered` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "malformed_url" | "invalid_input" | "malformed_body" | "unsupported_parameter" | "context_length_exceeded" | "content_filtered";
                        };
                    };
                };
            };
            /** @description Unauthorized: `invalid_api_key` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "invalid_api_key";
                        };
                    };
                };
            };
            /** @description Payment Required: `insufficient_tokens`, `debt_outstanding`, `cap_reached` */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "insufficient_tokens" | "debt_outstanding" | "cap_reached";
                        };
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `email_not_verified`, `model_not_allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "insufficient_scope" | "email_not_verified" | "model_not_allowed";
                        };
                    };
                };
            };
            /** @description Not Found: `model_not_found`, `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "model_not_found" | "not_found";
                        };
                    };
                };
            };
            /** @description Conflict: `idempotency_in_progress`, `reply_stopped` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "idempotency_in_progress" | "reply_stopped";
                        };
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "body_too_large";
                        };
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "unsupported_media_type";
                        };
                    };
                };
            };
            /** @description Unprocessable Content: `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "idempotency_key_reused";
                        };
                    };
                };
            };
            /** @description Too Many Requests: `rate_limit_exceeded`, `provider_busy` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "rate_limit_exceeded" | "provider_busy";
                        };
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "internal_error";
                        };
                    };
                };
            };
            /** @description Bad Gateway: `provider_failed` */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "provider_failed";
                        };
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "unavailable";
                        };
                    };
                };
            };
            /** @description Gateway Timeout: `provider_timeout` */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "provider_timeout";
                        };
                    };
                };
            };
        };
    };
    createMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key has no further effect, and gets the same response. 1 to 255 printable ASCII characters, kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnthropicMessageRequest"];
            };
        };
        responses: {
            /** @description The reply, whole or as events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicMessage"];
                    /**
                     * @example event: message_start
                     *     data: {"type":"message_start", …}
                     */
                    "text/event-stream": string | {
                        /** @constant */
                        type: "message_start";
                        message: {
                            id: string;
                            /** @constant */
                            type: "message";
                            /** @constant */
                            role: "assistant";
                            model: string;
                            container: null;
                            content: components["schemas"]["AnthropicContent"][];
                            stop_reason: null;
                            stop_sequence: null;
                            usage: components["schemas"]["AnthropicUsage"];
                        };
                    } | {
                        /** @constant */
                        type: "content_block_start";
                        index: number;
                        content_block: components["schemas"]["AnthropicContent"];
                    } | {
                        /** @constant */
                        type: "content_block_delta";
                        index: number;
                        delta: {
                            /** @constant */
                            type: "text_delta";
                            text: string;
                        } | {
                            /** @constant */
                            type: "thinking_delta";
                            thinking: string;
                        } | {
                            /** @constant */
                            type: "signature_delta";
                            signature: string;
                        } | {
                            /** @constant */
                            type: "input_json_delta";
                            partial_json: string;
                        };
                    } | {
                        /** @constant */
                        type: "content_block_stop";
                        index: number;
                    } | {
                        /** @constant */
                        type: "message_delta";
                        delta: {
                            /** @enum {string} */
                            stop_reason: "end_turn" | "max_tokens" | "stop_sequence" | "tool_use" | "refusal";
                            stop_sequence: string | null;
                        };
                        usage: components["schemas"]["AnthropicUsage"];
                    } | {
                        /** @constant */
                        type: "message_stop";
                    } | {
                        /** @constant */
                        type: "ping";
                    } | components["schemas"]["AnthropicError"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body`, `unsupported_parameter`, `context_length_exceeded`, `content_filtered` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "malformed_url" | "invalid_input" | "malformed_body" | "unsupported_parameter" | "context_length_exceeded" | "content_filtered";
                        };
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "unauthenticated";
                        };
                    };
                };
            };
            /** @description Payment Required: `insufficient_tokens`, `debt_outstanding`, `cap_reached` */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "insufficient_tokens" | "debt_outstanding" | "cap_reached";
                        };
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `email_not_verified`, `model_not_allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "insufficient_scope" | "email_not_verified" | "model_not_allowed";
                        };
                    };
                };
            };
            /** @description Not Found: `model_not_found`, `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "model_not_found" | "not_found";
                        };
                    };
                };
            };
            /** @description Conflict: `idempotency_in_progress`, `reply_stopped` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "idempotency_in_progress" | "reply_stopped";
                        };
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "body_too_large";
                        };
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "unsupported_media_type";
                        };
                    };
                };
            };
            /** @description Unprocessable Content: `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "idempotency_key_reused";
                        };
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited`, `provider_busy` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "rate_limited" | "provider_busy";
                        };
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "internal_error";
                        };
                    };
                };
            };
            /** @description Bad Gateway: `provider_failed` */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "provider_failed";
                        };
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "unavailable";
                        };
                    };
                };
            };
            /** @description Gateway Timeout: `provider_timeout` */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "provider_timeout";
                        };
                    };
                };
            };
        };
    };
    countMessageTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnthropicCountRequest"];
            };
        };
        responses: {
            /** @description The estimate. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "input_tokens": 4
                     *     }
                     */
                    "application/json": components["schemas"]["AnthropicCount"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body`, `unsupported_parameter` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "malformed_url" | "invalid_input" | "malformed_body" | "unsupported_parameter";
                        };
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "unauthenticated";
                        };
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `model_not_allowed` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "insufficient_scope" | "model_not_allowed";
                        };
                    };
                };
            };
            /** @description Not Found: `model_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "model_not_found";
                        };
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "body_too_large";
                        };
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "unsupported_media_type";
                        };
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "rate_limited";
                        };
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "internal_error";
                        };
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnthropicError"] & {
                        error?: {
                            /** @enum {string} */
                            code?: "unavailable";
                        };
                    };
                };
            };
        };
    };
    createFirstAdmin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    setup_token: string;
                } & components["schemas"]["Registration"];
            };
        };
        responses: {
            /** @description The administrator is created and signed in. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Administrator created successfully.",
                     *       "token": "mca_…",
                     *       "expires_at": "2030-02-01T12:00:00.000Z",
                     *       "refresh_token": "mcr_…",
                     *       "refresh_expires_at": "2030-03-02T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["NewAccount"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body`, `invalid_token` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body" | "invalid_token";
                    };
                };
            };
            /** @description Conflict: `username_taken`, `email_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "username_taken" | "email_taken";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query?: {
                q?: string;
                role?: "user" | "admin";
                status?: "active" | "disabled";
                from?: string;
                to?: string;
                sort?: "created_at" | "-created_at" | "username" | "-username" | "tokens" | "-tokens";
                /** @description The number of items on a page. */
                limit?: number;
                /** @description The `next` of an earlier page. */
                cursor?: string;
                /** @description The same as `Accept`, which it overrides, for links. */
                format?: "json" | "csv";
                total?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; with `Accept: text/csv` or `?format=csv`, the whole list as CSV. With `total=true` the first page has the `total` of what matches, at most 10000. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["ListedUser"][];
                        next: string | null;
                        total?: number;
                    };
                    /** @example id,username,email,email_verified,role,status,tokens,held,created_at,last_seen_at,last_signed_in_at */
                    "text/csv": string;
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                    password: string;
                    email?: string | null;
                    /**
                     * @default user
                     * @enum {string}
                     */
                    role?: "user" | "admin";
                    tokens?: number;
                };
            };
        };
        responses: {
            /** @description The new account. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundUser"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required" | "session_required";
                    };
                };
            };
            /** @description Conflict: `username_taken`, `email_taken` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "username_taken" | "email_taken";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    readUser: {
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
            /** @description The account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundUser"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    eraseUser: {
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
            /** @description The account is erased. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required" | "session_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Conflict: `last_admin` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "last_admin";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    changeUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountChange"];
            };
        };
        responses: {
            /** @description The changed account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundUser"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required" | "session_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Conflict: `username_taken`, `email_taken`, `last_admin` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "username_taken" | "email_taken" | "last_admin";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    setUserPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    new_password: string;
                    /** @default false */
                    keep_keys?: boolean;
                };
            };
        };
        responses: {
            /** @description The password is set. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required" | "session_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    readUserFactors: {
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
            /** @description The factors, without secrets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "totp": {
                     *         "created_at": "2030-01-31T12:00:00.000Z"
                     *       },
                     *       "passkeys": [
                     *         {
                     *           "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *           "name": "My phone",
                     *           "created_at": "2030-01-31T12:00:00.000Z",
                     *           "last_used_at": null,
                     *           "backed_up": true
                     *         }
                     *       ],
                     *       "recovery_codes_left": 10
                     *     }
                     */
                    "application/json": components["schemas"]["Factors"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    resetUserFactors: {
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
            /** @description The account has no second factor any more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required`, `session_required`, `proof_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required" | "session_required" | "proof_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listUserSessions: {
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
            /** @description All sessions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["Session"][];
                        next: null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    endUserSessions: {
        parameters: {
            query?: {
                keys?: "true" | "false";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sessions have ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required" | "session_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    endUserSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required" | "session_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listUserIdentities: {
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
            /** @description All identities. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["Identity"][];
                        next: null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    removeUserIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                identity_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The identity no longer signs in to the account. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required" | "session_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listUserKeys: {
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
            /** @description All API keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["Key"][];
                        next: null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    removeUserKeys: {
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
            /** @description The keys no longer work. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required" | "session_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    removeUserKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key no longer works. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required" | "session_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listServiceKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["ServiceKey"][];
                        next: null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    createServiceKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewServiceKey"];
            };
        };
        responses: {
            /** @description The key, which is never shown again. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "name": "Image service",
                     *       "scopes": [
                     *         "metering"
                     *       ],
                     *       "last_characters": "x9Qw",
                     *       "created_by": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "created_at": "2030-01-31T12:00:00.000Z",
                     *       "expires_at": null,
                     *       "last_used_at": null,
                     *       "key": "mcm_…"
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedServiceKey"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required" | "session_required";
                    };
                };
            };
            /** @description Conflict: `too_many_keys` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "too_many_keys";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    removeServiceKey: {
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
            /** @description The key no longer works. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required" | "session_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listUserCaps: {
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
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "results": [
                     *         {
                     *           "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *           "scope": "account",
                     *           "key_id": null,
                     *           "model": null,
                     *           "window": "day",
                     *           "limit": 500,
                     *           "set_by": "administrator",
                     *           "spent": 100,
                     *           "left": 400,
                     *           "window_ends_at": "2030-01-31T12:00:00.000Z",
                     *           "created_at": "2030-01-31T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": {
                        results: components["schemas"]["Cap"][];
                        next: null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    setUserCap: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CapToSet"];
            };
        };
        responses: {
            /** @description The cap had another limit before. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "scope": "account",
                     *       "key_id": null,
                     *       "model": null,
                     *       "window": "day",
                     *       "limit": 500,
                     *       "set_by": "account",
                     *       "spent": 100,
                     *       "left": 400,
                     *       "window_ends_at": "2030-01-31T12:00:00.000Z",
                     *       "created_at": "2030-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Cap"];
                };
            };
            /** @description The new cap. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "scope": "account",
                     *       "key_id": null,
                     *       "model": null,
                     *       "window": "day",
                     *       "limit": 500,
                     *       "set_by": "account",
                     *       "spent": 100,
                     *       "left": 400,
                     *       "window_ends_at": "2030-01-31T12:00:00.000Z",
                     *       "created_at": "2030-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Cap"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required" | "session_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Conflict: `too_many_caps` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "too_many_caps";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    removeUserCap: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                cap_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cap no longer applies. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required" | "session_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    adjustBalance: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key has no further effect, and gets the same response. 1 to 255 printable ASCII characters, kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Adjustment"];
            };
        };
        responses: {
            /** @description The entry. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Conflict: `idempotency_in_progress`, `balance_out_of_range` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "idempotency_in_progress" | "balance_out_of_range";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Unprocessable Content: `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 422;
                        /** @enum {string} */
                        code?: "idempotency_key_reused";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    spendTokens: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key has no further effect, and gets the same response. 1 to 255 printable ASCII characters, kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSpending"];
            };
        };
        responses: {
            /** @description The charge. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "user_id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "action": "image.generate",
                     *       "status": "settled",
                     *       "held": 40,
                     *       "charged": 40,
                     *       "uncollected": 0,
                     *       "balance": 3960
                     *     }
                     */
                    "application/json": components["schemas"]["MeteredHold"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Payment Required: `insufficient_tokens`, `debt_outstanding`, `cap_reached` */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 402;
                        /** @enum {string} */
                        code?: "insufficient_tokens" | "debt_outstanding" | "cap_reached";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Conflict: `idempotency_in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "idempotency_in_progress";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Unprocessable Content: `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 422;
                        /** @enum {string} */
                        code?: "idempotency_key_reused";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    createHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key has no further effect, and gets the same response. 1 to 255 printable ASCII characters, kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewHold"];
            };
        };
        responses: {
            /** @description The hold. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "user_id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "action": "image.generate",
                     *       "status": "open",
                     *       "held": 40,
                     *       "charged": 0,
                     *       "uncollected": 0,
                     *       "balance": 3960
                     *     }
                     */
                    "application/json": components["schemas"]["MeteredHold"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Payment Required: `insufficient_tokens`, `debt_outstanding`, `cap_reached` */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 402;
                        /** @enum {string} */
                        code?: "insufficient_tokens" | "debt_outstanding" | "cap_reached";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Conflict: `idempotency_in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "idempotency_in_progress";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Unprocessable Content: `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 422;
                        /** @enum {string} */
                        code?: "idempotency_key_reused";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    settleHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key has no further effect, and gets the same response. 1 to 255 printable ASCII characters, kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Settlement"];
            };
        };
        responses: {
            /** @description The settled hold. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "user_id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "action": "image.generate",
                     *       "status": "settled",
                     *       "held": 40,
                     *       "charged": 28,
                     *       "uncollected": 0,
                     *       "balance": 3972
                     *     }
                     */
                    "application/json": components["schemas"]["MeteredHold"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Conflict: `idempotency_in_progress`, `hold_ended` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "idempotency_in_progress" | "hold_ended";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Unprocessable Content: `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 422;
                        /** @enum {string} */
                        code?: "idempotency_key_reused";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    renewHold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ttl_seconds: number;
                };
            };
        };
        responses: {
            /** @description The open hold. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "user_id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "action": "image.generate",
                     *       "status": "open",
                     *       "held": 40,
                     *       "charged": 0,
                     *       "uncollected": 0,
                     *       "balance": 3960
                     *     }
                     */
                    "application/json": components["schemas"]["MeteredHold"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Conflict: `hold_ended` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "hold_ended";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    releaseHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key has no further effect, and gets the same response. 1 to 255 printable ASCII characters, kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The released hold. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "user_id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "action": "image.generate",
                     *       "status": "released",
                     *       "held": 40,
                     *       "charged": 0,
                     *       "uncollected": 0,
                     *       "balance": 4000
                     *     }
                     */
                    "application/json": components["schemas"]["MeteredHold"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Conflict: `idempotency_in_progress`, `hold_ended` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "idempotency_in_progress" | "hold_ended";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unprocessable Content: `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 422;
                        /** @enum {string} */
                        code?: "idempotency_key_reused";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listUserLots: {
        parameters: {
            query?: {
                /** @description The number of items on a page. */
                limit?: number;
                /** @description The `next` of an earlier page. */
                cursor?: string;
                left?: "true";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["Lot"][];
                        next: string | null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listUserConversations: {
        parameters: {
            query?: {
                /** @description The number of items on a page. */
                limit?: number;
                /** @description The `next` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["Conversation"][];
                        next: string | null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    readUserConversation: {
        parameters: {
            query?: {
                /** @description The number of items on a page. */
                limit?: number;
                /** @description The `next` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
                conversation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The conversation with a page of its messages, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        title: string;
                        model: string | null;
                        system_prompt: string | null;
                        temperature: number | null;
                        pinned: boolean;
                        has_branches: boolean;
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                        results: components["schemas"]["Exchange"][];
                        next: string | null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    readUserStatement: {
        parameters: {
            query?: {
                month?: string;
                /** @description The same as `Accept`, which it overrides, for links. */
                format?: "json" | "csv";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The statement; with `Accept: text/csv` or `?format=csv`, its sums as CSV. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "month": "2030-01",
                     *       "unit": {
                     *         "name": "tokens",
                     *         "decimals": 0
                     *       },
                     *       "from": "2030-01-01T00:00:00.000Z",
                     *       "to": "2030-02-01T00:00:00.000Z",
                     *       "opening": 0,
                     *       "lines": [
                     *         {
                     *           "kind": "grant",
                     *           "amount": 4000,
                     *           "count": 1
                     *         },
                     *         {
                     *           "kind": "charge",
                     *           "action": "chat",
                     *           "model": "echo",
                     *           "amount": -300,
                     *           "count": 3
                     *         }
                     *       ],
                     *       "closing": 3700,
                     *       "conversations": [
                     *         {
                     *           "conversation_id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *           "title": "Hello, AI!",
                     *           "model": "echo",
                     *           "amount": -300,
                     *           "count": 3
                     *         }
                     *       ],
                     *       "lots": [
                     *         {
                     *           "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *           "kind": "opening",
                     *           "amount": 4000,
                     *           "opening": 0,
                     *           "received": 4000,
                     *           "gave": 300,
                     *           "expired": 0,
                     *           "closing": 3700,
                     *           "expires_at": null,
                     *           "created_at": "2030-01-31T12:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Statement"];
                    /** @example month,kind,action,model,count,amount */
                    "text/csv": string;
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    readUserAllowance: {
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
            /** @description The allowance. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "amount": 4000,
                     *       "every": "month",
                     *       "renews_at": "2026-12-01T00:00:00.000Z",
                     *       "is_default": false
                     *     }
                     */
                    "application/json": components["schemas"]["AccountAllowance"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    setUserAllowance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AllowanceChange"];
            };
        };
        responses: {
            /** @description The allowance. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "amount": 4000,
                     *       "every": "month",
                     *       "renews_at": "2026-12-01T00:00:00.000Z",
                     *       "is_default": false
                     *     }
                     */
                    "application/json": components["schemas"]["AccountAllowance"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    removeUserAllowance: {
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
            /** @description The default applies, from the next use on. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["Webhook"][];
                        next: null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWebhook"];
            };
        };
        responses: {
            /** @description The endpoint with its secret. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "url": "https://example.com/hooks",
                     *       "types": [
                     *         "balance.low"
                     *       ],
                     *       "enabled": true,
                     *       "disabled_by": null,
                     *       "disabled_at": null,
                     *       "created_at": "2030-01-31T12:00:00.000Z",
                     *       "secret": "whsec_…"
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedWebhook"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required" | "session_required";
                    };
                };
            };
            /** @description Conflict: `too_many_webhooks` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "too_many_webhooks";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    removeWebhook: {
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
            /** @description Nothing more is sent to it. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required" | "session_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    changeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookChange"];
            };
        };
        responses: {
            /** @description The changed endpoint. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "url": "https://example.com/hooks",
                     *       "types": [
                     *         "balance.low"
                     *       ],
                     *       "enabled": true,
                     *       "disabled_by": null,
                     *       "disabled_at": null,
                     *       "created_at": "2030-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required" | "session_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    testWebhook: {
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
            /** @description How the receiver responded. `status` is null if it did not; then `error` says why. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "delivered": true,
                     *       "status": 204,
                     *       "error": null
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookTest"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required" | "session_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description The number of items on a page. */
                limit?: number;
                /** @description The `next` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["WebhookDelivery"][];
                        next: string | null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    replayWebhookDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery, which is queued. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required`, `session_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required" | "session_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listVouchers: {
        parameters: {
            query?: {
                /** @description The number of items on a page. */
                limit?: number;
                /** @description The `next` of an earlier page. */
                cursor?: string;
                /** @description The same as `Accept`, which it overrides, for links. */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; with `Accept: text/csv` or `?format=csv`, the whole list as CSV. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["Vouchers"][];
                        next: string | null;
                    };
                    /** @example id,created_at,name,count,credits,max_redemptions,redemptions,expires_at,credits_expire_after,created_by,ended_at */
                    "text/csv": string;
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    createVouchers: {
        parameters: {
            query?: {
                /** @description The same as `Accept`, which it overrides, for links. */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewVouchers"];
            };
        };
        responses: {
            /** @description The batch with its codes. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "name": "Spring",
                     *       "count": 2,
                     *       "credits": 500,
                     *       "max_redemptions": 1,
                     *       "redemptions": 0,
                     *       "expires_at": "2031-03-31T22:00:00.000Z",
                     *       "credits_expire_after": "90d",
                     *       "created_by": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "created_at": "2030-01-31T12:00:00.000Z",
                     *       "ended_at": null,
                     *       "codes": [
                     *         "7KQ2-0VHM-9XTA-D4ZB",
                     *         "M3F8-QW1S-6EHN-2RYC"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedVouchers"];
                    /** @example code,credits,expires_at */
                    "text/csv": string;
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    endVouchers: {
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
            /** @description The batch has ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listAllOrders: {
        parameters: {
            query?: {
                user?: string;
                status?: "open" | "paid" | "expired" | "partially_refunded" | "refunded" | "disputed" | "dispute_lost";
                from?: string;
                to?: string;
                sort?: "created_at" | "-created_at";
                /** @description The number of items on a page. */
                limit?: number;
                /** @description The `next` of an earlier page. */
                cursor?: string;
                /** @description The same as `Accept`, which it overrides, for links. */
                format?: "json" | "csv";
                total?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; with `Accept: text/csv` or `?format=csv`, the whole list as CSV. With `total=true` the first page has the `total` of what matches, at most 10000. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["NamedOrder"][];
                        next: string | null;
                        total?: number;
                    };
                    /** @example id,created_at,user_id,username,status,package_id,package_name,credits,bonus_credits,price,refunded,currency,paid_at,expires_at,provider,payment_id */
                    "text/csv": string;
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    readAccountOrder: {
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
            /** @description The order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "status": "open",
                     *       "checkout_url": "https://checkout.example.com/pay/cs_1",
                     *       "expires_at": "2030-01-31T12:00:00.000Z",
                     *       "package": {
                     *         "id": "small",
                     *         "name": "Small",
                     *         "credits": 10000,
                     *         "bonus_credits": 500,
                     *         "bonus_expires_after_seconds": 2592000,
                     *         "price": 500,
                     *         "currency": "eur",
                     *         "expires_after_seconds": null,
                     *         "limit_per_account": null
                     *       },
                     *       "refunded": 0,
                     *       "paid_at": null,
                     *       "lot_id": null,
                     *       "bonus_lot_id": null,
                     *       "created_at": "2030-01-31T12:00:00.000Z",
                     *       "user_id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "provider": "stripe",
                     *       "payment_id": null
                     *     }
                     */
                    "application/json": components["schemas"]["AccountOrder"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    refundOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key has no further effect, and gets the same response. 1 to 255 printable ASCII characters, kept for 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Refund"];
            };
        };
        responses: {
            /** @description The order as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "status": "open",
                     *       "checkout_url": "https://checkout.example.com/pay/cs_1",
                     *       "expires_at": "2030-01-31T12:00:00.000Z",
                     *       "package": {
                     *         "id": "small",
                     *         "name": "Small",
                     *         "credits": 10000,
                     *         "bonus_credits": 500,
                     *         "bonus_expires_after_seconds": 2592000,
                     *         "price": 500,
                     *         "currency": "eur",
                     *         "expires_after_seconds": null,
                     *         "limit_per_account": null
                     *       },
                     *       "refunded": 0,
                     *       "paid_at": null,
                     *       "lot_id": null,
                     *       "bonus_lot_id": null,
                     *       "created_at": "2030-01-31T12:00:00.000Z",
                     *       "user_id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "provider": "stripe",
                     *       "payment_id": null
                     *     }
                     */
                    "application/json": components["schemas"]["AccountOrder"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Conflict: `idempotency_in_progress`, `not_refundable` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "idempotency_in_progress" | "not_refundable";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Unprocessable Content: `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 422;
                        /** @enum {string} */
                        code?: "idempotency_key_reused";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Bad Gateway: `payment_failed` */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 502;
                        /** @enum {string} */
                        code?: "payment_failed";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listPaymentProblems: {
        parameters: {
            query?: {
                /** @description The number of items on a page. */
                limit?: number;
                /** @description The `next` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["PaymentProblem"][];
                        next: string | null;
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listAllExchanges: {
        parameters: {
            query?: {
                user?: string;
                status?: "pending" | "completed" | "failed" | "cancelled" | "imported";
                model?: string;
                text?: string;
                from?: string;
                to?: string;
                sort?: "created_at" | "-created_at";
                /** @description The number of items on a page. */
                limit?: number;
                /** @description The `next` of an earlier page. */
                cursor?: string;
                /** @description The same as `Accept`, which it overrides, for links. */
                format?: "json" | "csv";
                total?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; with `Accept: text/csv` or `?format=csv`, the whole list as CSV. With `total=true` the first page has the `total` of what matches, at most 10000. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["NamedExchange"][];
                        next: string | null;
                        total?: number;
                    };
                    /** @example id,created_at,user_id,username,conversation_id,model,status,tokens_charged,message,response,tokens_held,tokens_beyond_hold,tokens_uncollected,erased */
                    "text/csv": string;
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    readExchange: {
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
            /** @description The exchange. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NamedExchange"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listAllEntries: {
        parameters: {
            query?: {
                user?: string;
                kind?: "grant" | "purchase" | "voucher" | "allowance" | "charge" | "adjustment" | "expiry" | "refund" | "debt";
                from?: string;
                to?: string;
                sort?: "created_at" | "-created_at";
                /** @description The number of items on a page. */
                limit?: number;
                /** @description The `next` of an earlier page. */
                cursor?: string;
                /** @description The same as `Accept`, which it overrides, for links. */
                format?: "json" | "csv";
                total?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; with `Accept: text/csv` or `?format=csv`, the whole list as CSV. With `total=true` the first page has the `total` of what matches, at most 10000. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["NamedEntry"][];
                        next: string | null;
                        total?: number;
                    };
                    /** @example id,created_at,user_id,username,kind,amount,balance_after,chat_id,reason,hold_id,action,units,tokens_beyond_hold,tokens_uncollected */
                    "text/csv": string;
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                action?: "registered" | "account_created" | "imported" | "adopted" | "signed_in" | "sign_in_failed" | "signed_out" | "session_ended" | "other_sessions_ended" | "sessions_ended" | "refresh_token_reused" | "key_created" | "key_removed" | "keys_removed" | "username_changed" | "email_changed" | "email_change_requested" | "email_change_cancelled" | "email_restored" | "email_verified" | "verification_requested" | "password_changed" | "password_set" | "password_reset_requested" | "password_reset" | "account_exported" | "account_erased" | "account_disabled" | "account_enabled" | "administrator_created" | "administrator_appointed" | "administrator_dismissed" | "balance_adjusted" | "service_key_created" | "service_key_removed" | "cap_set" | "cap_removed" | "credits_spent" | "hold_created" | "hold_settled" | "hold_released" | "allowance_changed" | "webhook_created" | "webhook_changed" | "webhook_removed" | "webhook_tested" | "webhook_replayed" | "vouchers_created" | "vouchers_ended" | "voucher_redeemed" | "refund_requested" | "identity_linked" | "identity_removed" | "totp_added" | "totp_removed" | "passkey_added" | "passkey_renamed" | "passkey_removed" | "passkey_copy_refused" | "recovery_codes_created" | "recovery_code_used" | "second_factor_failed" | "factors_reset";
                actor?: string;
                subject?: string;
                from?: string;
                to?: string;
                sort?: "created_at" | "-created_at";
                /** @description The number of items on a page. */
                limit?: number;
                /** @description The `next` of an earlier page. */
                cursor?: string;
                /** @description The same as `Accept`, which it overrides, for links. */
                format?: "json" | "csv";
                total?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; with `Accept: text/csv` or `?format=csv`, the whole list as CSV. With `total=true` the first page has the `total` of what matches, at most 10000. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["NamedAuditEvent"][];
                        next: string | null;
                        total?: number;
                    };
                    /** @example id,created_at,action,actor_id,actor_username,user_id,username,subject_id,address,user_agent,service_key_id,amount,reason,changes */
                    "text/csv": string;
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    readAuditEvent: {
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
            /** @description The event. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NamedAuditEvent"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    readStatistics: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                user?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The statistics. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statistics"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    listModelsWithHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All models. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: components["schemas"]["ModelWithHealth"][];
                        next: null;
                        unit: components["schemas"]["Unit"];
                    };
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    auditLedger: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Each invariant with its violations. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerAudit"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Too Many Requests: `rate_limited` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {string} */
                        code?: "rate_limited";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    readDemoCheckout: {
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
            /** @description The checkout. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "order_id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "package_name": "Small",
                     *       "price": 500,
                     *       "currency": "eur",
                     *       "currency_decimals": 2,
                     *       "refunded": 0,
                     *       "status": "open",
                     *       "expires_at": "2030-01-31T12:00:00.000Z",
                     *       "actions": [
                     *         "pay",
                     *         "decline"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["DemoCheckout"];
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    actAtDemoCheckout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "pay" | "decline" | "refund" | "dispute" | "win_dispute" | "lose_dispute";
                };
            };
        };
        responses: {
            /** @description The checkout afterwards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "order_id": "0199a5c4-7e5b-7c3a-9d50-3f2b8a6e1c04",
                     *       "package_name": "Small",
                     *       "price": 500,
                     *       "currency": "eur",
                     *       "currency_decimals": 2,
                     *       "refunded": 0,
                     *       "status": "open",
                     *       "expires_at": "2030-01-31T12:00:00.000Z",
                     *       "actions": [
                     *         "pay",
                     *         "decline"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["DemoCheckout"];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input`, `malformed_body` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input" | "malformed_body";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `insufficient_scope`, `admin_required` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "insufficient_scope" | "admin_required";
                    };
                };
            };
            /** @description Not Found: `not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {string} */
                        code?: "not_found";
                    };
                };
            };
            /** @description Conflict: `not_refundable` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {string} */
                        code?: "not_refundable";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Unsupported Media Type: `unsupported_media_type` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {string} */
                        code?: "unsupported_media_type";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    isLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is running. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "live"
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        status: "live";
                    };
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    isReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They can. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready"
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        status: "ready";
                    };
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description The server is starting or draining, or the database is unavailable. Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                    /**
                     * @example {
                     *       "status": "draining"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        status: "starting" | "draining" | "database unavailable";
                    };
                };
            };
        };
    };
    readMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The metrics, one per line. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example # TYPE metered_chat_holds_open gauge
                     *     metered_chat_holds_open 0
                     */
                    "text/plain": string;
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Unauthorized: `unauthenticated` */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {string} */
                        code?: "unauthenticated";
                    };
                };
            };
            /** @description Forbidden: `loopback_only` */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {string} */
                        code?: "loopback_only";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    readMeteringVectors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All vectors. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeteringVector"][];
                };
            };
            /** @description Bad Request: `malformed_url`, `invalid_input` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url" | "invalid_input";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
    readDocument: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Bad Request: `malformed_url` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {string} */
                        code?: "malformed_url";
                    };
                };
            };
            /** @description Content Too Large: `body_too_large` */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {string} */
                        code?: "body_too_large";
                    };
                };
            };
            /** @description Internal Server Error: `internal_error` */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {string} */
                        code?: "internal_error";
                    };
                };
            };
            /** @description Service Unavailable: `unavailable` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {string} */
                        code?: "unavailable";
                    };
                };
            };
        };
    };
}
