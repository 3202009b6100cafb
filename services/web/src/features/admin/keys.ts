/** By what the answers to administrators are known. */

export const USERS_KEY = ["admin", "users"];
export const BUDGETS_KEY = ["admin", "budgets"];
