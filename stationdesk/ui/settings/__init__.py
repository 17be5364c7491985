"""Settings: everything a station sets, one section each, built of one kind of form and one kind of list."""
