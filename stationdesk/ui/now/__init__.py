"""The Now page (当班总览): the station in one look."""
