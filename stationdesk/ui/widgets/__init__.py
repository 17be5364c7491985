"""Parts that every page is built of. They know tokens and words, and nothing of a station."""
