"""Who people are: accounts, passwords, sessions, and what administrators do with them."""
