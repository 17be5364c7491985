"""The log page: quick entry, the stream of entries newest first, search as one types."""
