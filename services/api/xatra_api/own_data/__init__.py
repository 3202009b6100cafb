"""What the api holds of a user: to be downloaded, and erased when the account is no more."""
