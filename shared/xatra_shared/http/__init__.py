"""What every HTTP service of ours does alike: problem details, guards on requests, request ids and the access log."""
