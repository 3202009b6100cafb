/** The wire format of auth; made of described/auth.json by `npm run client`. */

export interface paths {
    "/auth/admin/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Security Events
         * @description Return security events, the newest first: all, or those about one account, or of one kind.
         */
        get: operations["list_security_events_xatra_api_auth_admin_events_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/admin/registration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Registration
         * @description Tell whether strangers may sign up.
         */
        get: operations["get_registration_xatra_api_auth_admin_registration_get"];
        /**
         * Set Registration
         * @description Let strangers sign up, or not.
         */
        put: operations["set_registration_xatra_api_auth_admin_registration_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Users
         * @description Return accounts whose name, full name or e-mail address contains `q`, by name.
         */
        get: operations["list_users_xatra_api_auth_admin_users_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/admin/users/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get User
         * @description Return an account.
         */
        get: operations["get_user_xatra_api_auth_admin_users__username__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change User
         * @description Trust, disable, or make an administrator, and back; it holds within a second.
         */
        patch: operations["change_user_xatra_api_auth_admin_users__username__patch"];
        trace?: never;
    };
    "/auth/admin/users/{username}/reset-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Issue Reset Link
         * @description Make a link by which somebody sets a new password, and mail it where there is mail and a verified address.
         */
        post: operations["issue_reset_link_xatra_api_auth_admin_users__username__reset_link_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/admin/users/{username}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List User Sessions
         * @description Return where somebody is signed in.
         */
        get: operations["list_user_sessions_xatra_api_auth_admin_users__username__sessions_get"];
        put?: never;
        post?: never;
        /**
         * End User Sessions
         * @description Sign somebody out everywhere, within a second.
         */
        delete: operations["end_user_sessions_xatra_api_auth_admin_users__username__sessions_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/csrf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Csrf Token
         * @description Return the caller's CSRF token; a browser that is nobody's becomes a guest's, and a guest's cookie is prolonged.
         *
         *     No other address makes a guest, so that scripts which never come here never have a cookie.
         */
        get: operations["csrf_token_xatra_api_auth_csrf_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/github/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Callback
         * @description Take the browser that is back from GitHub, and send it where it wanted to go; cookies come along.
         *
         *     After a failure it goes to the sign-in page, or to where the link was asked for, with `problem`, the last part of the
         *     problem's `type`.
         */
        get: operations["callback_xatra_api_auth_github_callback_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/github/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start Link
         * @description Begin to link a GitHub account, by which to sign in too from now on; the browser then goes where the answer says.
         */
        post: operations["start_link_xatra_api_auth_github_link_post"];
        /**
         * Unlink
         * @description Sign in by the linked GitHub account no more, within ten minutes of signing in. All your other sessions end.
         */
        delete: operations["unlink_xatra_api_auth_github_link_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/github/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Start
         * @description Send the browser to GitHub to sign in; who is new here gets an account. A link to this address is the button.
         */
        get: operations["start_xatra_api_auth_github_start_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/google": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign In
         * @description Sign in by an ID token of Google Identity Services; who is new here gets an account. Cookies come with the answer.
         *
         *     Each token is good once. An e-mail address never leads to an account: where there is one with the same address, sign
         *     in to it and link Google there.
         */
        post: operations["sign_in_xatra_api_auth_google_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/google/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Link
         * @description Sign in by this Google account too from now on.
         */
        post: operations["link_xatra_api_auth_google_link_post"];
        /**
         * Unlink
         * @description Sign in by the linked Google account no more, within ten minutes of signing in. All your other sessions end.
         */
        delete: operations["unlink_xatra_api_auth_google_link_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Public Keys
         * @description Return the keys by which access tokens are checked (RFC 7517); while keys are changed there are two.
         */
        get: operations["public_keys_xatra_api_auth_jwks_json_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign In
         * @description Sign in by password. Cookies come with the answer; what the guest of the browser did is the user's now.
         */
        post: operations["sign_in_xatra_api_auth_login_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign Out
         * @description End the session of this browser, if it has one, and clear its cookies.
         */
        post: operations["sign_out_xatra_api_auth_logout_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Me
         * @description Return who is signed in.
         */
        get: operations["me_xatra_api_auth_me_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/me/data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download
         * @description Return all that this service holds of you, as one document to keep.
         */
        get: operations["download_xatra_api_auth_me_data_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/me/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete
         * @description Delete the account. Nobody else ever gets its names.
         */
        post: operations["delete_xatra_api_auth_me_delete_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change Password
         * @description Change the password, or set the first one. All other sessions end.
         */
        put: operations["change_password_xatra_api_auth_me_password_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/me/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change Profile
         * @description Change full name and biography.
         */
        put: operations["change_profile_xatra_api_auth_me_profile_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/me/username": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Rename
         * @description Take another user name. Links with the old one go on working, and nobody else ever gets it.
         */
        put: operations["rename_xatra_api_auth_me_username_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/password/forgotten": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask For Link
         * @description Have a link to a new password mailed. The answer is the same whether there is such an account or not.
         */
        post: operations["ask_for_link_xatra_api_auth_password_forgotten_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/password/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reset Password
         * @description Set a new password by a link, which works once. All sessions of the account end.
         */
        post: operations["reset_password_xatra_api_auth_password_reset_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Providers
         * @description Tell by which providers people can come in.
         */
        get: operations["list_providers_xatra_api_auth_providers_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh
         * @description Go on with a session: new cookies for those that came. They are cleared if the session has ended.
         */
        post: operations["refresh_xatra_api_auth_refresh_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Sessions
         * @description Return where you are signed in.
         */
        get: operations["list_sessions_xatra_api_auth_sessions_get"];
        put?: never;
        post?: never;
        /**
         * End Other Sessions
         * @description End all your sessions but this one, within a second.
         */
        delete: operations["end_other_sessions_xatra_api_auth_sessions_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions/{session_id}": {
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
         * End Session
         * @description End one of your sessions, within a second.
         */
        delete: operations["end_session_xatra_api_auth_sessions__session_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/signup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign Up
         * @description Make an account and sign in. Cookies come with the answer; what the guest of the browser did is the user's now.
         */
        post: operations["sign_up_xatra_api_auth_signup_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Tokens
         * @description Return your tokens.
         */
        get: operations["list_tokens_xatra_api_auth_tokens_get"];
        put?: never;
        /**
         * Make Token
         * @description Make a token. It is shown in this answer and never again.
         */
        post: operations["make_token_xatra_api_auth_tokens_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/tokens/{token_id}": {
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
         * Revoke Token
         * @description End one of your tokens, within a second.
         */
        delete: operations["revoke_token_xatra_api_auth_tokens__token_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/users/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Profile
         * @description Return what a user tells of themselves; a former name leads to the present one.
         */
        get: operations["profile_xatra_api_auth_users__username__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/ways-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ways In
         * @description Tell how people can come in here, for the pages that ask them to.
         */
        get: operations["ways_in_xatra_api_auth_ways_in_get"];
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
        /**
         * Account
         * @description An account, as its owner sees it.
         */
        Account: {
            /** Bio */
            bio: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Email */
            email: string | null;
            /** Email Verified */
            email_verified: boolean;
            /** Full Name */
            full_name: string;
            /**
             * Has Github
             * @description Whether an account of GitHub's is linked
             */
            has_github: boolean;
            /**
             * Has Google
             * @description Whether an account of Google's is linked
             */
            has_google: boolean;
            /** Has Password */
            has_password: boolean;
            /** Id */
            id: number;
            /** Is Admin */
            is_admin: boolean;
            /** Is Trusted */
            is_trusted: boolean;
            /** Username */
            username: string;
        };
        /**
         * AccountChange
         * @description What shall be different; what is left out stays.
         */
        AccountChange: {
            /** Is Admin */
            is_admin?: boolean | null;
            /** Is Disabled */
            is_disabled?: boolean | null;
            /** Is Trusted */
            is_trusted?: boolean | null;
        };
        /**
         * AccountData
         * @description All that the service holds of somebody, secrets left out.
         */
        AccountData: {
            account: components["schemas"]["Account"];
            /** Events */
            events: {
                [key: string]: unknown;
            }[];
            /**
             * Linked Accounts
             * @description Accounts elsewhere that lead to this one
             */
            linked_accounts: {
                [key: string]: unknown;
            }[];
            /**
             * Names
             * @description Every user name that it has or had
             */
            names: string[];
            /** Sessions */
            sessions: {
                [key: string]: unknown;
            }[];
            /**
             * Tokens
             * @description Personal API tokens
             */
            tokens: {
                [key: string]: unknown;
            }[];
        };
        /**
         * AccountPage
         * @description Accounts by name.
         */
        AccountPage: {
            /**
             * Next
             * @description `after` of the next page; none: this is the last
             */
            next: string | null;
            /** Users */
            users: components["schemas"]["ManagedAccount"][];
        };
        /**
         * CsrfToken
         * @description The proof that a write was meant, for the holder of the cookies that come with it.
         */
        CsrfToken: {
            /**
             * Csrf Token
             * @description To be sent as X-CSRF-Token with every write
             */
            csrf_token: string;
        };
        /**
         * Deletion
         * @description The own user name, typed, so that nobody deletes an account by mistake.
         */
        Deletion: {
            /**
             * Current Password
             * @description Needed where the account has one
             */
            current_password?: string | null;
            /** Username */
            username: string;
        };
        /**
         * Event
         * @description What is recorded.
         * @enum {string}
         */
        Event: "signed-up" | "signed-in" | "sign-in-failed" | "signed-out" | "session-revoked" | "refresh-token-reused" | "password-changed" | "password-check-failed" | "reset-link-issued" | "password-reset" | "linked" | "unlinked" | "token-made" | "tokens-revoked" | "renamed" | "data-downloaded" | "account-deleted" | "account-changed" | "admin-made" | "registration-changed";
        /**
         * EventBody
         * @description A security event.
         */
        EventBody: {
            /**
             * Actor
             * @description Present name of who did it, if somebody else
             */
            actor: string | null;
            /** Actor Id */
            actor_id: number | null;
            /** Address */
            address: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Details */
            details: {
                [key: string]: unknown;
            };
            /** Event */
            event: string;
            /** Id */
            id: number;
            /** User Id */
            user_id: number | null;
            /**
             * Username
             * @description Present name of whom it is about
             */
            username: string | null;
        };
        /**
         * EventPage
         * @description Security events, the newest first.
         */
        EventPage: {
            /** Events */
            events: components["schemas"]["EventBody"][];
            /**
             * Next
             * @description `before` of the next page; none: this is the last
             */
            next: number | null;
        };
        /**
         * Forgotten
         * @description Whose password was forgotten.
         */
        Forgotten: {
            /**
             * Username
             * @description The user name, or the verified e-mail address
             */
            username: string;
        };
        /**
         * GoogleButton
         * @description What Google's script needs to show its button.
         */
        GoogleButton: {
            /** Client Id */
            client_id: string;
            /**
             * Hosted Domain
             * @description Only accounts of this Workspace come in
             */
            hosted_domain: string | null;
        };
        /**
         * GoogleLink
         * @description An ID token of the account that shall lead to one's own from now on.
         */
        GoogleLink: {
            /**
             * Credential
             * @description The ID token
             */
            credential: string;
            /**
             * Current Password
             * @description Needed where the account has one
             */
            current_password?: string | null;
            /**
             * G Csrf Token
             * @description Where Google's script sent one: it must be the value of the cookie of this name
             */
            g_csrf_token?: string | null;
        };
        /**
         * GoogleSignIn
         * @description An ID token, with the names that Google Identity Services gives to things.
         */
        GoogleSignIn: {
            /**
             * Credential
             * @description The ID token
             */
            credential: string;
            /**
             * G Csrf Token
             * @description Where Google's script sent one: it must be the value of the cookie of this name
             */
            g_csrf_token?: string | null;
        };
        /**
         * KeySet
         * @description Public keys (RFC 7517).
         */
        KeySet: {
            /** Keys */
            keys: {
                [key: string]: unknown;
            }[];
        };
        /**
         * LinkStart
         * @description The wish to sign in by a GitHub account too.
         */
        LinkStart: {
            /**
             * Current Password
             * @description Needed where the account has one
             */
            current_password?: string | null;
            /**
             * Next
             * @description Path on this site to come back to; default: the site
             */
            next?: string | null;
        };
        /**
         * LinkStarted
         * @description Where the browser goes now; the cookie that comes with this goes with it.
         */
        LinkStarted: {
            /** Authorization Url */
            authorization_url: string;
        };
        /**
         * ManagedAccount
         * @description An account, as administrators see it.
         */
        ManagedAccount: {
            /** Bio */
            bio: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Email */
            email: string | null;
            /** Email Verified */
            email_verified: boolean;
            /** Full Name */
            full_name: string;
            /**
             * Has Github
             * @description Whether an account of GitHub's is linked
             */
            has_github: boolean;
            /**
             * Has Google
             * @description Whether an account of Google's is linked
             */
            has_google: boolean;
            /** Has Password */
            has_password: boolean;
            /** Id */
            id: number;
            /** Is Admin */
            is_admin: boolean;
            /** Is Disabled */
            is_disabled: boolean;
            /** Is Trusted */
            is_trusted: boolean;
            /** Username */
            username: string;
        };
        /**
         * ManagedSessions
         * @description Where somebody is signed in.
         */
        ManagedSessions: {
            /** Sessions */
            sessions: components["schemas"]["SessionBody"][];
        };
        /**
         * NewToken
         * @description A token that was just made. It is not shown again.
         */
        NewToken: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Id */
            id: number;
            /**
             * Last Used At
             * @description To the minute
             */
            last_used_at: string | null;
            /** Name */
            name: string;
            /**
             * Prefix
             * @description How it begins
             */
            prefix: string;
            /** Scopes */
            scopes: components["schemas"]["Scope"][];
            /**
             * Token
             * @description To be sent as `Authorization: Bearer`
             */
            token: string;
        };
        /**
         * PasswordChange
         * @description A new password.
         */
        PasswordChange: {
            /**
             * Current Password
             * @description Needed where the account has one
             */
            current_password?: string | null;
            /** New Password */
            new_password: string;
        };
        /**
         * PasswordReset
         * @description A link's token and the new password.
         */
        PasswordReset: {
            /** New Password */
            new_password: string;
            /**
             * Token
             * @description What stands behind `#token=` in the link
             */
            token: string;
        };
        /**
         * Problem
         * @description Problem details (RFC 9457). `type` is stable; some problems have further members.
         */
        Problem: {
            detail?: string;
            /** @description Of `invalid-request`: which fields are wrong */
            errors?: {
                field: string;
                message: string;
            }[];
            status: number;
            title: string;
            /** @example urn:xatra:problem:not-found */
            type: string;
        };
        /**
         * Profile
         * @description What somebody tells of themselves.
         */
        Profile: {
            /** Bio */
            bio: string;
            /** Full Name */
            full_name: string;
        };
        /**
         * Providers
         * @description The providers that the operator has set up.
         */
        Providers: {
            /**
             * Github
             * @description If so, a link to /auth/github/start is the button
             */
            github: boolean;
            google: components["schemas"]["GoogleButton"] | null;
        };
        /**
         * PublicProfile
         * @description An account, as everyone sees it.
         */
        PublicProfile: {
            /** Bio */
            bio: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Full Name */
            full_name: string;
            /** Username */
            username: string;
        };
        /**
         * Registration
         * @description Whether strangers may sign up.
         */
        Registration: {
            /**
             * Is Forbidden
             * @description The operator has set ENABLE_REGISTRATION=false, which overrides `is_open`
             */
            is_forbidden: boolean;
            /** Is Open */
            is_open: boolean;
        };
        /**
         * RegistrationChange
         * @description Whether strangers shall be able to sign up.
         */
        RegistrationChange: {
            /** Is Open */
            is_open: boolean;
        };
        /**
         * Rename
         * @description Another user name.
         */
        Rename: {
            /**
             * Current Password
             * @description Needed where the account has one
             */
            current_password?: string | null;
            /** Username */
            username: string;
        };
        /**
         * ResetLink
         * @description A link by which somebody sets a new password, once. It is not shown again.
         */
        ResetLink: {
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /**
             * Mailed To
             * @description Where it was sent; none: hand it over yourself
             */
            mailed_to: string | null;
            /** Url */
            url: string;
        };
        /**
         * Scope
         * @description What a token may be for; each endpoint takes one of them, or none.
         * @enum {string}
         */
        Scope: "render" | "hub:read" | "hub:write" | "admin";
        /**
         * SessionBody
         * @description Somewhere that somebody is signed in.
         */
        SessionBody: {
            /**
             * Address
             * @description The network that it began from
             */
            address: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Id */
            id: number;
            /**
             * Is Current
             * @description Whether this request came by it
             */
            is_current: boolean;
            /**
             * Refreshed At
             * Format: date-time
             * @description When it was last used, to within an access token's life
             */
            refreshed_at: string;
            /**
             * User Agent
             * @description What the browser called itself then
             */
            user_agent: string;
        };
        /**
         * SessionList
         * @description Somebody's sessions, the last used first.
         */
        SessionList: {
            /** Sessions */
            sessions: components["schemas"]["SessionBody"][];
        };
        /**
         * SignedInBody
         * @description Who is signed in now; the cookies come with it.
         */
        SignedInBody: {
            /**
             * Csrf Token
             * @description To be sent as X-CSRF-Token with every write from now on
             */
            csrf_token: string;
            user: components["schemas"]["Account"];
        };
        /**
         * SignIn
         * @description Who somebody says they are, and the proof.
         */
        SignIn: {
            /** Password */
            password: string;
            /**
             * Username
             * @description The user name, or the verified e-mail address
             */
            username: string;
        };
        /**
         * SignUp
         * @description A new account.
         */
        SignUp: {
            /**
             * Full Name
             * @default
             */
            full_name?: string;
            /** Password */
            password: string;
            /** Username */
            username: string;
        };
        /**
         * TokenBody
         * @description A token, as its owner sees it.
         */
        TokenBody: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Id */
            id: number;
            /**
             * Last Used At
             * @description To the minute
             */
            last_used_at: string | null;
            /** Name */
            name: string;
            /**
             * Prefix
             * @description How it begins
             */
            prefix: string;
            /** Scopes */
            scopes: components["schemas"]["Scope"][];
        };
        /**
         * TokenList
         * @description Somebody's tokens, the newest first; those that have expired stay for thirty days.
         */
        TokenList: {
            /** Tokens */
            tokens: components["schemas"]["TokenBody"][];
        };
        /**
         * TokenOrder
         * @description A token that somebody wants.
         */
        TokenOrder: {
            /**
             * Current Password
             * @description Needed where the account has one
             */
            current_password?: string | null;
            /**
             * Days
             * @description How long it is good
             * @default 90
             */
            days?: number;
            /**
             * Name
             * @description By which its owner knows what it is for
             */
            name: string;
            /**
             * Scopes
             * @description What it may do
             */
            scopes: components["schemas"]["Scope"][];
        };
        /**
         * WaysIn
         * @description How people can come in here.
         */
        WaysIn: {
            /**
             * Mail
             * @description Whether somebody who forgot their password can have a link sent to them
             */
            mail: boolean;
            /**
             * Password Max Characters
             * @default 256
             */
            password_max_characters?: number;
            /** Password Min Characters */
            password_min_characters: number;
            /**
             * Registration Open
             * @description Whether strangers may sign up
             */
            registration_open: boolean;
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
    list_security_events_xatra_api_auth_admin_events_get: {
        parameters: {
            query?: {
                before?: number | null;
                event?: components["schemas"]["Event"] | null;
                limit?: number;
                user_id?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
        };
    };
    get_registration_xatra_api_auth_admin_registration_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
        };
    };
    set_registration_xatra_api_auth_admin_registration_put: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegistrationChange"];
            };
        };
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registration"];
                };
            };
        };
    };
    list_users_xatra_api_auth_admin_users_get: {
        parameters: {
            query?: {
                after?: string | null;
                limit?: number;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountPage"];
                };
            };
        };
    };
    get_user_xatra_api_auth_admin_users__username__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedAccount"];
                };
            };
        };
    };
    change_user_xatra_api_auth_admin_users__username__patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountChange"];
            };
        };
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedAccount"];
                };
            };
        };
    };
    issue_reset_link_xatra_api_auth_admin_users__username__reset_link_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResetLink"];
                };
            };
        };
    };
    list_user_sessions_xatra_api_auth_admin_users__username__sessions_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedSessions"];
                };
            };
        };
    };
    end_user_sessions_xatra_api_auth_admin_users__username__sessions_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    csrf_token_xatra_api_auth_csrf_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CsrfToken"];
                };
            };
        };
    };
    callback_xatra_api_auth_github_callback_get: {
        parameters: {
            query?: {
                code?: string;
                error?: string;
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The browser goes on */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    start_link_xatra_api_auth_github_link_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkStart"];
            };
        };
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkStarted"];
                };
            };
        };
    };
    unlink_xatra_api_auth_github_link_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    start_xatra_api_auth_github_start_get: {
        parameters: {
            query?: {
                /** @description Path on this site to go on to; default: the site */
                next?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The browser goes on */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sign_in_xatra_api_auth_google_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GoogleSignIn"];
            };
        };
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedInBody"];
                };
            };
        };
    };
    link_xatra_api_auth_google_link_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GoogleLink"];
            };
        };
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
        };
    };
    unlink_xatra_api_auth_google_link_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    public_keys_xatra_api_auth_jwks_json_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeySet"];
                };
            };
        };
    };
    sign_in_xatra_api_auth_login_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedInBody"];
                };
            };
        };
    };
    sign_out_xatra_api_auth_logout_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    me_xatra_api_auth_me_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
        };
    };
    download_xatra_api_auth_me_data_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountData"];
                };
            };
        };
    };
    delete_xatra_api_auth_me_delete_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Deletion"];
            };
        };
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_password_xatra_api_auth_me_password_put: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_profile_xatra_api_auth_me_profile_put: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Profile"];
            };
        };
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
        };
    };
    rename_xatra_api_auth_me_username_put: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Rename"];
            };
        };
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
        };
    };
    ask_for_link_xatra_api_auth_password_forgotten_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Forgotten"];
            };
        };
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    reset_password_xatra_api_auth_password_reset_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordReset"];
            };
        };
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_providers_xatra_api_auth_providers_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Providers"];
                };
            };
        };
    };
    refresh_xatra_api_auth_refresh_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedInBody"];
                };
            };
        };
    };
    list_sessions_xatra_api_auth_sessions_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
        };
    };
    end_other_sessions_xatra_api_auth_sessions_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    end_session_xatra_api_auth_sessions__session_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sign_up_xatra_api_auth_signup_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignUp"];
            };
        };
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedInBody"];
                };
            };
        };
    };
    list_tokens_xatra_api_auth_tokens_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenList"];
                };
            };
        };
    };
    make_token_xatra_api_auth_tokens_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenOrder"];
            };
        };
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewToken"];
                };
            };
        };
    };
    revoke_token_xatra_api_auth_tokens__token_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    profile_xatra_api_auth_users__username__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicProfile"];
                };
            };
            /** @description The user has another name now */
            308: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ways_in_xatra_api_auth_ways_in_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request was refused */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service cannot answer now */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaysIn"];
                };
            };
        };
    };
}
