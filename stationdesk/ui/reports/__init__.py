"""Reports: chosen, seen as they print, printed, saved, and a printed sheet held against the store."""
