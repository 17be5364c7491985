"""The store: mapped records, their journal, signatures, search and backup."""
