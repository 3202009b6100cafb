"""How requests went, for administrators: the recent, the slow, errors, figures of each route, the profile of one."""
