"""Checklists: what is due in the shift at the left, the one being filled in at the right, those of before."""
