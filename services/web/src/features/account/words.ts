/** The words for what can go wrong when somebody comes in, where the services only give its name. */

const WORDS: Readonly<Record<string, string>> = {
  "account-disabled": "This account is disabled. Ask the people who run this site.",
  "another-linked": "Your account is linked to another one there already. Unlink that first.",
  "consent-denied": "You did not let us know who you are there. Nothing has changed.",
  "email-belongs-to-account":
    "An account here has the same e-mail address. Sign in to it as before, then link it in the settings.",
  "email-not-verified": "The e-mail address there is not verified. Choose another account, or verify it there first.",
  "link-interrupted": "You were signed out on the way. Sign in, and link it again.",
  "linked-to-other-account": "That account is linked to somebody else's account here.",
  "provider-refused": "It did not work there. Try again.",
  "provider-unavailable": "The other site does not answer. Try later, or come in another way.",
  "registration-closed": "Nobody can sign up here at the moment.",
  "state-mismatch": "It took too long, or began in another browser. Try again.",
  "too-many-requests": "There were too many attempts. Wait a few minutes.",
};

/** Says in words what a problem's name means. */
export function wordsFor(slug: string): string {
  return WORDS[slug] ?? "That did not work. Try again, or come in another way.";
}
