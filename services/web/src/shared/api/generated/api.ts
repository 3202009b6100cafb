/** The wire format of api; made of described/api.json by `npm run client`. */

export interface paths {
    "/{kind}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Latest
         * @description Return the latest published version of a work.
         */
        get: operations["read_latest_xatra_api__kind___name__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{kind}/{name}/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Version
         * @description Return a published version of a work, or its alpha.
         */
        get: operations["read_version_xatra_api__kind___name___version__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{user}/{kind}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Latest Of User
         * @description Return the latest published version of a work of this user.
         */
        get: operations["read_latest_of_user_xatra_api__user___kind___name__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/{user}/{kind}/{name}/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Version Of User
         * @description Return a published version of a work of this user, or its alpha.
         */
        get: operations["read_version_of_user_xatra_api__user___kind___name___version__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/render-budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Common Budgets
         * @description Return what users may render in a month.
         */
        get: operations["get_common_budgets_xatra_api_admin_render_budgets_get"];
        /**
         * Change Common Budgets
         * @description Set what users may render in a month, this one included.
         */
        put: operations["change_common_budgets_xatra_api_admin_render_budgets_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/render-budgets/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Budget
         * @description Return what one user may render in this month, and has.
         */
        get: operations["get_budget_xatra_api_admin_render_budgets__username__get"];
        /**
         * Change Budget
         * @description Set what one user may render in a month, this one included; none: what all users of the kind may.
         */
        put: operations["change_budget_xatra_api_admin_render_budgets__username__put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Reports
         * @description Return reports: open ones the oldest first, resolved ones the newest first.
         */
        get: operations["list_reports_xatra_api_admin_reports_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/{report_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Resolve Report
         * @description Say what came of a report; it is open no more.
         */
        put: operations["resolve_report_xatra_api_admin_reports__report_id__put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Recent Requests
         * @description Return requests that were kept, the newest first: errors of ours, slow ones, and a sample of the others.
         */
        get: operations["list_recent_requests_xatra_api_admin_requests_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/requests/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Failed Requests
         * @description Return requests that were answered 400 or above, the newest first: all of ours, a sample of the clients'.
         */
        get: operations["list_failed_requests_xatra_api_admin_requests_errors_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/requests/slow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Slow Requests
         * @description Return requests that took long, the newest first; those that asked to wait do not count.
         */
        get: operations["list_slow_requests_xatra_api_admin_requests_slow_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/requests/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Measure Requests
         * @description Return how requests to each route went in the last hours.
         */
        get: operations["measure_requests_xatra_api_admin_requests_stats_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/works/{kind}/{name}/featured": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Feature Work
         * @description Let a work be among the first that readers see, or no longer.
         */
        put: operations["feature_work_xatra_api_admin_works__kind___name__featured_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/works/{kind}/{name}/hidden": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Hide Work
         * @description Hide a work from everyone but its author, telling why; that resolves the open reports about it. Or show it again.
         *
         *     A hidden work is not listed, embedded or imported any more; who comes to it is answered 410 with the reason.
         */
        put: operations["hide_work_xatra_api_admin_works__kind___name__hidden_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/artefacts/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Artefact
         * @description Return a rendered map.
         *
         *     A map's content never changes, so that a client which names its entity tag has it, whatever became of it here:
         *     the answer 304 looks nothing up.
         */
        get: operations["get_artefact_xatra_api_artefacts__sha256__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assets/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Asset
         * @description Return a script, style sheet, font or picture that maps load; any page may.
         */
        get: operations["get_asset_xatra_api_assets__name__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/document/parse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read Program
         * @description Return the document of a program. Written as a program again, it is this one, to the byte.
         */
        post: operations["read_program_xatra_api_document_parse_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/document/program": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write Program
         * @description Return the program of a document.
         *
         *     Audio that is in the document as a data URL, and long tables, become files of yours. The document comes back as
         *     reading the program would give it.
         */
        post: operations["write_program_xatra_api_document_program_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/document/schema.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Schema
         * @description Return the JSON Schema of documents.
         */
        get: operations["get_schema_xatra_api_document_schema_json_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Drafts
         * @description Return your drafts without what they say: the current one, and those that were set aside.
         *
         *     When you sign in, the draft that you began as a guest is yours. If you had one already, that stays the current one,
         *     and the guest's is set aside.
         */
        get: operations["list_drafts_xatra_api_drafts_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/drafts/{draft_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Draft
         * @description Return a draft of yours.
         */
        get: operations["get_draft_xatra_api_drafts__draft_id__get"];
        put?: never;
        post?: never;
        /**
         * Delete Draft
         * @description Delete a draft of yours.
         */
        delete: operations["delete_draft_xatra_api_drafts__draft_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/drafts/{draft_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore Draft
         * @description Let a draft that was set aside be your current one; the one that was is set aside for it.
         */
        post: operations["restore_draft_xatra_api_drafts__draft_id__restore_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/drafts/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Save Draft
         * @description Save your current draft; a field that is not sent stays as it is.
         *
         *     A draft that was saved meanwhile is not overwritten: 412 `stale` has it as `current`.
         */
        put: operations["save_draft_xatra_api_drafts_current_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/drafts/current/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Promote Draft
         * @description Make works out of your current draft: a map with its library and theme, as far as they are not empty.
         *
         *     The draft is gone then. Where the name is taken, or anything else refused, it stays.
         */
        post: operations["promote_draft_xatra_api_drafts_current_promote_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/embed/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Embed Latest
         * @description Return a page with the latest version of a map, for other pages to frame.
         */
        get: operations["embed_latest_xatra_api_embed__name__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/embed/{name}/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Embed Version
         * @description Return a page with one published version of a map, for other pages to frame.
         */
        get: operations["embed_version_xatra_api_embed__name___version__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/explore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explore
         * @description Search the works that everyone finds: published, public, not hidden.
         *
         *     A work is found when each word of `q` is the beginning of one of its name's or description's, whatever case and
         *     accents, and when whoever has or had the name after `user:` made it. `featured` sorts by featured works first, then
         *     by votes, views and time of publication.
         */
        get: operations["explore_xatra_api_explore_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Files
         * @description Return the files that you uploaded, the newest first.
         */
        get: operations["list_files_xatra_api_files_get"];
        /**
         * Upload File
         * @description Store a file, sent as the raw body, for map programs to read.
         *
         *     Its type is told by its content: CSV (UTF-8), WAV, MP3, OGG, FLAC, M4A, PNG, JPEG, GIF, WebP, or SVG without
         *     scripts and links. Sending the same content again changes nothing (200 instead of 201).
         */
        put: operations["upload_file_xatra_api_files_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{sha256}": {
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
         * Give Up File
         * @description Take a file from your list. It is deleted when nobody lists it and no map uses it any more.
         */
        delete: operations["give_up_file_xatra_api_files__sha256__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/geography/countries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Countries
         * @description Return the countries of the map data, with the levels that each has.
         */
        get: operations["list_countries_xatra_api_geography_countries_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/geography/countries/{country_id}/levels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Levels
         * @description Return the levels of a country: how many units each has, and what they are.
         */
        get: operations["list_levels_xatra_api_geography_countries__country_id__levels_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/geography/reference-maps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create Reference Map
         * @description Ask for a map to pick units and rivers from; the answer is that of `POST /renders`.
         */
        post: operations["create_reference_map_xatra_api_geography_reference_maps_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/geography/territory-maps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create Territory Map
         * @description Ask for a map to pick territories of a library from; the answer is that of `POST /renders`.
         *
         *     The latest version of a library and that version by its number are the same map.
         */
        post: operations["create_territory_map_xatra_api_geography_territory_maps_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/geography/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search Units
         * @description Search administrative units by id and name, whatever the case, accents and spaces.
         *
         *     Those whose name begins so come first, then those with a word that does, then those with a name that has it anywhere.
         */
        get: operations["search_units_xatra_api_geography_units_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/geography/units/{unit_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Unit
         * @description Return one administrative unit.
         */
        get: operations["get_unit_xatra_api_geography_units__unit_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Health
         * @description Say whether the service works (200, or 503) and which release it is.
         */
        get: operations["health_xatra_api_health_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hub/{kind}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read
         * @description Return a work with its alpha and its versions.
         */
        get: operations["read_xatra_api_hub__kind___name__get"];
        put?: never;
        post?: never;
        /**
         * Delete
         * @description Delete one's own work, which was never published.
         */
        delete: operations["delete_xatra_api_hub__kind___name__delete"];
        options?: never;
        head?: never;
        /**
         * Change
         * @description Change what is said of one's own work, who may see it, its library and theme, and, until it is published, its name.
         */
        patch: operations["change_xatra_api_hub__kind___name__patch"];
        trace?: never;
    };
    "/hub/{kind}/{name}/alpha": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Alpha
         * @description Return what a work says now; the entity tag is what saving and publishing ask for.
         */
        get: operations["read_alpha_xatra_api_hub__kind___name__alpha_get"];
        /**
         * Save
         * @description Make a work (`If-None-Match: *`), or save one's own (`If-Match` with the alpha's entity tag).
         *
         *     A save of what is no longer the newest is answered by 412, with what was read, what is here now, and what both come
         *     from. One that changes nothing makes no new version of the alpha.
         */
        put: operations["save_xatra_api_hub__kind___name__alpha_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hub/{kind}/{name}/disassociate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Disassociate
         * @description Give up one's own published work, for good: it is nobody's then, stays as it is, and others go on importing it.
         */
        post: operations["disassociate_xatra_api_hub__kind___name__disassociate_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hub/{kind}/{name}/fork": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fork
         * @description Make a work of one's own from a published one, or from the alpha of one of one's own.
         */
        post: operations["fork_xatra_api_hub__kind___name__fork_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hub/{kind}/{name}/importers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Importers
         * @description Return which works import a work: listed ones by their latest versions, your own also by their alphas.
         */
        get: operations["read_importers_xatra_api_hub__kind___name__importers_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hub/{kind}/{name}/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Info
         * @description Return where a work comes from and what came of it.
         */
        get: operations["read_info_xatra_api_hub__kind___name__info_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hub/{kind}/{name}/outdated-importers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Outdated Importers
         * @description Return which of your works have an older version of a work than its latest, which publishing anew may change.
         */
        get: operations["read_outdated_importers_xatra_api_hub__kind___name__outdated_importers_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hub/{kind}/{name}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish
         * @description Make the alpha of one's own work its next version, with a map's library and theme.
         *
         *     Imports that name no version are written with the one that they lead to now. The map is drawn afterwards: see
         *     `artefact` of the version.
         */
        post: operations["publish_xatra_api_hub__kind___name__publish_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hub/{kind}/{name}/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report Work
         * @description Tell the administrators that a work should not be here; guests may too.
         */
        post: operations["report_work_xatra_api_hub__kind___name__reports_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hub/{kind}/{name}/thumbnail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set Thumbnail
         * @description Let a picture, sent as the raw body, be your work's thumbnail: a PNG, JPEG or WebP of at most 4096 pixels each way.
         *
         *     What is kept is a WebP of at most 640 by 400 pixels, on white, without what else was in the file.
         */
        put: operations["set_thumbnail_xatra_api_hub__kind___name__thumbnail_put"];
        post?: never;
        /**
         * Clear Thumbnail
         * @description Let your work have no thumbnail.
         */
        delete: operations["clear_thumbnail_xatra_api_hub__kind___name__thumbnail_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hub/{kind}/{name}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Version
         * @description Return a published version.
         */
        get: operations["read_version_xatra_api_hub__kind___name__versions__version__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hub/{kind}/{name}/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * View
         * @description Say that you look at a published work. Everyone counts once: users, guests by their cookie or else address.
         */
        post: operations["view_xatra_api_hub__kind___name__views_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hub/{kind}/{name}/vote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Vote
         * @description Vote for a published work; doing so again changes nothing.
         */
        put: operations["vote_xatra_api_hub__kind___name__vote_put"];
        post?: never;
        /**
         * Unvote
         * @description Take your vote back; an author's own stays.
         */
        delete: operations["unvote_xatra_api_hub__kind___name__vote_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hub/names/{kind}/suggestion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Suggest Name
         * @description Return a name for a new work that nobody has or had.
         */
        get: operations["suggest_name_xatra_api_hub_names__kind__suggestion_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resolve
         * @description Return what a program's imports lead to now, and the names that its territory libraries give it.
         */
        post: operations["resolve_xatra_api_imports_resolve_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download
         * @description Return all that this service holds of you, as one document to keep.
         *
         *     That is: files, budget, drafts, works with all that they say and said, votes, views, reports, and renders with their
         *     programs. What is known of your account itself is at `/auth/me/data`.
         */
        get: operations["download_xatra_api_me_data_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/render-budget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Own Budget
         * @description Return what you may render in this month, and have.
         */
        get: operations["get_own_budget_xatra_api_me_render_budget_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oembed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Oembed
         * @description Tell how to show a published map on another page (oEmbed 1.0).
         */
        get: operations["oembed_xatra_api_oembed_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/renders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create Render
         * @description Ask for a render: 200 when it has ended, else 202 with its address in `Location`.
         */
        post: operations["create_render_xatra_api_renders_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/renders/{render_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Render
         * @description Return a render; with `Prefer: wait=N` once it has ended or N seconds have passed.
         */
        get: operations["get_render_xatra_api_renders__render_id__get"];
        put?: never;
        post?: never;
        /**
         * Cancel Render
         * @description Cancel a render. Others who wait for the same one keep it; one that has ended stays as it is.
         */
        delete: operations["cancel_render_xatra_api_renders__render_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/renders/{render_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow Render
         * @description Follow a render by server-sent events: its state now, and after every change until it has ended.
         */
        get: operations["follow_render_xatra_api_renders__render_id__events_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Settings
         * @description Return the site's face, as administrators set it.
         */
        get: operations["get_settings_xatra_api_settings_get"];
        /**
         * Change Settings
         * @description Set the site's face; for administrators.
         */
        put: operations["change_settings_xatra_api_settings_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/thumbnails/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Thumbnail
         * @description Return the thumbnail of a work that you may see. It never changes: another one has another address.
         */
        get: operations["get_thumbnail_xatra_api_thumbnails__sha256__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Profile
         * @description Return what everyone may know of a person; a name that they had before leads to them as well.
         */
        get: operations["get_profile_xatra_api_users__username__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/works": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Works
         * @description Return the works of a person that everyone finds, the last published first.
         *
         *     To the person themselves: all works, private and unpublished ones too, the last changed first.
         */
        get: operations["list_works_xatra_api_users__username__works_get"];
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
         * AdminArgs
         * @description Which units are shown, and how.
         */
        AdminArgs: {
            /** Classes */
            classes?: string | null;
            /**
             * Color By Level
             * @default 1
             */
            color_by_level?: number;
            /** Find In Gadm */
            find_in_gadm?: string[] | null;
            /** Level */
            level: number;
            /** Period */
            period?: number[] | null;
        };
        /**
         * AdminColoursOption
         * @description The colours that administrative units take, one after the other.
         */
        AdminColoursOption: {
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "admin_color_sequence";
            value: components["schemas"]["Colours"];
        };
        /**
         * AdminLayer
         * @description The administrative units of a country or another unit.
         */
        AdminLayer: {
            args: components["schemas"]["AdminArgs"];
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "admin";
            /** Value */
            value: string;
        };
        /**
         * AdminRiversArgs
         * @description Which rivers are shown, and how.
         */
        AdminRiversArgs: {
            /** Classes */
            classes?: string | null;
            /**
             * N Labels
             * @default 1
             */
            n_labels?: number;
            /** Period */
            period?: number[] | null;
            /**
             * Show Label
             * @default false
             */
            show_label?: boolean;
            /** Sources */
            sources?: ("naturalearth" | "overpass")[] | null;
        };
        /**
         * AdminRiversLayer
         * @description All rivers of the data set.
         */
        AdminRiversLayer: {
            /**
             * @default {
             *       "show_label": false,
             *       "n_labels": 1
             *     }
             */
            args?: components["schemas"]["AdminRiversArgs"];
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "admin_rivers";
        };
        /**
         * AlphaBody
         * @description A work as its author last saved it.
         */
        AlphaBody: {
            /** Content */
            content: string;
            /**
             * Content Hash
             * @description Of content and files
             */
            content_hash: string;
            /** Files */
            files: {
                [key: string]: string;
            };
            /** Metadata */
            metadata: {
                [key: string]: unknown;
            };
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /**
             * Version
             * @description Grows with every save: the entity tag for `If-Match`
             */
            version: number;
        };
        AnyIcon: components["schemas"]["UrlIcon"] | components["schemas"]["BuiltinIcon"] | components["schemas"]["BootstrapIcon"] | components["schemas"]["GeometricIcon"] | components["schemas"]["NamedIcon"];
        /**
         * ArtefactBody
         * @description A rendered map.
         */
        ArtefactBody: {
            /** Sha256 */
            sha256: string;
            /**
             * Size Bytes
             * @description Size of the HTML
             */
            size_bytes: number;
            /**
             * Url
             * @description Where the map lies: a path of this host, or an address of the site that maps have
             */
            url: string;
        };
        /**
         * ArtefactStateBody
         * @description How far the map of a version is.
         */
        ArtefactStateBody: {
            /** @description Why there will be none */
            error: components["schemas"]["ErrorBody"] | null;
            /**
             * Postponed Until
             * @description Where it is pending and not asked for before then: its author's budget was spent, or we failed
             */
            postponed_until: string | null;
            /** Sha256 */
            sha256: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "pending" | "ready" | "failed";
            /**
             * Url
             * @description Where it lies, once it is ready
             */
            url: string | null;
        };
        /**
         * BasemapArgs
         * @description How a base map is offered.
         */
        BasemapArgs: {
            /**
             * Default
             * @default false
             */
            default?: boolean;
            /** Name */
            name?: string | null;
        };
        /**
         * BasemapOption
         * @description A base map to choose from.
         */
        BasemapOption: {
            /**
             * @default {
             *       "default": false
             *     }
             */
            args?: components["schemas"]["BasemapArgs"];
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "basemap";
            /**
             * Value
             * @description A provider's name or a tile address
             */
            value: string;
        };
        /**
         * BootstrapIcon
         * @description An icon of the Bootstrap set.
         */
        BootstrapIcon: {
            /** Icon Anchor */
            icon_anchor?: (number)[] | number | null;
            /**
             * Icon Size
             * @default 24
             */
            icon_size?: (number)[] | number;
            /** Popup Anchor */
            popup_anchor?: (number)[] | number | null;
            /** Shadow Anchor */
            shadow_anchor?: (number)[] | number | null;
            /** Shadow Size */
            shadow_size?: (number)[] | number | null;
            /** Shadow Url */
            shadow_url?: string | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "bootstrap";
            /** Value */
            value: string;
        };
        /**
         * Branding
         * @description The site's face.
         */
        Branding: {
            /** Accent Colour */
            accent_colour?: string | null;
            /**
             * Links
             * @default []
             */
            links?: components["schemas"]["Link"][];
            /** Logo Url */
            logo_url?: string | null;
            /**
             * Notice
             * @description What every page says on top
             * @default
             */
            notice?: string;
            /**
             * Site Name
             * @default Xatra
             */
            site_name?: string;
            /**
             * Tagline
             * @default
             */
            tagline?: string;
        };
        /**
         * BrandingChange
         * @description The site's face from now on; what is left out gets its default.
         */
        BrandingChange: {
            /** Accent Colour */
            accent_colour?: string | null;
            /**
             * Links
             * @default []
             */
            links?: components["schemas"]["Link"][];
            /** Logo Url */
            logo_url?: string | null;
            /**
             * Notice
             * @description What every page says on top
             * @default
             */
            notice?: string;
            /**
             * Site Name
             * @default Xatra
             */
            site_name?: string;
            /**
             * Tagline
             * @default
             */
            tagline?: string;
        };
        /**
         * BudgetBody
         * @description What a user may render in this month (UTC), in seconds that renders run.
         */
        BudgetBody: {
            /**
             * Monthly Seconds
             * @description None: as much as they like
             */
            monthly_seconds: number | null;
            /**
             * Renews At
             * Format: date-time
             */
            renews_at: string;
            /**
             * Reserved Seconds
             * @description What renders under way will probably take
             */
            reserved_seconds: number;
            /** Spent Seconds */
            spent_seconds: number;
        };
        /**
         * BuiltinIcon
         * @description One of Leaflet's markers.
         */
        BuiltinIcon: {
            /** Icon Anchor */
            icon_anchor?: (number)[] | number | null;
            /** Icon Size */
            icon_size?: (number)[] | number | null;
            /** Popup Anchor */
            popup_anchor?: (number)[] | number | null;
            /** Shadow Anchor */
            shadow_anchor?: (number)[] | number | null;
            /** Shadow Size */
            shadow_size?: (number)[] | number | null;
            /** Shadow Url */
            shadow_url?: string | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "builtin";
            /**
             * Value
             * @description File name such as `marker-icon-red.png`
             */
            value: string;
        };
        /**
         * ChangeBody
         * @description What to change of a work; a field that is not sent stays as it is.
         */
        ChangeBody: {
            /**
             * Description
             * @default
             */
            description?: string;
            /**
             * Display Type
             * @description What readers are told that it is, such as `historical atlas`
             * @default
             */
            display_type?: string;
            /**
             * Library
             * @description A map's own territory library, whose names its program uses without importing them
             */
            library?: string | null;
            /**
             * Name
             * @description Until it is first published
             * @default
             * @example mauryan_empire
             */
            name?: string;
            /**
             * Theme
             * @description A map's own theme, which its program uses likewise
             */
            theme?: string | null;
            /** @default public */
            visibility?: components["schemas"]["Visibility"];
        };
        Colormap: components["schemas"]["NamedColormap"] | components["schemas"]["ColoursColormap"];
        Colour: components["schemas"]["WordColour"] | components["schemas"]["NumbersColour"];
        Colours: components["schemas"]["SteppedColours"] | components["schemas"]["ListedColours"];
        /**
         * ColoursColormap
         * @description A colour map that runs through some colours.
         */
        ColoursColormap: {
            /**
             * Name
             * @default colours
             */
            name?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "colors";
            /** Value */
            value: string[];
        };
        /**
         * CommonBudgets
         * @description What users may render in a month, unless they have a budget of their own; none: as much as they like.
         */
        CommonBudgets: {
            /** Trusted Seconds */
            trusted_seconds?: number | null;
            /** User Seconds */
            user_seconds?: number | null;
        };
        /**
         * CommonBudgetsChange
         * @description What users may render in a month from now on; what is left out is unbounded.
         */
        CommonBudgetsChange: {
            /** Trusted Seconds */
            trusted_seconds?: number | null;
            /** User Seconds */
            user_seconds?: number | null;
        };
        /**
         * ConfirmBody
         * @description Proof that somebody means what cannot be undone.
         */
        ConfirmBody: {
            /**
             * Confirm
             * @description The work's name, typed
             */
            confirm: string;
        };
        /**
         * CountryBody
         * @description A country of the map data.
         */
        CountryBody: {
            /**
             * Id
             * @description ISO 3166 alpha-3 code
             */
            id: string;
            /** Levels */
            levels: number[];
            /** Name */
            name: string;
        };
        /**
         * CountryList
         * @description Every country of the map data, by id.
         */
        CountryList: {
            /** Countries */
            countries: components["schemas"]["CountryBody"][];
        };
        /**
         * CssOption
         * @description Style rules.
         */
        CssOption: {
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "css";
            /** Value */
            value: string;
        };
        /**
         * CsvTable
         * @description CSV in the document itself.
         */
        CsvTable: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "csv";
            /** Value */
            value: string;
        };
        /**
         * DataArgs
         * @description A unit's number, and how it is shown.
         */
        DataArgs: {
            /** Classes */
            classes?: string | null;
            /** Find In Gadm */
            find_in_gadm?: string[] | null;
            /** Period */
            period?: number[] | null;
            /** Value */
            value: number;
        };
        /**
         * DataColormapArgs
         * @description Which numbers the colours run between.
         */
        DataColormapArgs: {
            norm?: components["schemas"]["LogNorm"] | null;
            /** Vmax */
            vmax?: (number) | null;
            /** Vmin */
            vmin?: (number) | null;
        };
        /**
         * DataColormapOption
         * @description The colours of the numbers in the data layers below it.
         */
        DataColormapOption: {
            /** @default {} */
            args?: components["schemas"]["DataColormapArgs"];
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "data_colormap";
            value?: components["schemas"]["Colormap"] | null;
        };
        /**
         * DataframeArgs
         * @description Which columns are shown, and how.
         */
        DataframeArgs: {
            /** Classes */
            classes?: string | null;
            /** Data Column */
            data_column?: string | null;
            /** Find In Gadm */
            find_in_gadm?: string[] | null;
            /** Year Columns */
            year_columns?: string[] | null;
        };
        /**
         * DataframeLayer
         * @description A table of numbers of administrative units.
         */
        DataframeLayer: {
            /** @default {} */
            args?: components["schemas"]["DataframeArgs"];
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "dataframe";
            value: components["schemas"]["Table"];
        };
        /**
         * DataLayer
         * @description A number of an administrative unit, shown as a colour.
         */
        DataLayer: {
            args: components["schemas"]["DataArgs"];
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "data";
            /** Value */
            value: string;
        };
        /**
         * Document
         * @description A map as the builder shows it: the elements in the order of the program's statements.
         */
        Document: {
            /**
             * Elements
             * @default []
             */
            elements?: components["schemas"]["Element"][];
            /**
             * Ending
             * @description What follows the last element, as text; none: `xatra.show()` alone
             */
            ending?: string | null;
            /**
             * Version
             * @constant
             */
            version: 1;
        };
        /**
         * DraftBody
         * @description A draft.
         */
        DraftBody: {
            /**
             * Description
             * @default
             */
            description?: string;
            /**
             * Files
             * @description Name by which the program reads an uploaded file -> its sha256
             * @default {}
             */
            files?: {
                [key: string]: string;
            };
            /**
             * Id
             * @description `current`, or what was set aside
             */
            id: string;
            /**
             * Library
             * @description A territory library, whose names the program uses
             * @default
             */
            library?: string;
            /** Name */
            name: string;
            /**
             * Program
             * @description Python source; while it is being written, it need not be valid
             * @default
             */
            program?: string;
            /** Size Bytes */
            size_bytes: number;
            /**
             * State
             * @description The client's own, kept as it is
             * @default {}
             */
            state?: {
                [key: string]: unknown;
            };
            /**
             * Theme
             * @description A theme, which the program uses
             * @default
             */
            theme?: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /**
             * Version
             * @description Grows with every save: the entity tag for `If-Match`
             */
            version: number;
        };
        /**
         * DraftList
         * @description One's drafts: the current one first, then those that were set aside, the newest first.
         */
        DraftList: {
            /** Drafts */
            drafts: components["schemas"]["DraftSummary"][];
        };
        /**
         * DraftSummary
         * @description A draft, without what it says.
         */
        DraftSummary: {
            /**
             * Id
             * @description `current`, or what was set aside
             */
            id: string;
            /** Name */
            name: string;
            /** Size Bytes */
            size_bytes: number;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /**
             * Version
             * @description Grows with every save: the entity tag for `If-Match`
             */
            version: number;
        };
        DrawnIcon: components["schemas"]["UrlIcon"] | components["schemas"]["BuiltinIcon"] | components["schemas"]["BootstrapIcon"] | components["schemas"]["GeometricIcon"];
        Element: components["schemas"]["PythonImport"] | components["schemas"]["HubImport"] | components["schemas"]["TerritoryDefinition"] | components["schemas"]["IconDefinition"] | components["schemas"]["FlagColoursOption"] | components["schemas"]["AdminColoursOption"] | components["schemas"]["DataColormapOption"] | components["schemas"]["FlagLayer"] | components["schemas"]["RiverLayer"] | components["schemas"]["PathLayer"] | components["schemas"]["PointLayer"] | components["schemas"]["TextLayer"] | components["schemas"]["AdminLayer"] | components["schemas"]["AdminRiversLayer"] | components["schemas"]["DataLayer"] | components["schemas"]["DataframeLayer"] | components["schemas"]["TitleBoxLayer"] | components["schemas"]["MusicLayer"] | components["schemas"]["BasemapOption"] | components["schemas"]["CssOption"] | components["schemas"]["SliderOption"] | components["schemas"]["ZoomOption"] | components["schemas"]["FocusOption"] | components["schemas"]["GeocoderOption"] | components["schemas"]["SimplifyOption"] | components["schemas"]["PythonLayer"];
        /**
         * ErrorBody
         * @description Why there is no map.
         */
        ErrorBody: {
            /**
             * By
             * @description Whose error it is: the program's, a limit's, ours
             * @enum {string}
             */
            by: "author" | "limit" | "service";
            /**
             * Line
             * @description Line of the program
             */
            line: number | null;
            /** Message */
            message: string;
            /**
             * Traceback
             * @description Frames of the program only
             */
            traceback: string;
            /**
             * Type
             * @description Class of the exception, or a name for what happened
             */
            type: string;
        };
        /**
         * EventBody
         * @description Something that happened to a work.
         */
        EventBody: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Event
             * @enum {string}
             */
            event: "created" | "forked" | "published" | "hidden" | "disassociated";
            /** Version */
            version?: number | null;
        };
        /**
         * FeaturedChange
         * @description Whether a work is among the first that readers see.
         */
        FeaturedChange: {
            /** Featured */
            featured: boolean;
        };
        /**
         * FileList
         * @description The caller's files, the newest first, and what they count.
         */
        FileList: {
            /** Files */
            files: components["schemas"]["ListedFile"][];
            /** Quota Bytes */
            quota_bytes: number;
            /** Used Bytes */
            used_bytes: number;
        };
        /**
         * FileTable
         * @description A CSV file that comes with the map.
         */
        FileTable: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "file";
            /** Value */
            value: string;
        };
        /**
         * FlagArgs
         * @description How a flag is shown.
         */
        FlagArgs: {
            /** Classes */
            classes?: string | null;
            /** Color */
            color?: string | null;
            /** Display Label */
            display_label?: string | null;
            /** Inherit */
            inherit?: string | null;
            /** Note */
            note?: string | null;
            /** Period */
            period?: number[] | null;
            /** Type */
            type?: ("vassal" | "province") | null;
        };
        /**
         * FlagColoursArgs
         * @description Which flags take their colours from the sequence.
         */
        FlagColoursArgs: {
            /** Class Name */
            class_name?: string | null;
        };
        /**
         * FlagColoursOption
         * @description The colours that flags below it take, one after the other.
         */
        FlagColoursOption: {
            /** @default {} */
            args?: components["schemas"]["FlagColoursArgs"];
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "flag_color_sequence";
            value: components["schemas"]["Colours"];
        };
        /**
         * FlagLayer
         * @description A realm.
         */
        FlagLayer: {
            /** @default {} */
            args?: components["schemas"]["FlagArgs"];
            /** Label */
            label: string;
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "flag";
            value?: components["schemas"]["Parts"] | null;
        };
        /**
         * FocusArgs
         * @description Where the map begins.
         */
        FocusArgs: {
            /** Latitude */
            latitude: number;
            /** Longitude */
            longitude: number;
        };
        /**
         * FocusOption
         * @description Where the map begins.
         */
        FocusOption: {
            args: components["schemas"]["FocusArgs"];
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "focus";
        };
        /**
         * ForkBody
         * @description What to fork, and how to call the fork.
         */
        ForkBody: {
            /**
             * Name
             * @description New names have 64 characters at most
             * @example mauryan_empire
             */
            name: string;
            /**
             * Version
             * @description Left out: the latest; `alpha` for one's own works, also where there is no version
             */
            version?: number | "alpha" | null;
            /** @default public */
            visibility?: components["schemas"]["Visibility"];
        };
        /**
         * GadmPart
         * @description An administrative unit.
         */
        GadmPart: {
            /**
             * Find In Gadm
             * @description Countries whose files to look into
             */
            find_in_gadm?: string[] | null;
            /**
             * @description How it is taken together with all parts before it
             * @default union
             */
            op?: components["schemas"]["Operation"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "gadm";
            /**
             * Value
             * @description Identifier such as `IND.12`
             */
            value: string;
        };
        /**
         * GeocoderArgs
         * @description What the provider asks for.
         */
        GeocoderArgs: {
            /** Api Key */
            api_key?: string | null;
        };
        /**
         * GeocoderOption
         * @description Who finds today's places.
         */
        GeocoderOption: {
            /** @default {} */
            args?: components["schemas"]["GeocoderArgs"];
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "geocoder";
            /**
             * Value
             * @default nominatim
             */
            value?: string;
        };
        /**
         * GeometricIcon
         * @description A shape.
         */
        GeometricIcon: {
            /** Border Color */
            border_color?: string | null;
            /**
             * Border Width
             * @default 0
             */
            border_width?: number;
            /**
             * Color
             * @default #3388ff
             */
            color?: string;
            /** Icon Anchor */
            icon_anchor?: (number)[] | number | null;
            /** Icon Size */
            icon_size?: (number)[] | number | null;
            /** Popup Anchor */
            popup_anchor?: (number)[] | number | null;
            /** Shadow Anchor */
            shadow_anchor?: (number)[] | number | null;
            /** Shadow Size */
            shadow_size?: (number)[] | number | null;
            /** Shadow Url */
            shadow_url?: string | null;
            /**
             * Size
             * @default 24
             */
            size?: number;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "geometric";
            /**
             * Value
             * @enum {string}
             */
            value: "circle" | "square" | "triangle" | "diamond" | "cross" | "plus" | "star" | "hexagon" | "pentagon" | "octagon";
        };
        /**
         * GroupPart
         * @description Parts in parentheses.
         */
        GroupPart: {
            /**
             * @description How it is taken together with all parts before it
             * @default union
             */
            op?: components["schemas"]["Operation"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "group";
            value: components["schemas"]["Parts"];
        };
        /**
         * Health
         * @description Whether the service works, and which build it is.
         */
        Health: {
            /** Release */
            release: string;
            /**
             * Status
             * @enum {string}
             */
            status: "ok" | "unavailable";
        };
        /**
         * HiddenChange
         * @description Why a work is hidden from now on, which those are told who come to it; none: it is not hidden any more.
         */
        HiddenChange: {
            /** Reason */
            reason: string | null;
        };
        /**
         * HubImport
         * @description A work of the hub: a territory library under a name, or a map or theme whose statements run here.
         */
        HubImport: {
            /** @default {} */
            args?: components["schemas"]["HubImportArgs"];
            /** Name */
            name?: string | null;
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "hub_import";
            /** Value */
            value: string;
        };
        /**
         * HubImportArgs
         * @description What is taken from a map or theme.
         */
        HubImportArgs: {
            /** Filter Not */
            filter_not?: string[] | null;
            /** Filter Only */
            filter_only?: string[] | null;
        };
        /**
         * IconDefinition
         * @description An icon with a name, for the points below it.
         */
        IconDefinition: {
            /** Name */
            name: string;
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "icon";
            value: components["schemas"]["DrawnIcon"];
        };
        /**
         * ImportBody
         * @description What a work imports.
         */
        ImportBody: {
            /**
             * Hidden Reason
             * @description Why administrators have hidden it: it can no longer be imported
             */
            hidden_reason: string | null;
            kind: components["schemas"]["Kind"];
            /** Latest Version */
            latest_version: number;
            /** Name */
            name: string;
            /** Path */
            path: string;
            /**
             * Version
             * @description None: the latest, or the alpha
             */
            version: number | null;
        };
        /**
         * ImportedBody
         * @description A work in one version, as a program imports it.
         */
        ImportedBody: {
            /**
             * Content
             * @description Python source; of a map, with its library and theme before it
             */
            content: string;
            /**
             * Created At
             * Format: date-time
             * @description Of the version; of the work, where this is its alpha
             */
            created_at: string;
            /** Featured */
            featured: boolean;
            kind: components["schemas"]["Kind"];
            /** Metadata */
            metadata: {
                [key: string]: unknown;
            };
            /** Name */
            name: string;
            /**
             * Slug
             * @description Its path, by which programs import this version: such as `/lib/NAME/3`
             */
            slug: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /**
             * Username
             * @description Its author; null: it has none any more
             */
            username: string | null;
            /** Version */
            version: number | "alpha";
            /** Views */
            views: number;
            /** Votes */
            votes: number;
        };
        /**
         * ImportedName
         * @description A name that an import brings, and the name that it has here.
         */
        ImportedName: {
            /** Alias */
            alias?: string | null;
            /** Name */
            name: string | "*";
        };
        /**
         * ImportedPart
         * @description A territory out of a territory library of the hub.
         */
        ImportedPart: {
            /**
             * Library
             * @description The name that the import has here
             */
            library: string;
            /**
             * @description How it is taken together with all parts before it
             * @default union
             */
            op?: components["schemas"]["Operation"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "imported";
            /** Value */
            value: string;
        };
        /**
         * ImporterBody
         * @description A work that imports this one.
         */
        ImporterBody: {
            /** Author */
            author: string | null;
            /**
             * Imported Version
             * @description None: always the latest, or the alpha
             */
            imported_version: number | null;
            kind: components["schemas"]["Kind"];
            /** Name */
            name: string;
            /**
             * Version
             * @description Its latest version; none: its alpha
             */
            version: number | null;
        };
        /**
         * ImporterList
         * @description Works that import this one, the newest first.
         */
        ImporterList: {
            /** Importers */
            importers: components["schemas"]["ImporterBody"][];
            /**
             * Next Cursor
             * @description `cursor` of the next page, where there is one
             */
            next_cursor: number | null;
        };
        /**
         * InfoBody
         * @description Where a work comes from and what came of it; lists have their newest 100.
         */
        InfoBody: {
            /** Description */
            description: string;
            /** Display Type */
            display_type: string;
            forked_from: components["schemas"]["LineageBody"] | null;
            /** Forks */
            forks: components["schemas"]["LinkBody"][];
            /** Importers */
            importers: components["schemas"]["ImporterBody"][];
            /**
             * Imports
             * @description Of the latest version, or of the alpha as long as there is none
             */
            imports: components["schemas"]["ImportBody"][];
            /**
             * Timeline
             * @description The newest first
             */
            timeline: components["schemas"]["EventBody"][];
        };
        /** @enum {string} */
        Kind: "map" | "lib" | "css";
        /**
         * LevelBody
         * @description One level of a country.
         */
        LevelBody: {
            /** Level */
            level: number;
            /**
             * Type
             * @description What most of them are, in English
             */
            type: string | null;
            /**
             * Units
             * @description How many there are
             */
            units: number;
        };
        /**
         * LevelList
         * @description The levels of a country, from the country down.
         */
        LevelList: {
            /** Levels */
            levels: components["schemas"]["LevelBody"][];
        };
        /**
         * LineageBody
         * @description What a work was made from.
         */
        LineageBody: {
            kind: components["schemas"]["Kind"];
            /** Name */
            name: string;
            /**
             * Version
             * @description None: its alpha
             */
            version: number | null;
        };
        /**
         * Link
         * @description Somewhere that every page leads to, such as the terms of use.
         */
        Link: {
            /** Label */
            label: string;
            /**
             * Url
             * @description https://…, mailto:…, or a path of this site
             */
            url: string;
        };
        /**
         * LinkBody
         * @description Another work.
         */
        LinkBody: {
            /** Author */
            author: string | null;
            kind: components["schemas"]["Kind"];
            /** Name */
            name: string;
        };
        /**
         * ListedColours
         * @description Colours that come round again, or random ones after the first.
         */
        ListedColours: {
            /**
             * Colors
             * @default []
             */
            colors?: components["schemas"]["Colour"][];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "random" | "rotating";
        };
        /**
         * ListedFile
         * @description A file in the caller's list.
         */
        ListedFile: {
            /**
             * Created At
             * Format: date-time
             * @description When the caller first uploaded it
             */
            created_at: string;
            /**
             * Media Type
             * @description What the content is
             */
            media_type: string;
            /**
             * Sha256
             * @description Names the file in a render's `files`
             */
            sha256: string;
            /** Size Bytes */
            size_bytes: number;
        };
        /**
         * LogNorm
         * @description Equal steps of colour are equal ratios.
         */
        LogNorm: {
            /**
             * Type
             * @constant
             */
            type: "log";
            /** Vmax */
            vmax?: (number) | null;
            /** Vmin */
            vmin?: (number) | null;
        };
        /**
         * ModeratedWork
         * @description A work as administrators see it, without what it says.
         */
        ModeratedWork: {
            /** Author */
            author: string | null;
            /** Featured */
            featured: boolean;
            /**
             * Hidden Reason
             * @description Why it is hidden; none: it is not
             */
            hidden_reason: string | null;
            kind: components["schemas"]["Kind"];
            /** Name */
            name: string;
            visibility: components["schemas"]["Visibility"];
        };
        /**
         * MusicArgs
         * @description Which seconds of it are played, and when.
         */
        MusicArgs: {
            /** Period */
            period?: number[] | null;
            /** Timestamps */
            timestamps?: (number)[] | null;
        };
        /**
         * MusicLayer
         * @description An audio file; one that is in the document as a data URL becomes a file when a program is made of it.
         */
        MusicLayer: {
            /** @default {} */
            args?: components["schemas"]["MusicArgs"];
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "music";
            /** Value */
            value: string;
        };
        /**
         * NamedColormap
         * @description A colour map of matplotlib.
         */
        NamedColormap: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "named";
            /** Value */
            value: string;
        };
        /**
         * NamedIcon
         * @description An icon of this document, by its name.
         */
        NamedIcon: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "icon";
            /** Value */
            value: string;
        };
        /**
         * NaturalEarthPart
         * @description A feature of Natural Earth.
         */
        NaturalEarthPart: {
            /**
             * @description How it is taken together with all parts before it
             * @default union
             */
            op?: components["schemas"]["Operation"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "naturalearth";
            /**
             * Value
             * @description Its `ne_id`
             */
            value: string;
        };
        /**
         * NaturalEarthRiver
         * @description A river of Natural Earth.
         */
        NaturalEarthRiver: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "naturalearth";
            /** Value */
            value: string;
        };
        /**
         * NumbersColour
         * @description A colour by its components.
         */
        NumbersColour: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "hsl" | "oklch" | "rgb";
            /** Value */
            value: (number)[];
        };
        /**
         * OembedBody
         * @description How to show a map on another page.
         */
        OembedBody: {
            /**
             * Author Name
             * @description None: nobody's any more
             */
            author_name: string | null;
            /** Author Url */
            author_url: string | null;
            /**
             * Cache Age
             * @description Seconds
             */
            cache_age: number;
            /** Height */
            height: number;
            /** Html */
            html: string;
            /** Provider Name */
            provider_name: string;
            /** Provider Url */
            provider_url: string;
            /** Title */
            title: string;
            /**
             * Type
             * @default rich
             * @constant
             */
            type?: "rich";
            /**
             * Version
             * @default 1.0
             * @constant
             */
            version?: "1.0";
            /** Width */
            width: number;
        };
        /** @enum {string} */
        Operation: "union" | "difference" | "intersection";
        /**
         * OutdatedImporterBody
         * @description A work of one's own that a newer version of this one would change.
         */
        OutdatedImporterBody: {
            /** Author */
            author: string | null;
            /**
             * Imported Version
             * @description The version of this work that it has; there is a newer one
             */
            imported_version: number;
            kind: components["schemas"]["Kind"];
            /** Name */
            name: string;
            /**
             * Version
             * @description Its latest version
             */
            version: number;
            /**
             * Via
             * @enum {string}
             */
            via: "import" | "library" | "theme";
        };
        /**
         * OutdatedImporterList
         * @description Works of one's own that a newer version of this one would change.
         */
        OutdatedImporterList: {
            /** Importers */
            importers: components["schemas"]["OutdatedImporterBody"][];
            /** Latest Version */
            latest_version: number;
        };
        /**
         * OverpassRiver
         * @description A river of OpenStreetMap.
         */
        OverpassRiver: {
            /** Osm Type */
            osm_type?: ("relation" | "way") | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "overpass";
            /** Value */
            value: string;
        };
        /**
         * OwnBudgetChange
         * @description What one user may render in a month; none: what all users of the kind may.
         */
        OwnBudgetChange: {
            /** Monthly Seconds */
            monthly_seconds: number | null;
        };
        Part: components["schemas"]["GadmPart"] | components["schemas"]["NaturalEarthPart"] | components["schemas"]["PolygonPart"] | components["schemas"]["PredefinedPart"] | components["schemas"]["TerritoryPart"] | components["schemas"]["ImportedPart"] | components["schemas"]["GroupPart"];
        /**
         * PartBody
         * @description The library or theme of a map's version.
         */
        PartBody: {
            /** Name */
            name: string;
            /** Version */
            version: number;
        };
        Parts: components["schemas"]["Part"][];
        /**
         * PathArgs
         * @description How a path is shown.
         */
        PathArgs: {
            /** Classes */
            classes?: string | null;
            /**
             * Hover Radius
             * @default 10
             */
            hover_radius?: number;
            /**
             * N Labels
             * @default 1
             */
            n_labels?: number;
            /** Note */
            note?: string | null;
            /** Period */
            period?: number[] | null;
            /**
             * Show Label
             * @default false
             */
            show_label?: boolean;
        };
        /**
         * PathLayer
         * @description A line.
         */
        PathLayer: {
            /**
             * @default {
             *       "show_label": false,
             *       "n_labels": 1,
             *       "hover_radius": 10
             *     }
             */
            args?: components["schemas"]["PathArgs"];
            /** Label */
            label: string;
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "path";
            /** Value */
            value: (number)[][];
        };
        /**
         * PointArgs
         * @description How a point is shown.
         */
        PointArgs: {
            /** Classes */
            classes?: string | null;
            /**
             * Hover Radius
             * @default 20
             */
            hover_radius?: number;
            icon?: components["schemas"]["AnyIcon"] | null;
            /** Note */
            note?: string | null;
            /** Period */
            period?: number[] | null;
            /** Rotation */
            rotation?: (number) | null;
            /**
             * Show Label
             * @default false
             */
            show_label?: boolean;
        };
        /**
         * PointLayer
         * @description A place.
         */
        PointLayer: {
            /**
             * @default {
             *       "show_label": false,
             *       "hover_radius": 20
             *     }
             */
            args?: components["schemas"]["PointArgs"];
            /** Label */
            label: string;
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "point";
            /**
             * Value
             * @description [latitude, longitude]
             */
            value: (number)[];
        };
        /**
         * PolygonPart
         * @description A drawn area.
         */
        PolygonPart: {
            /** Holes */
            holes?: (number)[][][] | null;
            /**
             * @description How it is taken together with all parts before it
             * @default union
             */
            op?: components["schemas"]["Operation"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "polygon";
            /** Value */
            value: (number)[][];
        };
        /**
         * PredefinedPart
         * @description A territory of the library that comes with `xatra`.
         */
        PredefinedPart: {
            /**
             * @description How it is taken together with all parts before it
             * @default union
             */
            op?: components["schemas"]["Operation"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "predefined";
            /** Value */
            value: string;
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
         * ProfileBody
         * @description A person.
         */
        ProfileBody: {
            /** Bio */
            bio: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Full Name */
            full_name: string;
            /** Is Admin */
            is_admin: boolean;
            /** Is Trusted */
            is_trusted: boolean;
            /**
             * Maps Count
             * @description How many maps of theirs everyone finds
             */
            maps_count: number;
            /** Username */
            username: string;
            /**
             * Views Count
             * @description How often people looked at the works of theirs that everyone finds
             */
            views_count: number;
        };
        /**
         * ProgramBody
         * @description A map program.
         */
        ProgramBody: {
            /**
             * Library Names
             * @description Names that the map's own library gives to territories, which runs before it
             * @default []
             */
            library_names?: string[];
            /**
             * Program
             * @description Python source that uses the `xatra` library; at most 200,000 characters
             */
            program: string;
        };
        /**
         * ProgramToResolveBody
         * @description A program that imports from the hub.
         */
        ProgramToResolveBody: {
            /**
             * Program
             * @description Python source, at most 200,000 characters
             */
            program: string;
        };
        /**
         * Promotion
         * @description The names of the works that a draft has become; none: it had nothing for it.
         */
        Promotion: {
            /** Library */
            library: string | null;
            /** Map */
            map: string | null;
            /** Theme */
            theme: string | null;
        };
        /**
         * PromotionRequest
         * @description How to call the works that a draft becomes.
         */
        PromotionRequest: {
            /**
             * Metadata
             * @description The map's; none: the draft's `state`
             */
            metadata?: {
                [key: string]: unknown;
            } | null;
            /**
             * Name
             * @description New names have 64 characters at most
             * @example mauryan_empire
             */
            name: string;
            /** @default public */
            visibility?: components["schemas"]["Visibility"];
        };
        /**
         * PublicationBody
         * @description What came of publishing.
         */
        PublicationBody: {
            /**
             * Status
             * @enum {string}
             */
            status: "published" | "no_changes";
            /**
             * Version
             * @description The new version, or the latest, which says the same
             */
            version: number;
        };
        /**
         * PythonImport
         * @description An `import` statement, or a `from … import …`.
         */
        PythonImport: {
            /**
             * Module
             * @description From where; none: the names are modules
             */
            module?: string | null;
            /** Names */
            names: components["schemas"]["ImportedName"][];
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "import";
        };
        /**
         * PythonLayer
         * @description Statements that the builder does not show, with the comments and blank lines above them.
         */
        PythonLayer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "python";
            /** Value */
            value: string;
        };
        /** @enum {string} */
        Reason: "unlawful" | "hateful" | "harmful" | "copyright" | "misleading" | "spam" | "other";
        /**
         * RecordedRequest
         * @description How a request went that was kept.
         */
        RecordedRequest: {
            /** Address */
            address: string | null;
            /** Country */
            country: string | null;
            /** Id */
            id: number;
            /** Is Slow */
            is_slow: boolean;
            /** Method */
            method: string;
            /**
             * Milliseconds
             * @description Until the answer began
             */
            milliseconds: number;
            /**
             * Query Names
             * @description Names of the query's parameters; what they said is not kept
             */
            query_names: string[];
            /** Request Id */
            request_id: string | null;
            /**
             * Route
             * @description The route's template; `unknown`: no route was reached
             */
            route: string;
            service: components["schemas"]["Service"];
            /**
             * Stands For
             * @description How many requests it stands for: more than one where it is of a sample
             */
            stands_for: number;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /** Status */
            status: number;
            /**
             * Username
             * @description Who was signed in, if the account is still there
             */
            username: string | null;
        };
        /**
         * ReferenceMapBody
         * @description What a reference map shows.
         */
        ReferenceMapBody: {
            /**
             * Countries
             * @description Whose units it shows
             */
            countries: string[];
            /**
             * Level
             * @description Of which level; what lies deeper cannot be picked from a map
             */
            level: number;
            /**
             * Rivers
             * @description Whether it shows every river of the map data
             * @default false
             */
            rivers?: boolean;
        };
        /**
         * RenderBody
         * @description A render as its caller sees it.
         */
        RenderBody: {
            artefact: components["schemas"]["ArtefactBody"] | null;
            /**
             * Cached
             * @description The answer was known before this request
             */
            cached: boolean;
            error: components["schemas"]["ErrorBody"] | null;
            /** Id */
            id: string;
            /**
             * Output
             * @description What the program printed
             */
            output: string;
            /**
             * Position
             * @description Place in the queue while it waits; 1 is next
             */
            position: number | null;
            /**
             * Predicted Finish At
             * @description When it will probably end, until it has
             */
            predicted_finish_at: string | null;
            /**
             * Predicted Start At
             * @description When it will probably start, while it waits
             */
            predicted_start_at: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "queued" | "running" | "succeeded" | "failed" | "timed_out" | "cancelled";
            /**
             * Timings
             * @description Seconds spent, by name
             */
            timings: {
                [key: string]: number;
            };
            /** Warnings */
            warnings: string[];
        };
        /**
         * RenderRequestBody
         * @description A map, as a program or as a document, what runs before it, and the uploaded files that they read.
         */
        RenderRequestBody: {
            /**
             * Document
             * @description A map document, in the place of a program
             */
            document?: components["schemas"]["Document"] | null;
            /**
             * Files
             * @description Name by which the program reads a file -> sha256 that the upload answered
             * @default {}
             */
            files?: {
                [key: string]: string;
            };
            /**
             * Library
             * @description Source of the map's own territory library: it runs first, in the program's scope
             * @default
             */
            library?: string;
            /**
             * Program
             * @description Python source that uses the `xatra` library; at most 200,000 characters
             */
            program?: string | null;
            /**
             * Theme
             * @description Source of the map's own theme: it runs between library and program
             * @default
             */
            theme?: string;
        };
        /**
         * ReportBody
         * @description A report as administrators see it.
         */
        ReportBody: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Details */
            details: string;
            /** Id */
            id: number;
            reason: components["schemas"]["Reason"];
            /**
             * Reporter
             * @description Name of the user who sent it; none: a guest, or the account is no more
             */
            reporter: string | null;
            /**
             * Resolution
             * @description What came of it
             */
            resolution: string | null;
            /** Resolved At */
            resolved_at: string | null;
            /**
             * Resolved By
             * @description Name of the administrator
             */
            resolved_by: string | null;
            work: components["schemas"]["ModeratedWork"];
        };
        /**
         * ReportPage
         * @description Reports: open ones the oldest first, resolved ones the newest first.
         */
        ReportPage: {
            /**
             * Next Cursor
             * @description `cursor` of the next page; none: this is the last
             */
            next_cursor: number | null;
            /** Reports */
            reports: components["schemas"]["ReportBody"][];
        };
        /**
         * ReportReceipt
         * @description That a report has arrived.
         */
        ReportReceipt: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Id */
            id: number;
        };
        /**
         * ReportRequest
         * @description Why a work should not be here.
         */
        ReportRequest: {
            /**
             * Details
             * @default
             */
            details?: string;
            reason: components["schemas"]["Reason"];
        };
        /**
         * RequestPage
         * @description Requests, the newest first.
         */
        RequestPage: {
            /**
             * Next Cursor
             * @description `cursor` of the next page; none: this is the last
             */
            next_cursor: number | null;
            /** Requests */
            requests: components["schemas"]["RecordedRequest"][];
        };
        /**
         * RequestStats
         * @description How requests to each route went, the most frequent route first.
         */
        RequestStats: {
            /** Hours */
            hours: number;
            /** Routes */
            routes: components["schemas"]["RouteFigures"][];
        };
        /**
         * ResolutionBody
         * @description What came of a report.
         */
        ResolutionBody: {
            /** Resolution */
            resolution: string;
        };
        /**
         * ResolvedImportBody
         * @description What a path of a program leads to now.
         */
        ResolvedImportBody: {
            /** Author */
            author: string | null;
            /** Column */
            column: number;
            /**
             * Exact Path
             * @description Leads to this version for ever, unless it is an alpha
             */
            exact_path: string;
            kind: components["schemas"]["Kind"];
            /**
             * Latest Version
             * @description The newest published one; 0: none
             */
            latest_version: number;
            /**
             * Line
             * @description Where the program imports it first, from 1
             */
            line: number;
            /**
             * Name
             * @description Which the work has now
             */
            name: string;
            /**
             * Names
             * @description Of a territory library: the names that it defines, in its order, but for those that it imports
             */
            names: string[] | null;
            /**
             * Path
             * @description As the program says it
             */
            path: string;
            /** Version */
            version: number | "alpha";
        };
        /**
         * ResolvedImportsBody
         * @description All that a program imports itself, in the order of its text.
         */
        ResolvedImportsBody: {
            /** Imports */
            imports: components["schemas"]["ResolvedImportBody"][];
            /**
             * Names
             * @description The names that the program defines itself, in its order
             */
            names: string[];
            /**
             * Pinned
             * @description The program with every import by its exact version, otherwise the same
             */
            pinned: string;
        };
        /**
         * RiverArgs
         * @description How a river is shown.
         */
        RiverArgs: {
            /** Classes */
            classes?: string | null;
            /**
             * Hover Radius
             * @default 10
             */
            hover_radius?: number;
            /**
             * N Labels
             * @default 1
             */
            n_labels?: number;
            /** Note */
            note?: string | null;
            /** Period */
            period?: number[] | null;
            /**
             * Show Label
             * @default false
             */
            show_label?: boolean;
        };
        /**
         * RiverLayer
         * @description A river.
         */
        RiverLayer: {
            /**
             * @default {
             *       "show_label": false,
             *       "n_labels": 1,
             *       "hover_radius": 10
             *     }
             */
            args?: components["schemas"]["RiverArgs"];
            /** Label */
            label: string;
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "river";
            value: components["schemas"]["RiverLine"];
        };
        RiverLine: components["schemas"]["NaturalEarthRiver"] | components["schemas"]["OverpassRiver"];
        /**
         * RouteFigures
         * @description How the requests to one route went. Numbers are estimates where a sample was kept.
         */
        RouteFigures: {
            /**
             * Client Errors
             * @description Answers 400 to 499
             */
            client_errors: number;
            /**
             * Error Rate
             * @description Part of answers 500 to 599, 0 to 1
             */
            error_rate: number;
            /** Method */
            method: string;
            /** P50 Milliseconds */
            p50_milliseconds: number;
            /** P95 Milliseconds */
            p95_milliseconds: number;
            /** P99 Milliseconds */
            p99_milliseconds: number;
            /** Requests */
            requests: number;
            /** Route */
            route: string;
            /**
             * Server Errors
             * @description Answers 500 to 599
             */
            server_errors: number;
            service: components["schemas"]["Service"];
        };
        /**
         * SaveBody
         * @description An alpha to be saved; a field that is not sent stays as it is.
         */
        SaveBody: {
            /**
             * Content
             * @description Python source; while it is being written, it need not be valid
             * @default
             */
            content?: string;
            /**
             * Description
             * @default
             */
            description?: string;
            /**
             * Display Type
             * @description What readers are told that it is, such as `historical atlas`
             * @default
             */
            display_type?: string;
            /**
             * Files
             * @description Name by which the program reads an uploaded file -> its sha256
             * @default {}
             */
            files?: {
                [key: string]: string;
            };
            /**
             * Library
             * @description A map's own territory library, whose names its program uses without importing them
             */
            library?: string | null;
            /**
             * Metadata
             * @description The client's own, kept as it is; 64 kB at most
             * @default {}
             */
            metadata?: {
                [key: string]: unknown;
            };
            /**
             * Theme
             * @description A map's own theme, which its program uses likewise
             */
            theme?: string | null;
            /** @default public */
            visibility?: components["schemas"]["Visibility"];
        };
        /** @enum {string} */
        Service: "api" | "auth";
        /**
         * SimplifyOption
         * @description How far outlines may be off, in degrees.
         */
        SimplifyOption: {
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "simplify";
            /** Value */
            value?: (number) | null;
        };
        /**
         * SliderArgs
         * @description Years between which the slider runs, and years per second.
         */
        SliderArgs: {
            /** End */
            end?: number | null;
            /**
             * Speed
             * @default 5
             */
            speed?: number;
            /** Start */
            start?: number | null;
        };
        /**
         * SliderOption
         * @description The time slider.
         */
        SliderOption: {
            /**
             * @default {
             *       "speed": 5
             *     }
             */
            args?: components["schemas"]["SliderArgs"];
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "slider";
        };
        /** @enum {string} */
        Sort: "featured" | "votes" | "views" | "recency";
        /**
         * Source
         * @description The text from which an element was read, for writing it back as it was. Clients keep it and leave it alone.
         */
        Source: {
            /**
             * Code
             * @description The statement, with what follows it on its last line
             */
            code: string;
            /**
             * Digest
             * @description Of the element's fields as they were
             */
            digest: string;
            /**
             * Lead
             * @description Blank lines and comments above the statement
             */
            lead: string;
            /**
             * Names
             * @description The names that the statement uses, and what they meant
             */
            names: {
                [key: string]: string;
            };
        };
        /**
         * SteppedColours
         * @description Colours of which each follows from the one before.
         */
        SteppedColours: {
            /**
             * Colors
             * @default []
             */
            colors?: components["schemas"]["Colour"][];
            /**
             * Step
             * @description Hue, saturation, lightness
             */
            step?: (number)[] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "linear" | "log";
        };
        /**
         * SuggestionBody
         * @description A name that nobody has.
         */
        SuggestionBody: {
            /** Name */
            name: string;
        };
        Table: components["schemas"]["FileTable"] | components["schemas"]["CsvTable"];
        /**
         * TerritoryDefinition
         * @description A territory with a name, for the layers below it.
         */
        TerritoryDefinition: {
            /** Name */
            name: string;
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "territory";
            value: components["schemas"]["Parts"];
        };
        /**
         * TerritoryMapBody
         * @description Which territories of a library a map shows.
         */
        TerritoryMapBody: {
            /**
             * Library
             * @description Where the hub has it, such as `/lib/NAME/2`; none: the map library's own collection
             */
            library?: string | null;
            /** Territories */
            territories: string[];
        };
        /**
         * TerritoryPart
         * @description A territory of this document, by its name.
         */
        TerritoryPart: {
            /**
             * @description How it is taken together with all parts before it
             * @default union
             */
            op?: components["schemas"]["Operation"];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "territory";
            /** Value */
            value: string;
        };
        /**
         * TextArgs
         * @description How a text is shown.
         */
        TextArgs: {
            /** Classes */
            classes?: string | null;
            /** Note */
            note?: string | null;
            /** Period */
            period?: number[] | null;
            /** Rotation */
            rotation?: (number) | null;
        };
        /**
         * TextLayer
         * @description Words on the map.
         */
        TextLayer: {
            /** @default {} */
            args?: components["schemas"]["TextArgs"];
            /** Label */
            label: string;
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "text";
            /**
             * Value
             * @description [latitude, longitude]
             */
            value: (number)[];
        };
        /**
         * ThumbnailBody
         * @description The thumbnail that a work has now.
         */
        ThumbnailBody: {
            /** Sha256 */
            sha256: string;
            /** Size Bytes */
            size_bytes: number;
            /**
             * Url
             * @description Where it lies: a path of this host
             */
            url: string;
        };
        /**
         * TitleBoxArgs
         * @description When a title is shown.
         */
        TitleBoxArgs: {
            /** Period */
            period?: number[] | null;
        };
        /**
         * TitleBoxLayer
         * @description A title.
         */
        TitleBoxLayer: {
            /** @default {} */
            args?: components["schemas"]["TitleBoxArgs"];
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "titlebox";
            /**
             * Value
             * @description HTML
             */
            value: string;
        };
        /**
         * UnitBody
         * @description An administrative unit.
         */
        UnitBody: {
            /**
             * Country
             * @description The country among whose data it is
             */
            country: string;
            /**
             * Id
             * @description By which programs name it, as in `gadm(id)`
             */
            id: string;
            /**
             * Level
             * @description 0 for countries, one more for every division
             */
            level: number;
            /**
             * Name
             * @description As GADM has it, without spaces
             */
            name: string;
            /**
             * Parent
             * @description Id of the unit that it is a part of
             */
            parent: string | null;
            /**
             * Type
             * @description What it is, in English, such as `District`
             */
            type: string | null;
            /**
             * Variants
             * @description Other names, in other scripts too
             */
            variants: string[];
            /**
             * Within
             * @description Names of the units that it is a part of, the country first
             */
            within: string[];
        };
        /**
         * UnitList
         * @description Units, the likeliest first.
         */
        UnitList: {
            /** Units */
            units: components["schemas"]["UnitBody"][];
        };
        /**
         * UploadedFile
         * @description A file that was just uploaded, by the name that it came with.
         */
        UploadedFile: {
            /**
             * Media Type
             * @description What the content is
             */
            media_type: string;
            /** Name */
            name: string;
            /**
             * Sha256
             * @description Names the file in a render's `files`
             */
            sha256: string;
            /** Size Bytes */
            size_bytes: number;
        };
        /**
         * UrlIcon
         * @description A picture, by its address.
         */
        UrlIcon: {
            /** Icon Anchor */
            icon_anchor?: (number)[] | number | null;
            /** Icon Size */
            icon_size?: (number)[] | number | null;
            /** Popup Anchor */
            popup_anchor?: (number)[] | number | null;
            /** Shadow Anchor */
            shadow_anchor?: (number)[] | number | null;
            /** Shadow Size */
            shadow_size?: (number)[] | number | null;
            /** Shadow Url */
            shadow_url?: string | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "url";
            /** Value */
            value: string;
        };
        /**
         * VersionBody
         * @description A published version; nothing but its artefact ever changes.
         */
        VersionBody: {
            /** @description Of maps alone */
            artefact: components["schemas"]["ArtefactStateBody"] | null;
            /** Author */
            author: string | null;
            /** Content */
            content: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Files */
            files: {
                [key: string]: string;
            };
            kind: components["schemas"]["Kind"];
            library: components["schemas"]["PartBody"] | null;
            /** Metadata */
            metadata: {
                [key: string]: unknown;
            };
            /** Name */
            name: string;
            theme: components["schemas"]["PartBody"] | null;
            /** Version */
            version: number;
            /**
             * Whole Content
             * @description With its library and theme before it, in one scope; none: `content` is all of it
             */
            whole_content: string | null;
        };
        /**
         * VersionSummary
         * @description A published version, without what it says.
         */
        VersionSummary: {
            /** @description Of maps alone */
            artefact: components["schemas"]["ArtefactStateBody"] | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Version */
            version: number;
        };
        /**
         * ViewBody
         * @description How many people have looked at a work.
         */
        ViewBody: {
            /** Views */
            views: number;
        };
        /** @enum {string} */
        Visibility: "public" | "unlisted" | "private";
        /**
         * VoteBody
         * @description How many people like a work, and whether you do.
         */
        VoteBody: {
            /** Viewer Voted */
            viewer_voted: boolean;
            /** Votes */
            votes: number;
        };
        /**
         * WordColour
         * @description A colour by its code or its name.
         */
        WordColour: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "hex" | "named";
            /** Value */
            value: string;
        };
        /**
         * WorkBody
         * @description A map, territory library or theme.
         */
        WorkBody: {
            alpha: components["schemas"]["AlphaBody"];
            /**
             * Author
             * @description None: disassociated, or the account is no more
             */
            author: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Description */
            description: string;
            /** Disassociated */
            disassociated: boolean;
            /** Display Type */
            display_type: string;
            /** Featured */
            featured: boolean;
            forked_from: components["schemas"]["LineageBody"] | null;
            /**
             * Hidden Reason
             * @description Why administrators have hidden it
             */
            hidden_reason: string | null;
            /** Id */
            id: number;
            kind: components["schemas"]["Kind"];
            /**
             * Latest Version
             * @description 0: none is published
             */
            latest_version: number;
            /** Library */
            library: string | null;
            /** Name */
            name: string;
            /** Theme */
            theme: string | null;
            /** Thumbnail Url */
            thumbnail_url: string | null;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /**
             * Versions
             * @description The newest 100, the newest first; numbers have no gaps
             */
            versions: components["schemas"]["VersionSummary"][];
            /** Viewer Voted */
            viewer_voted: boolean;
            /** Views */
            views: number;
            visibility: components["schemas"]["Visibility"];
            /** Votes */
            votes: number;
        };
        /**
         * WorkCard
         * @description A work as lists show it.
         */
        WorkCard: {
            /**
             * Author
             * @description None: whoever made it has given it up, or has no account any more
             */
            author: string | null;
            /**
             * Description
             * @description Its beginning
             */
            description: string;
            /** Display Type */
            display_type: string;
            /** Featured */
            featured: boolean;
            /**
             * Hidden Reason
             * @description Why administrators have hidden it; only its author sees it
             */
            hidden_reason: string | null;
            kind: components["schemas"]["Kind"];
            /**
             * Latest Version
             * @description 0: none yet; only its author sees it
             */
            latest_version: number;
            /** Name */
            name: string;
            /**
             * Published At
             * @description When that version was
             */
            published_at: string | null;
            /** Thumbnail Url */
            thumbnail_url: string | null;
            /**
             * Viewer Voted
             * @description Whether you did; none for guests
             */
            viewer_voted: boolean | null;
            /** Views */
            views: number;
            visibility: components["schemas"]["Visibility"];
            /** Votes */
            votes: number;
        };
        /**
         * WorkPage
         * @description Some works of a list.
         */
        WorkPage: {
            /**
             * Next Cursor
             * @description Sent as `cursor`, it gives the following works; none: these are the last
             */
            next_cursor: string | null;
            /** Works */
            works: components["schemas"]["WorkCard"][];
        };
        /**
         * ZoomOption
         * @description How near the map begins.
         */
        ZoomOption: {
            source?: components["schemas"]["Source"] | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "zoom";
            /** Value */
            value: number;
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
    read_latest_xatra_api__kind___name__get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
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
                    "application/json": components["schemas"]["ImportedBody"];
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    read_version_xatra_api__kind___name___version__get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
                /** @description A number, or `alpha`; none: the latest published one */
                version: string;
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
                    "application/json": components["schemas"]["ImportedBody"];
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    read_latest_of_user_xatra_api__user___kind___name__get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
                /** @description The author, by a present or former name */
                user: string;
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
                    "application/json": components["schemas"]["ImportedBody"];
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    read_version_of_user_xatra_api__user___kind___name___version__get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
                /** @description The author, by a present or former name */
                user: string;
                /** @description A number, or `alpha`; none: the latest published one */
                version: string;
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
                    "application/json": components["schemas"]["ImportedBody"];
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_common_budgets_xatra_api_admin_render_budgets_get: {
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
                    "application/json": components["schemas"]["CommonBudgets"];
                };
            };
        };
    };
    change_common_budgets_xatra_api_admin_render_budgets_put: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommonBudgetsChange"];
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
                    "application/json": components["schemas"]["CommonBudgets"];
                };
            };
        };
    };
    get_budget_xatra_api_admin_render_budgets__username__get: {
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
                    "application/json": components["schemas"]["BudgetBody"];
                };
            };
        };
    };
    change_budget_xatra_api_admin_render_budgets__username__put: {
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
                "application/json": components["schemas"]["OwnBudgetChange"];
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
                    "application/json": components["schemas"]["BudgetBody"];
                };
            };
        };
    };
    list_reports_xatra_api_admin_reports_get: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before */
                cursor?: number | null;
                limit?: number;
                state?: "open" | "resolved";
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
                    "application/json": components["schemas"]["ReportPage"];
                };
            };
        };
    };
    resolve_report_xatra_api_admin_reports__report_id__put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResolutionBody"];
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
                    "application/json": components["schemas"]["ReportBody"];
                };
            };
        };
    };
    list_recent_requests_xatra_api_admin_requests_get: {
        parameters: {
            query?: {
                address?: string | null;
                country?: string | null;
                /** @description `next_cursor` of the page before */
                cursor?: number | null;
                limit?: number;
                method?: string | null;
                minimum_milliseconds?: number | null;
                /** @description `X-Request-ID` of the answer, `request_id` in logs */
                request_id?: string | null;
                /** @description The route's template, such as `/renders/{render_id}` */
                route?: string | null;
                service?: components["schemas"]["Service"] | null;
                status?: number | null;
                username?: string | null;
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
                    "application/json": components["schemas"]["RequestPage"];
                };
            };
        };
    };
    list_failed_requests_xatra_api_admin_requests_errors_get: {
        parameters: {
            query?: {
                address?: string | null;
                country?: string | null;
                /** @description `next_cursor` of the page before */
                cursor?: number | null;
                limit?: number;
                method?: string | null;
                minimum_milliseconds?: number | null;
                /** @description `X-Request-ID` of the answer, `request_id` in logs */
                request_id?: string | null;
                /** @description The route's template, such as `/renders/{render_id}` */
                route?: string | null;
                service?: components["schemas"]["Service"] | null;
                status?: number | null;
                username?: string | null;
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
                    "application/json": components["schemas"]["RequestPage"];
                };
            };
        };
    };
    list_slow_requests_xatra_api_admin_requests_slow_get: {
        parameters: {
            query?: {
                address?: string | null;
                country?: string | null;
                /** @description `next_cursor` of the page before */
                cursor?: number | null;
                limit?: number;
                method?: string | null;
                minimum_milliseconds?: number | null;
                /** @description `X-Request-ID` of the answer, `request_id` in logs */
                request_id?: string | null;
                /** @description The route's template, such as `/renders/{render_id}` */
                route?: string | null;
                service?: components["schemas"]["Service"] | null;
                status?: number | null;
                username?: string | null;
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
                    "application/json": components["schemas"]["RequestPage"];
                };
            };
        };
    };
    measure_requests_xatra_api_admin_requests_stats_get: {
        parameters: {
            query?: {
                hours?: number;
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
                    "application/json": components["schemas"]["RequestStats"];
                };
            };
        };
    };
    feature_work_xatra_api_admin_works__kind___name__featured_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeaturedChange"];
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
                    "application/json": components["schemas"]["ModeratedWork"];
                };
            };
        };
    };
    hide_work_xatra_api_admin_works__kind___name__hidden_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HiddenChange"];
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
                    "application/json": components["schemas"]["ModeratedWork"];
                };
            };
        };
    };
    get_artefact_xatra_api_artefacts__sha256__get: {
        parameters: {
            query?: {
                /** @description Present: one file that opens from disk, with all that the map loads from here; by the name that this is, if it is one of letters, digits and `_.-` */
                download?: string | null;
            };
            header?: {
                "accept-encoding"?: string | null;
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description Of the map's HTML */
                sha256: string;
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
                    "text/html": unknown;
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It lies on the site that maps have */
            308: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_asset_xatra_api_assets__name__get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description <sha256>.<extension> */
                name: string;
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
                    "font/woff2": unknown;
                    "image/gif": unknown;
                    "image/png": unknown;
                    "text/css": unknown;
                    "text/javascript": unknown;
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    read_program_xatra_api_document_parse_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProgramBody"];
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
                    "application/json": {
                        document: components["schemas"]["Document"];
                    };
                };
            };
        };
    };
    write_program_xatra_api_document_program_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    document: components["schemas"]["Document"];
                    /**
                     * @description Names that the map's own library gives to territories, which runs before it
                     * @default []
                     */
                    library_names?: string[];
                };
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
                    "application/json": {
                        /** @description As reading the program gives it */
                        document: components["schemas"]["Document"];
                        /** @description What was in the document and is now a file of yours: name -> sha256, as a render needs */
                        files: {
                            [key: string]: string;
                        };
                        program: string;
                    };
                };
            };
        };
    };
    get_schema_xatra_api_document_schema_json_get: {
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
                    "application/schema+json": unknown;
                };
            };
        };
    };
    list_drafts_xatra_api_drafts_get: {
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
                    "application/json": components["schemas"]["DraftList"];
                };
            };
        };
    };
    get_draft_xatra_api_drafts__draft_id__get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description `current`, or what was set aside */
                draft_id: string;
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
                    "application/json": components["schemas"]["DraftBody"];
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    delete_draft_xatra_api_drafts__draft_id__delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description Version that this builds on, such as `"7"` */
                "if-match"?: string | null;
            };
            path: {
                /** @description `current`, or what was set aside */
                draft_id: string;
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
    restore_draft_xatra_api_drafts__draft_id__restore_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of a draft that was set aside */
                draft_id: string;
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
                    "application/json": components["schemas"]["DraftBody"];
                };
            };
        };
    };
    save_draft_xatra_api_drafts_current_put: {
        parameters: {
            query?: never;
            header?: {
                /** @description Version that this builds on, such as `"7"` */
                "if-match"?: string | null;
                /** @description `*`: there is no draft yet */
                "if-none-match"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Description
                     * @default
                     */
                    description?: string;
                    /**
                     * Files
                     * @description Name by which the program reads an uploaded file -> its sha256
                     * @default {}
                     */
                    files?: {
                        [key: string]: string;
                    };
                    /**
                     * Library
                     * @description A territory library, whose names the program uses
                     * @default
                     */
                    library?: string;
                    /**
                     * Name
                     * @description What it may be called some day; any text
                     * @default
                     */
                    name?: string;
                    /**
                     * Program
                     * @description Python source; while it is being written, it need not be valid
                     * @default
                     */
                    program?: string;
                    /**
                     * State
                     * @description The client's own, kept as it is
                     * @default {}
                     */
                    state?: {
                        [key: string]: unknown;
                    };
                    /**
                     * Theme
                     * @description A theme, which the program uses
                     * @default
                     */
                    theme?: string;
                };
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
                    "application/json": components["schemas"]["DraftSummary"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftSummary"];
                };
            };
        };
    };
    promote_draft_xatra_api_drafts_current_promote_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Version that this builds on, such as `"7"` */
                "if-match"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PromotionRequest"];
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
                    "application/json": components["schemas"]["Promotion"];
                };
            };
        };
    };
    embed_latest_xatra_api_embed__name__get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
            path: {
                name: string;
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
                    "text/html": unknown;
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description There is no such map */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description Administrators have hidden the map */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
        };
    };
    embed_version_xatra_api_embed__name___version__get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
            path: {
                name: string;
                version: string;
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
                    "text/html": unknown;
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description There is no such map */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description Administrators have hidden the map */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
        };
    };
    explore_xatra_api_explore_get: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before */
                cursor?: string | null;
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind?: components["schemas"]["Kind"];
                limit?: number;
                /** @description Beginnings of words, and `user:NAME`; none: all works */
                q?: string;
                /** @description By what; the most comes first */
                sort?: components["schemas"]["Sort"];
            };
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
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
                    "application/json": components["schemas"]["WorkPage"];
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_files_xatra_api_files_get: {
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
                    "application/json": components["schemas"]["FileList"];
                };
            };
        };
    };
    upload_file_xatra_api_files_put: {
        parameters: {
            query: {
                /** @description The name that the file has with you; its ending is compared with the content */
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "audio/flac": string;
                "audio/mp4": string;
                "audio/mpeg": string;
                "audio/ogg": string;
                "audio/wav": string;
                "image/gif": string;
                "image/jpeg": string;
                "image/png": string;
                "image/svg+xml": string;
                "image/webp": string;
                "text/csv": string;
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
                    "application/json": components["schemas"]["UploadedFile"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedFile"];
                };
            };
        };
    };
    give_up_file_xatra_api_files__sha256__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sha256: string;
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
    list_countries_xatra_api_geography_countries_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
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
                    "application/json": components["schemas"]["CountryList"];
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_levels_xatra_api_geography_countries__country_id__levels_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description ISO 3166 alpha-3 code */
                country_id: string;
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
                    "application/json": components["schemas"]["LevelList"];
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    create_reference_map_xatra_api_geography_reference_maps_post: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string | null;
                /** @description `wait=N`: answer when the render has ended, after N <= 30 seconds at the latest */
                prefer?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReferenceMapBody"];
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
            /** @description Ended, or known */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RenderBody"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RenderBody"];
                };
            };
        };
    };
    create_territory_map_xatra_api_geography_territory_maps_post: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string | null;
                /** @description `wait=N`: answer when the render has ended, after N <= 30 seconds at the latest */
                prefer?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TerritoryMapBody"];
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
            /** @description Ended, or known */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RenderBody"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RenderBody"];
                };
            };
        };
    };
    search_units_xatra_api_geography_units_get: {
        parameters: {
            query?: {
                /** @description Only units among this country's data */
                country?: string | null;
                level?: number | null;
                limit?: number;
                /** @description An id, or a part of a name; none: every unit */
                q?: string;
            };
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
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
                    "application/json": components["schemas"]["UnitList"];
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_unit_xatra_api_geography_units__unit_id__get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description Such as `IND.12.3` */
                unit_id: string;
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
                    "application/json": components["schemas"]["UnitBody"];
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    health_xatra_api_health_get: {
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
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    read_xatra_api_hub__kind___name__get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
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
                    "application/json": components["schemas"]["WorkBody"];
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    delete_xatra_api_hub__kind___name__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
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
    change_xatra_api_hub__kind___name__patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeBody"];
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
                    "application/json": components["schemas"]["WorkBody"];
                };
            };
        };
    };
    read_alpha_xatra_api_hub__kind___name__alpha_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
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
                    "application/json": components["schemas"]["AlphaBody"];
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    save_xatra_api_hub__kind___name__alpha_put: {
        parameters: {
            query?: never;
            header?: {
                /** @description The alpha on which this builds, by its entity tag: `"7"` */
                "if-match"?: string | null;
                /** @description `*`: make a new work */
                "if-none-match"?: "*" | null;
            };
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveBody"];
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
                    "application/json": components["schemas"]["WorkBody"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkBody"];
                };
            };
        };
    };
    disassociate_xatra_api_hub__kind___name__disassociate_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmBody"];
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
                    "application/json": components["schemas"]["WorkBody"];
                };
            };
        };
    };
    fork_xatra_api_hub__kind___name__fork_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForkBody"];
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
                    "application/json": components["schemas"]["WorkBody"];
                };
            };
        };
    };
    read_importers_xatra_api_hub__kind___name__importers_get: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before */
                cursor?: number | null;
                limit?: number;
            };
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
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
                    "application/json": components["schemas"]["ImporterList"];
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    read_info_xatra_api_hub__kind___name__info_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
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
                    "application/json": components["schemas"]["InfoBody"];
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    read_outdated_importers_xatra_api_hub__kind___name__outdated_importers_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
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
                    "application/json": components["schemas"]["OutdatedImporterList"];
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    publish_xatra_api_hub__kind___name__publish_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description The alpha on which this builds, by its entity tag: `"7"` */
                "if-match"?: string | null;
            };
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
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
            /** @description The latest version says the same */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicationBody"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicationBody"];
                };
            };
        };
    };
    report_work_xatra_api_hub__kind___name__reports_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportRequest"];
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
                    "application/json": components["schemas"]["ReportReceipt"];
                };
            };
        };
    };
    set_thumbnail_xatra_api_hub__kind___name__thumbnail_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/jpeg": string;
                "image/png": string;
                "image/webp": string;
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
                    "application/json": components["schemas"]["ThumbnailBody"];
                };
            };
        };
    };
    clear_thumbnail_xatra_api_hub__kind___name__thumbnail_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
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
    read_version_xatra_api_hub__kind___name__versions__version__get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
                /** @description A number, or `latest` */
                version: string;
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
                    "application/json": components["schemas"]["VersionBody"];
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    view_xatra_api_hub__kind___name__views_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
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
                    "application/json": components["schemas"]["ViewBody"];
                };
            };
        };
    };
    vote_xatra_api_hub__kind___name__vote_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
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
                    "application/json": components["schemas"]["VoteBody"];
                };
            };
        };
    };
    unvote_xatra_api_hub__kind___name__vote_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
                /** @description Such as `mauryan_empire` */
                name: string;
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
                    "application/json": components["schemas"]["VoteBody"];
                };
            };
        };
    };
    suggest_name_xatra_api_hub_names__kind__suggestion_get: {
        parameters: {
            query?: {
                /** @description What the name should be like */
                base?: string;
            };
            header?: never;
            path: {
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind: components["schemas"]["Kind"];
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
                    "application/json": components["schemas"]["SuggestionBody"];
                };
            };
        };
    };
    resolve_xatra_api_imports_resolve_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProgramToResolveBody"];
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
                    "application/json": components["schemas"]["ResolvedImportsBody"];
                };
            };
        };
    };
    download_xatra_api_me_data_get: {
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
                    "application/json": unknown;
                };
            };
        };
    };
    get_own_budget_xatra_api_me_render_budget_get: {
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
                    "application/json": components["schemas"]["BudgetBody"];
                };
            };
        };
    };
    oembed_xatra_api_oembed_get: {
        parameters: {
            query: {
                /** @description `json` */
                format?: string;
                /** @description In pixels */
                maxheight?: number | null;
                /** @description In pixels */
                maxwidth?: number | null;
                /** @description Of a map's page, or of the page that others frame */
                url: string;
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
                    "application/json": components["schemas"]["OembedBody"];
                };
            };
        };
    };
    create_render_xatra_api_renders_post: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string | null;
                /** @description `wait=N`: answer when the render has ended, after N <= 30 seconds at the latest */
                prefer?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenderRequestBody"];
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
            /** @description Ended, or known */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RenderBody"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RenderBody"];
                };
            };
        };
    };
    get_render_xatra_api_renders__render_id__get: {
        parameters: {
            query?: never;
            header?: {
                /** @description `wait=N`: answer when the render has ended, after N <= 30 seconds at the latest */
                prefer?: string | null;
            };
            path: {
                render_id: string;
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
                    "application/json": components["schemas"]["RenderBody"];
                };
            };
        };
    };
    cancel_render_xatra_api_renders__render_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                render_id: string;
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
                    "application/json": components["schemas"]["RenderBody"];
                };
            };
        };
    };
    follow_render_xatra_api_renders__render_id__events_get: {
        parameters: {
            query?: never;
            header?: {
                "last-event-id"?: string | null;
            };
            path: {
                render_id: string;
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
            /** @description `state` events with a render each */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
        };
    };
    get_settings_xatra_api_settings_get: {
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
                    "application/json": components["schemas"]["Branding"];
                };
            };
        };
    };
    change_settings_xatra_api_settings_put: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BrandingChange"];
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
                    "application/json": components["schemas"]["Branding"];
                };
            };
        };
    };
    get_thumbnail_xatra_api_thumbnails__sha256__get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
            path: {
                /** @description As a work's `thumbnail_url` says */
                sha256: string;
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
                    "image/webp": unknown;
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    get_profile_xatra_api_users__username__get: {
        parameters: {
            query?: never;
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
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
                    "application/json": components["schemas"]["ProfileBody"];
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_works_xatra_api_users__username__works_get: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before */
                cursor?: string | null;
                /** @description `map`, `lib` (territory library) or `css` (theme) */
                kind?: components["schemas"]["Kind"];
                limit?: number;
            };
            header?: {
                /** @description Entity tags that the client has */
                "if-none-match"?: string | null;
            };
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
                    "application/json": components["schemas"]["WorkPage"];
                };
            };
            /** @description The client has it */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
